"""Portal pieces of any page: labelled lists of linked phrases, as hot searches, tags, rankings, blogs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from tui_news.extract.parse import parse_html
from tui_news.extract.shape import cells
from tui_news.extract.tokens import Token, tokens
from tui_news.model import Run
from tui_news.text.clean import clean_line, clean_url
from tui_news.text.decode import decode

PieceKind = Literal[
    "searches", "tags", "blogs", "ranking", "directory", "leisure", "related", "forum", "links"
]


@dataclass(frozen=True, slots=True)
class Piece:
    """A labelled list: `links` are its phrases with where they lead; a blog's are `author|title`."""

    label: str
    kind: PieceKind
    links: tuple[Run, ...]


_WORDS: Final[tuple[tuple[PieceKind, str], ...]] = (
    (
        "related",
        (
            r"相关|相關|延伸阅读|関連|관련|related|see also|read also|more on|further reading|"
            r"weiterlesen|à lire|te puede interesar"
        ),
    ),
    (
        "searches",
        (
            r"热搜|热门?搜|熱門搜|搜索|搜尋|热词|急上昇|検索|검색어|hot search|popular search|"
            r"trending search|search(?:es|ed)"
        ),
    ),
    (
        "ranking",
        (
            r"排行|排名|榜|ランキング|랭킹|순위|ranking|top (?:ten|\d+)|most (?:read|viewed|shared|"
            r"popular|commented|discussed)|点击|热帖|阅读最多|meistgelesen|les plus lus|lo más"
        ),
    ),
    (
        "tags",
        (
            r"标签|標籤|话题|話題|热点|关键词|タグ|キーワード|태그|키워드|tags?\b|topics?\b|keywords?|"
            r"themen|étiquettes|etiquetas|trending"
        ),
    ),
    ("blogs", r"博客|部落格|网志|專欄|专栏|ブログ|블로그|칼럼|blogs?\b|columnists?|opinion"),
    ("directory", r"分类|分類|目录|目錄|カテゴリ|분류|카테고리|directory|classified|categories"),
    ("forum", r"说吧|论坛|論壇|社区|掲示板|게시판|forum|community|discussions?"),
    (
        "leisure",
        (
            r"茶余饭后|茶餘飯後|休闲|休閒|轻松|娱乐八卦|ひと休み|コラム|쉬어|after dinner|leisure|"
            r"lighter side|offbeat|odd news"
        ),
    ),
)
_KINDS: Final = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _WORDS)
_MORE: Final = re.compile(
    r"^\W{0,3}(?:更多|more|もっと見る|もっとみる|一覧|더보기|더 보기|mehr|voir plus|plus|ver más|全部|"
    r"进入|見る|see all|view all|show all)\W{0,4}$",
    re.IGNORECASE,
)
_PAGER: Final = re.compile(
    r"^\W*(?:\d+|上一?[页頁]|下一?[页頁]|前のページ|次のページ|이전 페이지|다음 페이지|"
    r"prev(?:ious)?(?: page)?|next(?: page)?)\W*$",
    re.I,
)
_NO_LABEL: Final = re.compile(
    r"位置|現在地|현재|you are here|来源|來源|出典|配信|출처|^source|字号|字级|字級|文字サイズ|글자|"
    r"text size|共\d|全\d+ページ|전체|pages?$|"
    r"用户|用戶|ユーザー|사용자|^user|分享|share|作者|编辑|記者|记者",
    re.IGNORECASE,
)
_SEARCH_URL: Final = re.compile(
    r"[?&](?:q|query|wd|word|kw|keyword|key|search|p|text|w)=|/search/", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"^[\s\d.·・|｜,，、/／:：;；()（）\[\]>»›•\-–—*#]*$")
_LABEL_END: Final = " 　:：>»|｜·・\n\t"
LABEL_CELLS: Final = 40
FEWEST: Final = 3
MOST: Final = 60


@dataclass(slots=True)
class _Group:
    label: str = ""
    depth: int = 0
    ordered: bool = False
    links: list[tuple[str, str]] = field(default_factory=list)
    bars: list[bool] = field(default_factory=list)
    """For each link, whether a bar and nothing else stands between it and the one before."""
    inline: bool = False
    """The label and the first link stand in one line, so that the block's end ends the list."""


def portal_pieces(
    data: bytes | Any, url: str = "", *, http_charset: str = "", charset: str = ""
) -> tuple[Piece, ...]:
    """The labelled lists of links on a page, given as bytes or as a parsed element, in the page's order."""
    if isinstance(data, bytes):
        text = decode(data, http_charset=http_charset or None, override=charset or None, kind="html").text
        data = parse_html(text)
    if data is None:
        return ()
    return pieces_of(tokens(data, url))


