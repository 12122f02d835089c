"""The front page as data: what stands where, why, that it survives the disk, and what changed in a text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tui_news.cache.codec import dumps, loads
from tui_news.model import Article
from tui_news.portal.catchup import entries, fitting, minutes
from tui_news.portal.front import Item, Phrase, arrange, from_json, to_json
from tui_news.portal.ranking import Facts, reasons, total
from tui_news.portal.versions import compare
from tui_news.text.width import cell_len
from tui_news.ui.front.paste import paste

NOW = 1_800_000_000.0


def item(number: int, score: float, section: str = "World", kind: str = "news", comments: int = 0) -> Item:
    return Item(
        f"{number:012x}", f"Headline {number} 第{number}条新闻标题", "The Courier", (section,),
        deck="A deck. " * 9, author="Ada Pike", when=NOW - number, comments=comments, score=score, kind=kind,
        sources=number % 4 + 1, reasons=(("sources", 3.0, 2.0),), origin="s1",
    )  # fmt: skip


def page(count: int = 40):  # type: ignore[no-untyped-def]
    items = [item(n, 100 - n, ("World", "Science", "中文")[n % 3], comments=n) for n in range(count)]
    items += [item(100 + n, 5, "Blogs", "blog") for n in range(5)]
    items += [item(200 + n, 5, "Life", "leisure") for n in range(5)]
    return arrange(
        items, made=NOW, sections=[(("World",), "World"), (("Science",), "Science"), (("中文",), "中文")],
        topics=[Phrase("滨江大桥", ("a",), 3), Phrase("Harbour bridge", ("b",), 2)], tags=[Phrase("Space")],
        discussed=sorted(items, key=lambda one: -one.comments),
    )  # fmt: skip


def test_the_best_leads_and_nothing_stands_twice() -> None:
    front = page()
    kinds = [block.kind for block in front.blocks]
    assert kinds[:3] == ["lead", "second", "topics"]
    assert {"strip", "blogs", "leisure", "discussed", "tags"} <= set(kinds)
    assert front.blocks[0].items[0].headline.startswith("Headline 0 ")
    placed = [one.id for block in front.blocks if block.kind != "discussed" for one in block.items]
    assert len(placed) == len(set(placed))
    assert front.blocks[kinds.index("discussed")].items[0].comments == 39


def test_the_page_survives_the_disk_and_nonsense_is_none() -> None:
    front = page()
    assert from_json(loads(dumps(to_json(front)))) == front
    for nonsense in (None, {}, [], {"front": 1}, {"front": 1, "made": 1, "blocks": [["lead"]]}):
        assert from_json(nonsense) is None


def test_every_line_is_as_wide_as_the_page_and_every_story_can_be_reached() -> None:
    front = page()
    for width in (40, 80, 100, 120, 133, 160, 200):
        sheet = paste(front, width, lambda moment: "12:05", NOW - 5)
        for line in sheet.lines:
            assert sum(cell_len(piece.text) for piece in line) == width, "".join(p.text for p in line)
        assert {spot.item.id for spot in sheet.spots if spot.item} == {one.id for one in front.items()}
        assert [spot.phrase.text for spot in sheet.spots if spot.phrase] == [
            "滨江大桥", "Harbour bridge", "Space",
        ]  # fmt: skip
        assert all(spot.y >= 0 and spot.y + spot.height <= len(sheet.lines) for spot in sheet.spots)


@given(st.text(max_size=80), st.text(max_size=200), st.integers(1, 170))
def test_any_text_is_pasted_within_its_width(headline: str, deck: str, width: int) -> None:
    from tui_news.text.clean import clean_line

    made = Item(
        "0" * 12, clean_line(headline), "源", deck=clean_line(deck), kicker=clean_line(deck)[:40], score=1.0
    )
    front = arrange([made], made=NOW, sections=[])
    for line in paste(front, width, lambda moment: "").lines:
        assert sum(cell_len(piece.text) for piece in line) == width


def test_reasons_add_up_and_more_sources_weigh_more() -> None:
    few, more = Facts(1, 1, 2.0, 0, 0, 0), Facts(5, 7, 2.0, 0, 12, 0, followed=True)
    assert total(reasons(more)) > total(reasons(few))
    assert {reason.kind for reason in reasons(more)} == {
        "sources", "recency", "discussion", "section", "followed", "position",
    }  # fmt: skip
    assert total(reasons(Facts(1, 1, 500.0, -1, 0, 50))) < 0.01


@given(st.text(max_size=120), st.text(max_size=120))
def test_a_comparison_holds_both_texts_whole(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(piece.text for piece in pieces if piece.sign != "+") == old or any(
        piece.sign == "=" for piece in pieces
    )
    assert "".join(piece.text for piece in pieces if piece.sign != "-") == new


def test_words_and_characters_are_compared_each_in_its_script() -> None:
    assert compare("Five hurt in blaze", "Six hurt in blaze")[:2] == [("-", "Five"), ("+", "Six")]
    assert ("-", "三") in compare("大火致三人受伤", "大火致五人受伤")


def test_catching_up_tells_a_story_once_and_fits_into_minutes() -> None:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    articles = [
        Article(
            f"{n:012x}",
            f"s{n}",
            headline="word " * 10,
            deck="word " * 105,
            published=moment + timedelta(hours=n),
        )
        for n in range(6)
    ]
    story = (articles[0].id, articles[1].id)
    found = entries(articles, dict.fromkeys(story, story), {articles[5].id: 9.0})
    assert len(found) == 5
    assert found[0].article.id == articles[5].id
    assert next(entry for entry in found if len(entry.reports) == 2).sources == 2
    assert len(fitting(found, 1.2)) == 2
    assert minutes("字" * 420) == 1.0
