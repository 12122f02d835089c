"""The headline list of a page: links of one shape, long, dated, in the page's middle."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlsplit

from tui_news.extract.inline import one_line
from tui_news.extract.pieces import Piece
from tui_news.extract.shape import cells
from tui_news.extract.tokens import Token
from tui_news.text.clean import clean_line, is_web_url

MOST: Final = 400
"""Headlines that are taken from one page."""
_SLUG: Final = re.compile(r"^[^\W_]+(?:[-_][^\W_]+){2,}$")
_DIGITS: Final = re.compile(r"\d+")
_NO_HEADLINE: Final = re.compile(
    r"^\W*(?:\d+|更多|more|もっと見る|더보기|下一?[页頁]|上一?[页頁]|次のページ|前のページ|首页|末页|"
    r"尾页|next|prev(?:ious)?|older|newer|评论|留言|comments?(?: \(\d+\))?|"
    r"\d+\s*(?:comments?|评论|条评论)|read more|continue reading|全文|阅读全文|详细|查看详情|続きを読む|"
    r"share|log ?in|sign ?up|subscribe)\W*$",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?<![\d:：])([01]?\d|2[0-3])[:：]([0-5]\d)(?![\d:：])")
_AUTHOR_BAR: Final = re.compile(r"^\s*[|｜]\s*$")


@dataclass(slots=True)
class Link:
    """A candidate: a link with its text, and the text around it."""

    href: str
    text: str
    shape: str
    place: str
    """Tags and classes of its ancestors."""
    site: bool
    heading: bool
    before: str = ""
    after: str = ""
    gap: str = ""
    """All text up to the next candidate."""
    summary: str = ""
    author: str = ""
    piece: bool = False
    extra: list[str] = field(default_factory=list)


def url_shape(url: str) -> str:
    """An address with its numbers and slugs replaced, so that the articles of a site look alike."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    segments = []
    for segment in parts.path.split("/"):
        stem, dot, ending = segment.rpartition(".")
        if not dot or len(ending) > 5:
            stem, dot, ending = segment, "", ""
        if _SLUG.match(stem) and (len(stem) >= 16 or stem.count("-") >= 3):
            stem = "S"
        elif len(stem) >= 20 and stem.isalnum():
            stem = "H"
        segments.append(_DIGITS.sub("N", stem) + dot + ending)
    query = "&".join(sorted(pair.partition("=")[0] for pair in parts.query.split("&"))) if parts.query else ""
    return f"{(parts.hostname or '').removeprefix('www.')}{'/'.join(segments)}?{query}"


def _like_an_article(url: str) -> float:
    """How much an address looks like an article's: a date, a long number, a slug, a page's ending."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return 0.2
    path = parts.path
    score = 0.5
    if re.search(r"(?:19|20)\d\d[-/_]?(?:0[1-9]|1[0-2])", path):
        score += 1.0
    if re.search(r"\d{4,}", path) or re.search(
        r"(?:id|no|aid|newsid|article)=\d+", parts.query, re.IGNORECASE
    ):
        score += 0.5
    if any(segment.count("-") >= 3 or segment.count("_") >= 3 for segment in path.split("/")):
        score += 0.8
    if re.search(r"\.s?html?$|\.php$|\.aspx?$|\.jsp$", path):
        score += 0.3
    if path.count("/") <= 1 and len(path) < 8:
        score *= 0.3
    if path.endswith("/") and len(path.rstrip("/").rpartition("/")[2]) < 4:
        score *= 0.5
    return score


def _candidates(stream: Sequence[Token], url: str) -> list[Link]:
    here = url.partition("#")[0]
    out: dict[str, Link] = {}
    for token in stream:
        if token.kind != "link" or not is_web_url(token.href):
            continue
        href = token.href.partition("#")[0]
        if href == here:
            continue
        text, summary = _headline_of(token)
        old = out.get(href)
        if not text or _NO_HEADLINE.match(text):
            continue
        link = Link(
            href, text, url_shape(href), _place(token.node), token.site, token.heading, summary=summary
        )
        if old is None:
            out[href] = link
        elif len(text) > len(old.text) and (token.heading or not old.heading):
            # A picture's or a summary's link to the same article: the heading or the longer text names it.
            out[href] = replace(link, extra=old.extra)
    return list(out.values())


def _headline_of(token: Token) -> tuple[str, str]:
    """A link's text: the heading in it when it wraps a whole teaser, with the rest as its summary."""
    for node in token.node.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        text = one_line("".join(node.itertext()), 300)
        if text:
            rest = " ".join(one_line("".join(p.itertext()), 600) for p in token.node.iter("p"))
            return text, rest.strip()
    lines = [line for part in token.text.split("\n") if (line := one_line(part, 300))]
    if len(lines) > 1:
        first = max(lines[:2], key=cells) if cells(lines[0]) < 12 else lines[0]
        rest = " ".join(line for line in lines if line is not first and cells(line) > 40)
        return first, rest
    return (lines[0] if lines else ""), ""


