"""Datelines, reporters, agencies and editors by the conventions of papers and agencies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.extract.credits import is_caption, is_credit, is_notice, without_credit
from tui_news.extract.dateline import (
    Dateline,
    authors_in,
    editor_in,
    read_dateline,
    reporters_in,
    reuters_credit,
    source_in,
    split_names,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新华网北京9月1日电(记者李小明) 今天上午", Dateline("新华网", "北京", ("李小明",), 9, 1)),
        (
            "中新社云川11月19日电 (记者 陈一 赵二二)市里",
            Dateline("中新社", "云川", ("陈一", "赵二二"), 11, 19),
        ),
        (
            "人民网东京3月4日电（记者张三三、李四四）日本",
            Dateline("人民网", "东京", ("张三三", "李四四"), 3, 4),
        ),
        ("新华社北京、上海9月1日电 两地", Dateline("新华社", "北京、上海", (), 9, 1)),
        ("本报南浦9月1日电 记者何嘉报道", Dateline("", "南浦", ("何嘉",), 9, 1)),
        ("新京报讯（记者 王小二）据介绍", Dateline("新京报", "", ("王小二",), 0, 0)),
        ("（中央社記者王大明、林小美台北5日電）", Dateline("中央社", "台北", ("王大明", "林小美"), 0, 5)),
        ("【ワシントン共同】米政府は", Dateline("共同通信", "ワシントン")),
        ("【札幌時事】道は", Dateline("時事通信", "札幌")),
        ("［東京　１日　ロイター］ - 日銀は", Dateline("ロイター", "東京")),
        ("(서울=연합뉴스) 김민수 이서연 기자 = 정부는", Dateline("연합뉴스", "서울", ("김민수", "이서연"))),
        ("LONDON, Sept 1 (Reuters) - The bank", Dateline("Reuters", "London", (), 9, 1)),
        ("SAN JUAN, Puerto Rico (AP) — The mayor", Dateline("AP", "SAN JUAN, Puerto Rico")),
        ("Berlin (dpa) – Der Senat", Dateline("dpa", "Berlin")),
        ("MADRID — The match", Dateline("", "Madrid")),
    ],
)
def test_datelines(text: str, expected: Dateline) -> None:
    assert read_dateline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "今天(9月7日)下午，名单在这里公布。",
        "The company (NYSE: ABC) said so.",
        "记者在现场看到，不少市民一早就来排队。",
        "报道说，电信公司已经道歉。",
        "A plain sentence – with a dash in it.",
        "",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert read_dateline(text) == Dateline()


def test_sources() -> None:
    assert source_in("2007年09月01日19:34　来源：新华网　我来说两句") == "新华网"
    assert source_in("2026-11-19 08:00 Source: Meridian Wire By Ada Pike") == "Meridian Wire"
    assert source_in("出典：共同通信") == "共同通信"
    assert source_in("출처: 연합뉴스") == "연합뉴스"
    assert source_in("能源来源多样，来源地也多样") == ""


def test_authors() -> None:
    assert authors_in("By Ada Merriweather and Jonas Pike") == ("Ada Merriweather", "Jonas Pike")
    assert authors_in("記者：髙橋由紀、佐藤健一") == ("髙橋由紀", "佐藤健一")
    assert authors_in("作者：王 五") == ("王五",)
    assert authors_in("By the river they sat down.") == ()
    assert authors_in("记者在现场看到，不少市民来排队") == ()
    assert reporters_in("（记者 王小二 通讯员 李三）今天") == ("王小二", "李三")
    assert split_names("Ada Pike, Associated Press") == ("Ada Pike",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("(责任编辑:赵小健)", "赵小健"),
        ("【编辑:姚一一】", "姚一一"),
        ("责任编辑：王五", "王五"),
        ("（責任編輯：林小美）", "林小美"),
        ("（編集：佐藤健一）", "佐藤健一"),
        ("(편집: 김민수)", "김민수"),
        ("(Editing by Ada Pike)", "Ada Pike"),
        ("编辑 刘一 校对 李二", "刘一"),
        ("编辑部今年要搬家。", ""),
        ("The editor resigned on Monday.", ""),
    ],
)
def test_editors(text: str, name: str) -> None:
    assert editor_in(text) == name


def test_reuters_credits() -> None:
    names, editor = reuters_credit("(Reporting by Ada Pike in London and Leo Wren; Editing by Grace Stone)")
    assert names == ("Ada Pike", "Leo Wren")
    assert editor == "Grace Stone"


def test_a_credit_at_the_end_of_a_paragraph_is_cut_off() -> None:
    assert without_credit("大桥今天通车了。(责任编辑:赵小健)") == ("大桥今天通车了。", "赵小健")
    assert without_credit("大桥（建于一九五七年）今天通车了。") == ("大桥（建于一九五七年）今天通车了。", "")


@pytest.mark.parametrize(
    "text",
    [
        "责任编辑：赵小健",
        "【编辑:姚一一】",
        "来源：新华网",
        "作者：王五",
        "编辑 刘一 校对 李二",
        "Editing by Ada Pike",
        "(편집: 김민수)",
        "（責任編輯：林小美）",
    ],
)
def test_credits(text: str) -> None:
    assert is_credit(text)


@pytest.mark.parametrize(
    "text",
    [
        "Read more: the bridge that moves",
        "ADVERTISEMENT",
        "Share this article",
        "相关新闻：",
        "【字号：大 中 小】",
        "下一页",
        "Sign up for our newsletter",
        "Follow us on Twitter",
        "© 2019 The Paper",
        "版权声明：未经许可",
        "扫描二维码关注我们",
        "You may also like",
        "無断転載を禁じます",
        "저작권자 ⓒ 새벽",
        "打印 推荐给好友 关闭窗口",
        "Updated 5:27 am, Wednesday",
    ],
)
def test_notices(text: str) -> None:
    assert is_notice(text)


@pytest.mark.parametrize(
    "text",
    [
        "Copyright law has changed twice in ten years.",
        "More-than-usual rain fell on the hills.",
        "다음 달부터 시행한다.",
        "记者走访了三个月。",
        "编辑部里的灯一直亮着。",
        "Sharing is what the library was built for.",
        "点击率不等于影响力。",
        (
            "Published 12 months ago, the report had said that nothing would change and that all would be w"
            "ell in time."
        ),
        "分享会昨天在图书馆举行，来了三百多人。",
        "相关部门表示，下个月起实行新规定。",
        "Watch out for the tide, the sign says.",
    ],
)
def test_sentences_are_kept(text: str) -> None:
    assert not is_notice(text)
    assert not is_credit(text)
    assert not is_caption(text)


def test_captions() -> None:
    assert is_caption("The square at noon (Image: Getty)")
    assert is_caption("Photo: Ada Pike, AP")
    assert not is_caption("He sent a photo: it showed the bridge.")


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    read_dateline(text)
    source_in(text)
    authors_in(text)
    reporters_in(text)
    editor_in(text)
    reuters_credit(text)
    without_credit(text)
    is_credit(text)
    is_notice(text)
    is_caption(text)
