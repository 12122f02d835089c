"""The portal's channel pages, which have no feed: twelve ways to list headlines, each with its truth."""

# Markup keeps its own lines.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from tests.newsroom.labels import LABELS, Labels
from tests.newsroom.layouts import piece_html
from tests.newsroom.portal import Edition, Portal, PortalArticle, edition, make_pieces
from tests.newsroom.words import lexicon

PER_PAGE = 30
PAGES = 3

Items = Sequence[PortalArticle]


def _link(article: PortalArticle, inner: str = "") -> str:
    return f'<a href="{article.paths[0]}" target="_blank">{inner or _e(article.story.headline)}</a>'


def _e(text: str) -> str:
    return escape(text, quote=False)


def _when(article: PortalArticle, shape: str) -> str:
    return article.story.published.strftime(shape)


def dated_list(items: Items, labels: Labels) -> str:
    """<ul>, each with month, day and time in brackets."""
    return "<ul class=list>" + "\n".join(
        f"<li>{_link(a)} <span>({_when(a, '%m-%d %H:%M')})</span></li>" for a in items
    ) + "</ul>"  # fmt: skip


def table_rows(items: Items, labels: Labels) -> str:
    """A table row for each: bullet, headline, date at the right."""
    rows = "\n".join(
        f"<tr><td width=20>{labels.dot}</td><td>{_link(a)}</td><td align=right>{_when(a, '%Y-%m-%d')}</td></tr>"
        for a in items
    )
    return f"<table width=100% border=0>{rows}</table>"


def broken_lines(items: Items, labels: Labels) -> str:
    """Text lines ended by <br>, a gap after every fifth."""
    out = []
    for number, a in enumerate(items):
        gap = "<br>" if number % 5 == 4 else ""
        out.append(
            f"{labels.dot}{_link(a)} <font color=gray size=2>{_when(a, '%m/%d %H:%M')}</font><br>{gap}"
        )
    return "<div>" + "\n".join(out) + "</div>"


def definitions(items: Items, labels: Labels) -> str:
    """<dl>: headline, then summary and time."""
    return "<dl>" + "\n".join(
        f"<dt>{_link(a)}</dt><dd>{_e(a.story.summary[:60])}… {_when(a, '%Y-%m-%d %H:%M')}</dd>" for a in items
    ) + "</dl>"  # fmt: skip


def cards(items: Items, labels: Labels) -> str:
    """A <div> for each with picture, <h3>, summary and <time>."""
    return "\n".join(
        f'<div class="card">{_link(a, "<img src=/pictures/c.png>")}<h3>{_link(a)}</h3>'
        f'<p>{_e(a.story.summary[:80])}</p><time datetime="{a.story.published.isoformat()}">'
        f"{_when(a, '%H:%M')}</time></div>"
        for a in items
    )


def two_columns(items: Items, labels: Labels) -> str:
    """Two cells side by side, no dates but those in the addresses."""
    half = len(items) // 2
    cells = "".join(
        "<td valign=top>" + "".join(f"<p>{labels.dot}{_link(a)}</p>" for a in part) + "</td>"
        for part in (items[:half], items[half:])
    )
    return f"<table width=100%><tr>{cells}</tr></table>"


def by_day(items: Items, labels: Labels) -> str:
    """Under a heading for each day, times before the headlines."""
    out = []
    for day, group in groupby(items, key=lambda a: a.story.published.date()):
        rows = "".join(f"<li><em>{_when(a, '%H:%M')}</em> {_link(a)}</li>" for a in group)
        out.append(f"<h4>{day:%Y-%m-%d}</h4><ul>{rows}</ul>")
    return "\n".join(out)


def lead_and_list(items: Items, labels: Labels) -> str:
    """Three with pictures (a link on the picture, one on the text), the rest a list."""
    lead = "".join(
        f'<div class="pic">{_link(a, "<img width=120 src=/pictures/l.png>")}<br>{_link(a)}</div>'
        for a in items[:3]
    )
    rest = "".join(f"<li>{_link(a)}<i>{_when(a, '%m-%d')}</i></li>" for a in items[3:])
    return f'{lead}<ul class="rest">{rest}</ul>'