def _place(node: Any) -> str:
    """The path of tags above a link, with classes; list items and rows alike."""
    parts = []
    for level, above in enumerate(node.iterancestors()):
        if level >= 5 or above.tag in ("body", "html"):
            break
        parts.append(f"{above.tag}.{_DIGITS.sub('N', above.get('class') or '')}")
    return ">".join(parts)


def find_headlines(stream: Sequence[Token], url: str, pieces: Sequence[Piece]) -> list[Link]:
    """The links of the page's own list, in its order."""
    links = _candidates(stream, url)
    if not links:
        return []
    _surround(links, stream)
    groups: dict[str, list[Link]] = {}
    for link in links:
        groups.setdefault(link.shape, []).append(link)
    # A list that makes up most of its shape is no box beside the channel's list: it is that list.
    shapes = {link.href: link.shape for link in links}
    for piece in pieces:
        within = Counter(shapes[run.href] for run in piece.links if run.href in shapes)
        for link in links if piece.kind in _BESIDE else ():
            if within[link.shape] * 2 < len(groups[link.shape]) or len(groups[link.shape]) < 12:
                link.piece = link.piece or any(run.href == link.href for run in piece.links)
    ranked = sorted(groups.values(), key=_score, reverse=True)
    best = ranked[0]
    if _score(best) <= 0:
        return []
    chosen = {id(link) for link in best if not (link.piece and not _dated(link))}
    places = Counter(link.place for link in best if id(link) in chosen)
    for group in ranked[1:]:
        for link in group:
            # Another shape counts where it stands in the very list that the best one stands in.
            if (
                places.get(link.place, 0) >= 3
                and not link.site
                and cells(link.text) >= 12
                and not link.piece
                and (_like_an_article(link.href) >= 1.0)
            ):
                chosen.add(id(link))
    return [link for link in links if id(link) in chosen and _is_headline(link.text)][:MOST]


_BESIDE: Final = frozenset(("searches", "tags", "blogs", "ranking", "directory", "related", "forum"))


def _is_headline(text: str) -> bool:
    return cells(text) >= 8


def _dated(link: Link) -> bool:
    return bool(_CLOCK.search(link.after) or _DIGITS.search(link.after) or _CLOCK.search(link.before))


def _score(group: Sequence[Link]) -> float:
    """How much a group of links of one shape is a channel's list."""
    count = len(group)
    if count < 3:
        return 0.0
    size = sum(min(cells(link.text), 60) for link in group) / count
    if size < 10:
        return 0.0
    dated = sum(1 for link in group if _dated(link)) / count
    site = sum(link.site for link in group) / count
    beside = sum(link.piece for link in group) / count
    likeness = sum(_like_an_article(link.href) for link in group[:20]) / min(count, 20)
    return (
        float(min(count, 60) ** 0.7) * size * likeness * (1 + dated) * (1 - 0.9 * site) * (1 - 0.7 * beside)
    )


def _surround(links: Sequence[Link], stream: Sequence[Token]) -> None:
    """Gives each candidate the text before it in its line, and the text after it up to the next one."""
    by_href = {link.href: link for link in links}
    current: Link | None = None
    line: list[str] = []
    edge = False  # whether one stands between this line and the last candidate
    other = ""
    for token in stream:
        if token.kind == "edge":
            if not token.text.startswith("/"):
                line = []
                other = ""
                edge = True
            if current is not None:
                current.extra.append("\n")
            continue
        text = clean_line(token.text, 600)
        link = by_href.get(token.href.partition("#")[0]) if token.kind == "link" else None
        if link is not None:
            if link is not current:
                if current is not None and edge and line:
                    # What leads up to this link in its own line is not said of the one before.
                    del current.extra[len(current.extra) - len(line) :]
                current, edge = link, False
                if not link.before:
                    link.before = " ".join(line)
                    if other and line and _AUTHOR_BAR.match(line[-1]):
                        link.author = other
            continue
        if token.kind == "link":
            other = text
            continue
        line.append(text)
        if current is not None:
            current.extra.append(text)
    for link in links:
        parts = "".join(part if part == "\n" else part + " " for part in link.extra[:80]).split("\n")
        lines = [part.strip() for part in parts if part.strip()]
        link.gap = " ".join(lines)[:600]
        link.after = " ".join(lines[:4])[:300] if lines else ""
        if not link.summary:
            long = [part for part in lines[:4] if cells(part) > 48]
            link.summary = clean_line(long[0], 600) if long else ""