def pieces_of(stream: Iterable[Token]) -> tuple[Piece, ...]:
    """The pieces in a page's tokens."""
    out: list[Piece] = []
    group = _Group()
    between = ""
    loose = ""  # short text that may turn out to be a label
    for token in stream:
        if token.kind == "edge":
            if group.label and token.depth < group.depth:
                if group.links:
                    _close(group, out)
                    group = _Group(depth=token.depth)
                elif token.depth < group.depth - 1:
                    group = _Group(depth=token.depth)
            elif (group.inline or not group.label) and token.text in (
                "/p",
                "/div",
                "/td",
                "/li",
                "/h4",
                "hr",
            ):
                _close(group, out)
                group = _Group(depth=token.depth)
            between += "\n"
            loose = loose if token.text in ("br", "/b") else ""
            continue
        text = clean_line(token.text, 200)
        if token.kind == "text":
            bare = text.strip(_LABEL_END)
            if _is_label(text, bare, token):
                _close(group, out)
                group = _Group(bare, token.depth)
                between = ""
            elif not _BETWEEN.match(text) and cells(text) > 16:
                # A sentence ends a list, unless it is a summary within one.
                if not (group.links and token.item):
                    _close(group, out)
                    group = _Group(depth=token.depth)
                between = ""
            else:
                between += text
                loose = text
            continue
        if not text or not token.href:
            continue
        if token.heading and not group.links and group.label and _MORE.match(text):
            continue
        if (
            token.heading
            and cells(text) <= LABEL_CELLS
            and not _MORE.match(text)
            and _kind_of(text) is not None
        ):
            _close(group, out)
            group = _Group(text.strip(_LABEL_END), token.depth)
            between = ""
            continue
        if _MORE.match(text) or _PAGER.match(text):
            continue
        if loose and between.strip(_LABEL_END) and loose.rstrip().endswith(("：", ":")) and not group.links:
            group.label, group.depth = loose.strip(_LABEL_END), token.depth
        if not group.links:
            group.inline = bool(group.label) and "\n" not in between
        group.ordered = group.ordered or token.item == "ol"
        group.bars.append(bool(group.links) and between.strip() in ("|", "｜"))
        group.links.append((text, token.href))
        between = ""
        if len(group.links) > 400:
            _close(group, out)
            group = _Group(depth=token.depth)
    _close(group, out)
    return tuple(out)


def _is_label(text: str, bare: str, token: Token) -> bool:
    if not bare or cells(bare) > LABEL_CELLS or _BETWEEN.match(bare):
        return False
    ends = text.rstrip().endswith((":", "：", "|", "｜", ">>", "»"))
    return token.strong or token.heading or (ends and cells(bare) >= 4)


def _kind_of(label: str) -> PieceKind | None:
    return next((kind for kind, pattern in _KINDS if pattern.search(label)), None)


def _close(group: _Group, out: list[Piece]) -> None:
    """Keeps the group if it is a piece."""
    links = group.links
    if not links or (group.label and _NO_LABEL.search(group.label)):
        return
    kind = _kind_of(group.label) if group.label else None
    if not group.label:
        searching = sum(1 for _, href in links if _SEARCH_URL.search(href))
        if len(links) < 4 or searching * 5 < len(links) * 4 or any(cells(text) > 30 for text, _ in links):
            return
        kind = "searches"
    bars = sum(group.bars)
    if bars * 2 >= len(links) - 1 and bars >= 2 and kind != "directory":
        links = _paired(group)
        kind = kind or "blogs"
    if len(links) < (2 if kind == "related" else FEWEST):
        return
    if kind is None and cells(group.label) > 28:
        return
    if kind is None:
        kind = "ranking" if group.ordered else "links"
    runs = tuple(Run(text, "", clean_url(href)) for text, href in links[:MOST])
    out.append(Piece(clean_line(group.label, 80), kind, runs))


def _paired(group: _Group) -> list[tuple[str, str]]:
    """author | title, each a link, as one phrase that leads to the title's."""
    out: list[tuple[str, str]] = []
    for (text, href), bar in zip(group.links, group.bars, strict=True):
        if bar and out and "|" not in out[-1][0]:
            out[-1] = (f"{out[-1][0]}|{text}", href)
        else:
            out.append((text, href))
    return [(text, href) for text, href in out if "|" in text] or out