def numbered(items: Items, labels: Labels) -> str:
    """An ordered list with agency and time after each."""
    return "<ol>" + "\n".join(
        f"<li>{_link(a)} <small>{_e(a.story.agency)} {_when(a, '%m-%d %H:%M')}</small></li>" for a in items
    ) + "</ol>"  # fmt: skip


def with_category(items: Items, labels: Labels) -> str:
    """A link to the category stands before each headline."""
    return "<ul>" + "\n".join(
        f'<li>[<a href="/portal/section/{i % 4}/">{_e(a.story.section[-1])}</a>] {_link(a)} '
        f"<span>{_when(a, '%m-%d %H:%M')}</span></li>"
        for i, a in enumerate(items)
    ) + "</ul>"  # fmt: skip


def with_author(items: Items, labels: Labels) -> str:
    """As blog columns: author, bar, title, each a link."""
    return "<br>\n".join(
        f'{labels.dot}<a href="/portal/author/{i}/">{_e(a.story.authors[0])}</a>|{_link(a)}'
        for i, a in enumerate(items)
    )


def wrapping(items: Items, labels: Labels) -> str:
    """<article>s wholly inside their link: heading and summary are both its text."""
    return "\n".join(
        f'<article><a href="{a.paths[0]}"><h3>{_e(a.story.headline)}</h3><p>{_e(a.story.summary[:70])}…</p></a>'
        f'<time datetime="{a.story.published.isoformat()}">{_when(a, "%m-%d")}</time></article>'
        for a in items
    )


