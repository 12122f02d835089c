"""The conventions by which papers open and sign a text: datelines, reporters, agencies, editors.

Chinese (新华网北京9月1日电(记者李亚杰)), Japanese (【ワシントン共同】), Korean
((서울=연합뉴스) 김서연 기자 =) and western ones (LONDON, Sept 1 (Reuters) -), each recognised
by its form, not by lists of names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_NAME = rf"[{_HAN}]{{2,4}}(?:[·・][{_HAN}]{{1,8}}){{0,3}}(?![{_HAN}])|[{_HAN}][ \u3000][{_HAN}](?![{_HAN}])"


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the head of a first paragraph says; empty where it says nothing."""

    agency: str = ""
    place: str = ""
    authors: tuple[str, ...] = ()
    month: int = 0
    day: int = 0


_KNOWN_ZH: Final = (
    "新华社|新华网|中新社|中新网|中国新闻网|人民网|人民日报|中央社|央视新闻|央视网|光明网|光明日报|中国日报|"
    "环球网|环球时报|澎湃新闻|界面新闻|新京报|经济日报|中国经济网|中广网|央广网|国际在线|法新社|路透社|美联社"
)
_ZH = re.compile(
    rf"^[(（【\[]?(?:据)?(?P<agency>{_KNOWN_ZH}|本报|本网|本台|[{_HAN}A-Za-z0-9]{{1,10}}?(?:通讯社|"
    rf"新闻网|日报|晚报|晨报|商报|"
    rf"早报|快报|时报|時報|新闻|新聞|在线|之家|社|网|網|报|報|讯|台|訊)(?=[{_HAN}]*?\d|讯|訊|电|電|"
    rf"[{_HAN}、]{{2,12}}电))"
    rf"(?:记者|記者)?(?P<names>(?<=记者|記者)[{_HAN}、·]{{2,24}}?)??"
    rf"(?P<place>[{_HAN}、]{{0,14}}?)(?:(?P<month>\d{{1,2}})月)?(?:(?P<day>\d{{1,2}})日)?\s?"
    r"(?:综合|快|简|专)?(?:电|電|讯|訊|消息|报道|報道)[)）】\]]?"
)
_CNA = re.compile(
    rf"^[(（](?P<agency>[{_HAN}]{{2,4}}社)(?:记者|記者)(?P<names>[{_HAN}、]{{4,30}}?)(?P<day>\d{{1,2}})日"
    r"(?:[專专]?[電电]|[專专]?[讯訊])[)）]"
)
_ZH_REPORTER = re.compile(
    rf"(?:[(（【\[]\s?(?:本报|本刊|实习|见习|首席|特约|全媒体)?(?:记者|記者|通讯员|通訊員)[\s:：/]*|"
    rf"(?:^|(?<=[\s。]))(?:[{_HAN}]{{2,6}})?(?:记者|記者|通讯员|通訊員)(?:[ \u3000]|"
    rf"[ \u3000]?[:：/][ \u3000]?))"
    rf"(?P<names>(?:{_NAME})(?:[\s、，,/]+(?:(?:通讯员|实习生|记者|实习记者)[\s:：]*)?(?:{_NAME}))*)"
)
_ZH_SIGNED = re.compile(
    rf"(?:本报)?(?:记者|記者)(?P<names>[{_HAN}]{{2,4}}?(?:、[{_HAN}]{{2,4}}?){{0,3}})(?:报道|報道|報導|"
    rf"$)"
)
_JA = re.compile(
    r"^[【\[［](?P<place>[^】\]］＝=]{1,12}?)(?:[＝=])?(?P<agency>共同|時事|ロイター|AFP|ＡＦＰ|AP|ＡＰ|"
    r"聯合ニュース|新華社|(?<=[＝=])[^】\]］]{2,16})(?:通信|時事)?[】\]］]"
)
_JA_REUTERS = re.compile(
    r"^[［\[](?P<place>[^　 ］\]]{1,16})[　 ]+[\d０-９]{1,2}日[　 ]+(?P<agency>[^］\]]{2,12})[］\]]"
)
_KO = re.compile(
    r"^[(（\[](?P<place>[가-힣·]{2,12})\s?=\s?(?P<agency>[^)）\]]{2,16})[)）\]]\s?(?P<names>(?:[가-힣]{"
    r"2,5}[·,\s]*){1,4}?)\s?(?:기자|특파원)\s?="
)
_KO_SHORT = re.compile(r"^[(（\[](?P<place>[가-힣·]{2,12})\s?=\s?(?P<agency>[^)）\]]{2,16})[)）\]]")
_KO_REPORTER = re.compile(r"(?P<names>[가-힣]{2,4})\s(?:선임|수습|인턴)?(?:기자|특파원)(?:\s?=|\s*[\w.]+@|$)")
_WEST = re.compile(
    r"^(?P<place>[A-ZÀ-Þ][\w.’'’À-ÿ-]*(?:[ /,]{1,2}[A-ZÀ-Þ][\w.’'À-ÿ-]*){0,5})"
    r"(?:,\s(?:(?P<d1>\d{1,2})\s)?(?P<mon>[A-Za-z]{3,9})\.?(?:\s(?P<d2>\d{1,2}))?)?"
    r"\s?\((?P<agency>[A-Z][\w.&’' /-]{1,40}|dpa|afp|epd|kna)\)\s?\.?\s?[-–—]{1,2}\s?"
)
_WEST_PLAIN = re.compile(
    r"^(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.’' -]{2,30}(?:, [A-Z][A-Za-z.]{1,14})?)\s?(?:—|–|--|-{2}|\s-)\s(?=[A-Z“\"‘])"
)
_REUTERS_END = re.compile(
    r"^\((?:Additional )?(?:Reporting|Writing) by (?P<names>[^;()]+?)(?:[;,] (?:[^;()]*?)(?:Editing|"
    r"editing) by (?P<editor>[^;()]+))?\)$"
)
_MONTH_NAMES: Final = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6} | {
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_AGENCY_FULL: Final = {"共同": "共同通信", "時事": "時事通信"}


def read_dateline(text: str) -> Dateline:
    """The dateline at the head of a paragraph; an empty one when there is none."""
    head = text[:200].lstrip(" \u3000\u00a0")
    if match := _CNA.match(head):
        names, place = _names_then_place(match["names"])
        return Dateline(match["agency"], place, names, 0, int(match["day"]))
    if match := _ZH.match(head):
        place = match["place"].strip("、") if len(match["place"]) > 1 else ""
        agency = "" if match["agency"] in ("本报", "本网", "本台") else match["agency"]
        after = head[match.end() :].lstrip()
        found = _ZH_REPORTER.match(after) if after[:1] in "(（[【记記" else None
        found = found or _ZH_SIGNED.match(after)
        authors = split_names(found["names"]) if found else split_names(match["names"] or "")
        return Dateline(agency, place, authors, int(match["month"] or 0), int(match["day"] or 0))
    for pattern in (_JA_REUTERS, _JA):
        if match := pattern.match(head):
            return Dateline(_AGENCY_FULL.get(match["agency"], match["agency"]), match["place"].rstrip("＝="))
    if match := _KO.match(head):
        return Dateline(match["agency"].strip(), match["place"], split_names(match["names"]))
    if match := _KO_SHORT.match(head):
        return Dateline(match["agency"].strip(), match["place"])
    if match := _WEST.match(head):
        place = match["place"]
        month = _MONTH_NAMES.get((match["mon"] or "")[:3].lower(), 0)
        day = int(match["d1"] or match["d2"] or 0)
        return Dateline(match["agency"].strip(), _unshout(place), (), month, day)
    if (match := _WEST_PLAIN.match(head)) and len(match["place"].split()) <= 4:
        return Dateline("", _unshout(match["place"].strip()))
    return Dateline()


def _unshout(place: str) -> str:
    """A place printed in capitals as it is written."""
    if place != place.upper() or len(place) < 4:
        return place
    words = (part[:1] + part[1:].lower() for part in re.split(r"((?<![’'])[\s.-]+)", place))
    return "".join(words)


def _names_then_place(text: str) -> tuple[tuple[str, ...], str]:
    """“陳某某、林某某台北”: names, the last with the place behind it. Names have two or three characters,
    places two or more."""
    *names, last = [part for part in text.split("、") if part] or [""]
    cut = 2 if len(last) <= 4 else 3
    return tuple(name for name in (*names, last[:cut]) if name), last[cut:]


_NAME_BREAK = re.compile(
    r"\s*(?:[、，,;；/／|&＆]|\band\b|\bund\b|\bet\b|\by\b|和(?=\S{2,4}$)|(?:实习|见习)?(?:记者|記者|"
    r"通讯员|实习生))[\s:：]*"
)
_NAME_CUT = re.compile(
    r"\s*(?:,?\s(?:Staff Writer|Associated Press|Reuters|Correspondent|Updated|Published)\b.*|[|"
    r"｜/／].*|\d{1,2}:\d\d.*|"
    r"\s(?:整合|摄影|摄|报道|文|图|编辑|文/图)\s*$|기자$|記者$|记者$)",
    re.IGNORECASE,
)
_HAN_WORD = re.compile(rf"^[{_HAN}]+$")


def split_names(text: str, limit: int = 8) -> tuple[str, ...]:
    """Names as a byline runs them together, each cleaned; what cannot be a name is left out."""
    text = re.sub(rf"(?<![{_HAN}])([{_HAN}])[ \u3000]([{_HAN}])(?![{_HAN}])", r"\1\2", text.strip())
    out: list[str] = []
    for part in _NAME_BREAK.split(text):
        words = part.split()
        # Chinese and Korean names stand apart by spaces alone; western ones hold spaces.
        if len(words) > 1 and all(
            _HAN_WORD.match(word) or re.match("^[가-힣]{2,5}$", word) for word in words
        ):
            candidates = words
        else:
            candidates = [" ".join(words)]
        for name in candidates:
            name = _NAME_CUT.sub("", name).strip(" 　·.:：()（）[]【】“”\"'*-—")
            name = re.sub(rf"^[{_HAN}]{{2,10}}(?:作者|记者|記者|评论员|主笔)\s+", "", name)
            if _is_name(name):
                out.append(_unshout(name) if " " in name else name)
    return tuple(dict.fromkeys(out))[:limit]


_OFFICE = re.compile(
    r"\.(?:com|net|org|cn|jp|kr|co|tv)\b|\b(?:writers?|correspondents?|reporters?|editors?|staff|desk|"
    r"newsroom|news services?|wire services?)$|^(?:AP|AFP|CNN|BBC|NBC|CBS)\b|\bmedia for\b",
    re.IGNORECASE,
)


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 60 or any(char.isdigit() for char in name):
        return False
    if _HAN_WORD.match(name):
        return len(name) <= 8 and name not in _NO_NAMES
    if name[0].islower() or len(name.split()) > 6 or name.lower() in _NO_NAMES:
        return False
    return not _OFFICE.search(name)


_NO_NAMES: Final = frozenset((
    "综合", "整合", "报道", "摄影", "编辑", "责任编辑", "校对", "来源", "本报", "本网", "网络", "佚名",
    "匿名", "未知", "综合报道", "staff", "admin", "editor", "associated press", "reuters", "afp",
    "the associated press", "staff reporter",
))  # fmt: skip

# --- lines with a label ------------------------------------------------------------------------------

_SOURCE = re.compile(
    r"(?:^|(?<=[\s　|｜(（【\[·•]))(?:(?:文章|信息|消息|新闻|稿件|内容|资料|本文)?(?:来源|來源)(?:于|"
    r"自)?|稿源|出典|配信元?|提供元?|情報源|"
    r"출처|자료|Source|Quelle|Fuente|Fonte)\s?[:：]\s*(?P<name>[^\n]{1,60})",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"^\s*(?:[(（【\[])?\s*(?:(?:本报|本网)?(?:记者|記者)|作者|撰文|文|采写|撰稿|執筆者?|ライター|"
    r"取材・文|글|기자|Authors?|Written by|Words by|"
    r"Story by|Reporters?|By|Von|Par|Por)(?:\s?[:：/／]\s*|(?<=[yY])\s+|(?<=on)\s+|(?<=ar)\s+|"
    r"(?<=or)\s+|(?<=记者)\s*|(?<=記者)\s*)(?P<names>[^\n]{2,120})",
)
_EDITOR = re.compile(
    r"[(（【\[]?\s*(?:(?:责任|责编|網頁|网页|本文|值班|执行|編輯|実習)?(?:编辑|編輯|編集|責編|责编|"
    r"责编辑)|責任編輯|责任编辑|責任編集|責任者|편집|편집자|"
    r"Editing by|Edited by|"
    r"Editor(?=\s*[:：]))\s*[:：/＝=]?\s*(?P<name>[^()（）【】\[\]\n]{1,40}?)\s*[)）】\]]?\s*$",
    re.IGNORECASE,
)
_EDITOR_LABEL = re.compile(
    r"^\s*[(（【\[]?\s*(?:责任编辑|責任編輯|责任編輯|编辑|編輯|責編|责编|網編|网编|編集|責任編集|편집|"
    r"편집자|Editing by|Edited by|Editor)(?:\s?[:：/＝=]|\s|(?<=by))",
    re.IGNORECASE,
)
_STRONG_GAP = re.compile(r"[\u3000\u00a0\t|｜]+|\s{2,}|(?:\s[·•]\s)")
_NEXT_LABEL = re.compile(
    r"\s(?:作者|编辑|編輯|记者|記者|责编|发布|时间|日期|浏览|点击|评论|字号|【|\[|By\b|Author|Published|"
    r"Updated|Text size|Print|Share)",
    re.IGNORECASE,
)


def source_in(text: str) -> str:
    """The agency after a label such as 来源： in a line; '' when there is none."""
    match = _SOURCE.search(text)
    if not match:
        return ""
    name = match["name"]
    name = _STRONG_GAP.split(name.strip(), maxsplit=1)[0]
    if cut := _NEXT_LABEL.search(name):
        name = name[: cut.start()]
    words = name.split()
    if words and _HAN_WORD.match(words[0]):
        name = words[0]
    name = re.split(r"\d{4}[-年/.]\d|[)）】\]]|\d{1,2}:\d\d|（|\(", name, maxsplit=1)[0]
    return name.strip(" 　·:：-—|")


def authors_in(text: str) -> tuple[str, ...]:
    """The names after a label at a line's head (记者, 作者, By); () when there is none."""
    match = _AUTHOR.match(text)
    if not match:
        return ()
    names = _STRONG_GAP.split(match["names"].strip(), maxsplit=1)[0]
    if re.search(r"[。！？!?；;“”]", names):
        return ()
    if cut := _NEXT_LABEL.search(names):
        names = names[: cut.start()]
    found = split_names(names)
    # Behind a bare 记者 anything may follow; names are short.
    return found if all(len(name) <= 4 or "·" in name or not _HAN_WORD.match(name) for name in found) else ()


def reporters_in(text: str) -> tuple[str, ...]:
    """Reporters named in a first or last paragraph: （记者 某某）, 某某 기자."""
    if match := _ZH_REPORTER.search(text):
        return split_names(match["names"])
    if match := _KO_REPORTER.search(text):
        return split_names(match["names"])
    return ()


def editor_in(text: str) -> str:
    """The editor of a credit line, (责任编辑:赵健) or (Editing by …); '' when it is none."""
    if len(text) > 160:
        text = text[-60:]
        if not re.search(r"[(（【\[][^()（）【】\[\]]{2,50}[)）】\]]\s*$", text):
            return ""
    match = _EDITOR.search(text)
    if not match:
        return ""
    name = match["name"].strip(" 　:：/")
    name = re.split(r"[\s　]*(?:校对|校對|责编|審核|审核|监制|监审|签发|统筹|来源|制作)", name, maxsplit=1)[
        0
    ].strip()
    name = re.sub(r"_[A-Z]{0,4}\d+$", "", name)  # a house's number for its editor
    return name if 1 < len(name) <= 40 and not re.search(r"[。！？!?;；]", name) else ""


def reuters_credit(text: str) -> tuple[tuple[str, ...], str]:
    """“(Reporting by A and B; Editing by C)”: the reporters and the editor."""
    match = _REUTERS_END.match(text.strip())
    if not match:
        return (), ""
    return split_names(re.sub(r"\bin [A-Z]\w+", "", match["names"])), (match["editor"] or "").strip()