LISTS: dict[str, tuple[Callable[[Items, Labels], str], str]] = {
    "dated-list": (dated_list, "minute"),
    "table-rows": (table_rows, "day"),
    "broken-lines": (broken_lines, "minute"),
    "definitions": (definitions, "minute"),
    "cards": (cards, "minute"),
    "two-columns": (two_columns, "none"),
    "by-day": (by_day, "minute"),
    "lead-and-list": (lead_and_list, "day"),
    "numbered": (numbered, "minute"),
    "with-category": (with_category, "minute"),
    "with-author": (with_author, "none"),
    "wrapping": (wrapping, "day"),
}
"""The layouts, and how exactly each says when."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of an edition; its articles are numbered from `first`."""

    edition: Edition
    slug: str
    layout: str
    first: int

    @property
    def section(self) -> tuple[str, ...]:
        words = lexicon(self.edition.language)
        return words.sections[self.first // 1000 % len(words.sections)]

    def path(self, page: int) -> str:
        """The path of page `page`, from 1: index.shtml, index_2.shtml, ..."""
        return f"/portal/{self.edition.name}/{self.slug}/index{f'_{page}' if page > 1 else ''}.shtml"


_HOMES = (
    "gb2312",
    "gb2312",
    "gb18030",
    "big5",
    "shift_jis",
    "utf-8",
    "euc-kr",
    "en",
    "gb2312",
    "utf-8",
    "en",
    "ja",
)

CHANNELS: tuple[Channel, ...] = tuple(
    Channel(edition(home), f"channel{number}", layout, 1000 * number)
    for number, (home, layout) in enumerate(zip(_HOMES, LISTS, strict=True), 1)
)


def items_of(channel: Channel, portal: Portal, page: int) -> list[PortalArticle]:
    """The articles that a page lists, newest first."""
    start = channel.first + (page - 1) * PER_PAGE
    return [portal.article(channel.edition.name, number) for number in range(start, start + PER_PAGE)]


def render(channel: Channel, portal: Portal, page: int) -> bytes:
    """Page `page` of a channel, from 1, with navigation, the portal's lists and the way to the next page."""
    labels, home = LABELS[channel.edition.language], channel.edition
    menu = " | ".join(f'<a href="/portal/menu/{i}/">{_e(name)}</a>' for i, name in enumerate(labels.menu))
    crumbs = " &gt; ".join(
        f'<a href="/portal/section/{i}/">{_e(name)}</a>'
        for i, name in enumerate((labels.site, *channel.section))
    )
    listing = LISTS[channel.layout][0](items_of(channel, portal, page), labels)
    numbers = " ".join(
        f"<b>{n}</b>" if n == page else f'<a href="{channel.path(n)}">{n}</a>' for n in range(1, PAGES + 1)
    )
    following = ""
    if page < PAGES:
        # Half of the channels call it "more", half "next page".
        word = labels.more if channel.first // 1000 % 2 else labels.next
        following = f'<a href="{channel.path(page + 1)}">{_e(word)}</a>'
    pieces = "\n".join(piece_html(piece, labels) for piece in make_pieces(home, portal.seed, channel.slug))
    foot = " - ".join(f'<a href="/portal/foot/{i}">{_e(name)}</a>' for i, name in enumerate(labels.footer))
    ads = "".join(
        f'<div class="ad"><a href="/portal/ad/{i}">{_e(ad)}</a></div>' for i, ad in enumerate(labels.ads)
    )
    title = _e(f"{channel.section[-1]}-{labels.site}")
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={home.label}"><title>{title}</title></head>
<body><div id="top">{menu}</div><div class="path">{_e(labels.position)}{crumbs}</div>
<table width="950" align="center"><tr><td width="650" valign="top"><div class="column"><h2>{_e(channel.section[-1])}</h2>
{listing}
</div><div class="page">{numbers} {following}</div></td>
<td width="280" valign="top">{ads}{pieces}</td></tr></table>
<div id="foot">{foot}<br>Copyright &copy; {_e(labels.site)}</div></body></html>
""".encode(home.codec)


def truth(channel: Channel, portal: Portal) -> dict[str, Any]:
    """What the channel's pages list: see `Newsroom.channels`."""
    return {
        "url": portal.base + channel.path(1),
        "edition": channel.edition.name,
        "layout": channel.layout,
        "language": lexicon(channel.edition.language).code,
        "encoding": channel.edition.encoding,
        "section": list(channel.section),
        "dates": LISTS[channel.layout][1],
        "pages": [
            {
                "url": portal.base + channel.path(page),
                "next": portal.base + channel.path(page + 1) if page < PAGES else "",
                "headlines": [
                    {
                        "headline": a.story.headline,
                        "url": portal.base + a.paths[0],
                        "published": a.story.published.isoformat(),
                    }
                    for a in items_of(channel, portal, page)
                ],
            }
            for page in range(1, PAGES + 1)
        ],
    }


def front(home: Edition, portal: Portal) -> bytes:
    """An edition's front page: its channels with their first headlines, and every list of the portal."""
    labels = LABELS[home.language]
    menu = " | ".join(f'<a href="/portal/menu/{i}/">{_e(name)}</a>' for i, name in enumerate(labels.menu))
    blocks = []
    for channel in CHANNELS:
        if channel.edition == home:
            rows = "".join(f"<li>{_link(a)}</li>" for a in items_of(channel, portal, 1)[:8])
            more = f'<a href="{channel.path(1)}">{_e(labels.more)}</a>'
            blocks.append(
                f'<div class="block"><h3>{_e(channel.section[-1])} {more}</h3><ul>{rows}</ul></div>'
            )
    pieces = "\n".join(piece_html(piece, labels) for piece in make_pieces(home, portal.seed, "front"))
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={home.label}"><title>{_e(labels.site)}</title></head>
<body><h1>{_e(labels.site)}</h1><div>{menu}</div>
{"".join(blocks)}
{pieces}</body></html>
""".encode(home.codec)


def news_sitemap(portal: Portal, channel: Channel) -> bytes:
    """A channel's articles as a Google News sitemap."""
    language = lexicon(channel.edition.language).code
    rows = "".join(
        f"<url><loc>{portal.base}{a.paths[0]}</loc><news:news><news:publication>"
        f"<news:name>{_e(LABELS[channel.edition.language].site)}</news:name><news:language>{language}</news:language>"
        f"</news:publication><news:publication_date>{a.story.published.isoformat()}</news:publication_date>"
        f"<news:title>{_e(a.story.headline)}</news:title></news:news></url>\n"
        for a in items_of(channel, portal, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{rows}</urlset>\n'
    ).encode()


def sitemap_index(portal: Portal, paths: Sequence[str]) -> bytes:
    """A sitemap index that leads to the given sitemaps."""
    rows = "".join(f"<sitemap><loc>{portal.base}{path}</loc></sitemap>" for path in paths)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>\n'
    ).encode()
