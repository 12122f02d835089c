"""Five ways in which portals lay out an article's page, from nested tables to JSON-LD."""

# Markup keeps its own lines.
# ruff: noqa: E501

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from tests.newsroom.labels import Labels

Blocks = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A list of linked phrases beside the articles: kind, label as printed, items, links."""

    kind: str
    label: str
    items: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of an article, ready to be laid out."""

    labels: Labels
    language: str
    charset: str
    url: str
    headline: str
    kicker: str
    deck: str
    agency: str
    authors: tuple[str, ...]
    published: datetime
    editor: str
    """Empty on all pages but the last."""
    breadcrumb: tuple[str, ...]
    tags: tuple[str, ...]
    place: str
    blocks: Blocks
    number: int
    """Which page of how many, from 1."""
    pages: tuple[str, ...]
    """The addresses of all pages."""
    pieces: tuple[Piece, ...]
    also: tuple[tuple[str, str], ...]
    """Related stories: headline, address."""


def _a(text: str, href: str) -> str:
    return f'<a href="{escape(href)}">{escape(text, quote=False)}</a>'


def _e(text: str) -> str:
    return escape(text, quote=False)


def _crumbs(sheet: Sheet, between: str, last: bool = True) -> str:
    links = [_a(name, f"/portal/section/{number}/") for number, name in enumerate(sheet.breadcrumb)]
    if last and sheet.labels.body_word:
        links.append(_e(sheet.labels.body_word))
    return between.join(links)


def _menu(sheet: Sheet) -> str:
    labels = sheet.labels
    family = f" {labels.dot} ".join(_a(name, f"/portal/family/{i}/") for i, name in enumerate(labels.family))
    menu = " | ".join(_a(name, f"/portal/menu/{i}/") for i, name in enumerate(labels.menu))
    return f"{family}<br>\n{menu}"


def _ad_script(sheet: Sheet, number: int) -> str:
    text = sheet.labels.ads[number % len(sheet.labels.ads)]
    return (
        '<script language="javascript">\n<!--\n'
        f'document.write(\'<div class="ad"><a href="/portal/ad/{number}">{_e(text)}</a></div>\');\n//-->\n</script>'
    )


def _pager(sheet: Sheet) -> str:
    if len(sheet.pages) < 2:
        return ""
    labels, here = sheet.labels, sheet.number
    parts = [_e(labels.pages.format(len(sheet.pages)))]
    if here > 1:
        parts.append(_a(labels.previous, sheet.pages[here - 2]))
    for number, url in enumerate(sheet.pages, 1):
        parts.append(f"<b>[{number}]</b>" if number == here else _a(f"[{number}]", url))
    if here < len(sheet.pages):
        parts.append(_a(labels.next, sheet.pages[here]))
    return " ".join(parts)


def _form(sheet: Sheet) -> str:
    heading, user, anonymous, hide, debate, send = map(_e, sheet.labels.comment)
    return (
        f'<form action="/portal/comment" method="post"><b>{heading}</b><br>{user} <input name="user" size="12"> '
        f'<input type="checkbox" name="anonymous" checked>{anonymous} <input type="checkbox" name="hide">{hide} '
        f'<input type="checkbox" name="debate">{debate}<br><textarea name="text" rows="4"></textarea><br>'
        f'<input type="submit" value="{send}"></form>'
    )


def piece_html(piece: Piece, labels: Labels) -> str:
    """A piece as portals print it: inline after its label, as ·author|title, or numbered."""
    dot = labels.dot
    links = [_a(item, link) for item, link in zip(piece.items, piece.links, strict=True)]
    label = _e(piece.label)
    if piece.kind in ("searches", "tags"):
        return f"<p><b>{label}</b> {' '.join(links)}</p>"
    if piece.kind == "directory":
        return f"<p><b>{label}</b> | {f' {dot} '.join(links)}</p>"
    head = f'<h4>{label} <a href="/portal/more/{piece.kind}/">{_e(labels.more)}</a></h4>'
    if piece.kind == "ranking":
        return head + "<ol>" + "".join(f"<li>{link}</li>" for link in links) + "</ol>"
    if piece.kind == "blogs":
        rows = []
        for item, link in zip(piece.items, piece.links, strict=True):
            author, _, title = item.partition("|")
            rows.append(f"{dot}{_a(author, link + '/about')}|{_a(title, link)}")
        return head + "<br>\n".join(rows)
    return head + "<ul>" + "".join(f"<li>{dot}{link}</li>" for link in links) + "</ul>"


def _pieces(sheet: Sheet, *kinds: str) -> str:
    return "\n".join(piece_html(p, sheet.labels) for p in sheet.pieces if not kinds or p.kind in kinds)


def _search(sheet: Sheet) -> str:
    verticals = " ".join(_a(name, f"/portal/search/{i}") for i, name in enumerate(sheet.labels.verticals))
    return f'<form action="/portal/search"><input name="q" size="24"> {verticals}</form>'


def _footer(sheet: Sheet) -> str:
    links = " - ".join(_a(name, f"/portal/foot/{i}") for i, name in enumerate(sheet.labels.footer))
    return f"{links}<br>Copyright &copy; {sheet.published.year} {_e(sheet.labels.site)}"


def _also(sheet: Sheet) -> str:
    rows = "<br>\n".join(f"{sheet.labels.dot}{_a(headline, url)}" for headline, url in sheet.also)
    return f"<b>{_e(sheet.labels.also)}</b><br>\n{rows}"


def _reporter(sheet: Sheet) -> str:
    if not sheet.labels.reporter:
        return ""
    between = ", " if sheet.labels.reporter.isascii() else "、"
    return _e(sheet.labels.reporter + between.join(sheet.authors))


def _title(sheet: Sheet, between: str) -> str:
    return _e(between.join((sheet.headline, sheet.breadcrumb[-1], sheet.labels.site)))


def _meta(sheet: Sheet) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={sheet.charset}">'


def _share(sheet: Sheet) -> str:
    return " ".join(_a(word, "#") for word in sheet.labels.share)


def tables(sheet: Sheet) -> str:
    """Nested tables, <font>, <br><br> between paragraphs, ideographic indents, the editor in the text cell."""
    indent = "　　" if sheet.language[:2] in ("zh", "ja") else ""
    texts = [f"{indent}{_e(text)}" for _, text in sheet.blocks]
    middle = (len(texts) + 1) // 2
    body = "<br><br>\n".join(texts[:middle])
    rest = "<br><br>\n".join(texts[middle:])
    kicker = (
        f"<tr><td align=center><font size=3 color=#666666>{_e(sheet.kicker)}</font></td></tr>"
        if sheet.kicker
        else ""
    )
    deck = f"<tr><td align=center><font size=3><b>{_e(sheet.deck)}</b></font></td></tr>" if sheet.deck else ""
    editor = (
        f"<br><br><div align=right><font size=2>{_e(sheet.labels.editor.format(sheet.editor))}</font></div>"
        if sheet.editor
        else ""
    )
    when = sheet.published.strftime(sheet.labels.dates[0])
    return f"""<html><head>{_meta(sheet)}<title>{_title(sheet, "-")}</title></head>
<body bgcolor=#ffffff topmargin=0>
<table width=950 border=0 align=center><tr><td>{_menu(sheet)}</td></tr><tr><td>{_search(sheet)}</td></tr></table>
<table width=950 border=0 align=center cellpadding=0><tr><td class=b>{_e(sheet.labels.position)}{_crumbs(sheet, " &gt; ")}</td></tr></table>
<table width=950 border=0 align=center><tr><td width=650 valign=top>
 <table width=100% border=0>{kicker}
 <tr><td align=center height=50><font size=5 color=#00349a><b>{_e(sheet.headline)}</b></font></td></tr>{deck}
 <tr><td align=center><font size=2>{when}　{_e(sheet.labels.source)}{_a(sheet.agency, "/portal/agency/")}　{_reporter(sheet)}</font></td></tr>
 <tr><td align=right><font size=2>{_share(sheet)}</font></td></tr>
 <tr><td class=text><font size=3>{body}<br><br>
<table align=left width=200 border=0><tr><td>{_ad_script(sheet, 0)}</td></tr></table>
{rest}{editor}</font></td></tr>
 <tr><td align=center>{_pager(sheet)}</td></tr>
 <tr><td>{_also(sheet)}</td></tr>
 <tr><td>{_form(sheet)}</td></tr></table>
</td><td width=280 valign=top><table width=100%><tr><td>{_pieces(sheet, "blogs", "ranking")}</td></tr><tr><td>{_ad_script(sheet, 1)}</td></tr>
<tr><td>{_pieces(sheet, "leisure")}</td></tr></table></td></tr></table>
<table width=950 align=center><tr><td>{_pieces(sheet, "searches", "tags", "directory")}</td></tr><tr><td align=center>{_footer(sheet)}</td></tr></table>
</body></html>"""


def one_div(sheet: Sheet) -> str:
    """All text in one <div>, lines separated by <br />, subheads in <strong>."""
    indent = "　　" if sheet.language[:2] in ("zh", "ja") else "&nbsp;&nbsp;"
    lines = [
        f"{indent}<strong>{_e(text)}</strong>" if kind == "subhead" else f"{indent}{_e(text)}"
        for kind, text in sheet.blocks
    ]
    body = "<br />\n<br />\n".join(lines)
    editor = (
        f'<div class="editShare"><span>{_e(sheet.labels.editor.format(sheet.editor))}</span></div>'
        if sheet.editor
        else ""
    )
    when = sheet.published.strftime(sheet.labels.dates[1])
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>{_meta(sheet)}<title>{_title(sheet, "_")}</title>
<meta name="keywords" content="{escape(",".join(sheet.tags))}" /></head><body>
<div id="nav">{_menu(sheet)}</div><div class="search">{_search(sheet)}</div>
<div class="crumb">{_crumbs(sheet, " &gt; ", last=False)}</div>
<div class="left"><div class="newsTitle">{f'<h3 class="shoulder">{_e(sheet.kicker)}</h3>' if sheet.kicker else ""}<h1>{_e(sheet.headline)}</h1>{f"<h2>{_e(sheet.deck)}</h2>" if sheet.deck else ""}</div>
<div class="info"><span class="time">{when}</span> <span class="from">{_e(sheet.labels.source)}{_e(sheet.agency)}</span> <span class="writer">{_reporter(sheet)}</span> {_share(sheet)}</div>
<div id="contentText">{body}</div>
{editor}<div class="pages">{_pager(sheet)}</div>
<div class="adText">{_ad_script(sheet, 2)}</div>
<div class="mutual">{_also(sheet)}</div><div class="comment">{_form(sheet)}</div></div>
<div class="right">{_pieces(sheet, "ranking", "leisure", "blogs")}{_ad_script(sheet, 1)}</div>
<div class="bottom">{_pieces(sheet, "searches", "tags", "directory")}</div><div id="foot">{_footer(sheet)}</div>
</body></html>"""


def modern(sheet: Sheet) -> str:
    """<p>s under <article>, with JSON-LD, OpenGraph and <time>; list items without their dashes."""
    ld: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": sheet.headline,
        "datePublished": sheet.published.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in sheet.authors],
        "publisher": {"@type": "Organization", "name": sheet.labels.site},
        "keywords": ",".join(sheet.tags),
    }
    trail = {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": i, "name": name} for i, name in enumerate(sheet.breadcrumb, 1)
        ],
    }
    if sheet.editor:
        ld["editor"] = sheet.editor
    parts, listing = [], False
    for kind, text in sheet.blocks:
        if (kind == "item") is not listing:
            parts.append("<ul>" if kind == "item" else "</ul>")
            listing = kind == "item"
        parts.append(
            {"paragraph": "<p>{}</p>", "subhead": "<h3>{}</h3>", "item": "<li>{}</li>"}[kind].format(_e(text))
        )
    if listing:
        parts.append("</ul>")
    caption = sheet.labels.caption.format(sheet.place)
    parts.insert(
        1,
        f'<figure><img src="/pictures/{sheet.number}.png" alt=""><figcaption>{_e(caption)}</figcaption></figure>',
    )
    parts.insert(len(parts) // 2, f'<div class="ad-inline" data-ad><p>{_e(sheet.labels.ads[0])}</p></div>')
    body = "\n".join(parts)
    ads = "".join(f"<p>{_e(ad)}</p>" for ad in sheet.labels.ads)
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(each, ensure_ascii=False)}</script>'
        for each in (ld, trail)
    )
    shown = sheet.published.strftime(sheet.labels.dates[1])
    editor = f'<p class="editor">{_e(sheet.labels.editor.format(sheet.editor))}</p>' if sheet.editor else ""
    return f"""<!doctype html><html lang="{sheet.language}"><head><meta charset="{sheet.charset}"><title>{_title(sheet, " | ")}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{escape(sheet.headline)}">
<meta property="og:site_name" content="{escape(sheet.labels.site)}"><link rel="canonical" href="{escape(sheet.url)}">
<meta property="article:published_time" content="{sheet.published.isoformat()}">{scripts}</head><body>
<header><nav>{_menu(sheet)}</nav>{_search(sheet)}</header>
<nav class="breadcrumb" aria-label="breadcrumb"><ol>{"".join(f"<li>{_a(name, f'/portal/section/{i}/')}</li>" for i, name in enumerate(sheet.breadcrumb))}</ol></nav>
<main><article>{f'<p class="kicker">{_e(sheet.kicker)}</p>' if sheet.kicker else ""}<h1>{_e(sheet.headline)}</h1>{f'<p class="subtitle">{_e(sheet.deck)}</p>' if sheet.deck else ""}
<div class="meta"><time datetime="{sheet.published.isoformat()}">{shown}</time> <span class="source">{_e(sheet.labels.source)}{_e(sheet.agency)}</span> <span class="byline">{_reporter(sheet)}</span></div>
<div class="share">{_share(sheet)}</div>
<div class="article-content">
{body}
</div>
{editor}<nav class="pagination">{_pager(sheet)}</nav></article>
<section class="related">{_also(sheet)}</section><section class="comments">{_form(sheet)}</section></main>
<aside>{_pieces(sheet)}<div class="ads">{ads}</div></aside><footer>{_footer(sheet)}</footer></body></html>"""


def classic(sheet: Sheet) -> str:
    """<p> with ideographic indents, microdata, bold subheads, a box floating in the text."""
    indent = "　　" if sheet.language[:2] in ("zh", "ja") else ""
    lines = [
        f"<p>{indent}<b>{_e(text)}</b></p>" if kind == "subhead" else f"<p>{indent}{_e(text)}</p>"
        for kind, text in sheet.blocks
    ]
    box = f'<div class="box" style="float:left"><div class="hd">{_e(sheet.labels.also)}</div><ul>' + "".join(
        f"<li>{_a(headline, url)}</li>" for headline, url in sheet.also
    )
    lines.insert(len(lines) // 2, box + "</ul></div>")
    caption = sheet.labels.caption.format(sheet.place)
    lines.insert(0, f'<p align="center"><img src="/pictures/{sheet.number}.png" alt="{escape(caption)}"></p>')
    body = "\n".join(lines)
    editor = (
        f'<p class="editor" align="right">{_e(sheet.labels.editor.format(sheet.editor))}</p>'
        if sheet.editor
        else ""
    )
    when = sheet.published.strftime(sheet.labels.dates[0])
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><title>{_title(sheet, " - ")}</title>{_meta(sheet)}</head><body>
<div class="top">{_menu(sheet)}</div><div class="path">{_e(sheet.labels.position)} {_crumbs(sheet, " &gt;&gt; ")}</div>
<div class="main" itemscope itemtype="http://schema.org/NewsArticle">
{f'<p class="yinti">{_e(sheet.kicker)}</p>' if sheet.kicker else ""}<h1 itemprop="headline">{_e(sheet.headline)}</h1>{f'<p class="futi">{_e(sheet.deck)}</p>' if sheet.deck else ""}
<div class="source"><span itemprop="datePublished">{when}</span>　<span>{_e(sheet.labels.source)}<a href="/portal/agency/"><span itemprop="provider">{_e(sheet.agency)}</span></a></span>　{_reporter(sheet)}</div>
<div itemprop="articleBody" class="text">
{body}
{editor}</div><div class="pager">{_pager(sheet)}</div>{_ad_script(sheet, 3)}
<div class="say">{_form(sheet)}</div></div>
<div class="side">{_pieces(sheet, "tags", "searches", "blogs", "ranking", "leisure")}</div>
<div class="dir">{_pieces(sheet, "directory")}</div><div class="search">{_search(sheet)}</div><div class="foot">{_footer(sheet)}</div></body></html>"""


def sloppy(sheet: Sheet) -> str:
    """Upper-case tags without quotes, <P> never closed, <CENTER>, no year but the one in the address."""
    body = "\n".join(
        f"<P>　　{_e(text)}" if sheet.language[:2] != "en" else f"<P>{_e(text)}" for _, text in sheet.blocks
    )
    editor = (
        f"<P align=right><FONT color=#999999>{_e(sheet.labels.editor.format(sheet.editor))}</FONT>"
        if sheet.editor
        else ""
    )
    when = sheet.published.strftime(sheet.labels.dates[2])
    return f"""<HTML><HEAD><TITLE>{_title(sheet, "--")}</TITLE>
<META HTTP-EQUIV="content-type" CONTENT="text/html; charset={sheet.charset}"></HEAD><BODY>
<CENTER>{_menu(sheet)}<HR>{_search(sheet)}</CENTER>
<TABLE width=760 align=center><TR><TD>{_crumbs(sheet, " &gt; ")}
<CENTER>{f"<FONT color=gray>{_e(sheet.kicker)}</FONT><BR>" if sheet.kicker else ""}<H2>{_e(sheet.headline)}</H2>{f"<B>{_e(sheet.deck)}</B><BR>" if sheet.deck else ""}
<FONT size=2>{when} &nbsp; {_e(sheet.labels.source)}{_e(sheet.agency)} &nbsp; {_reporter(sheet)}</FONT></CENTER><HR size=1>
<DIV id=article>{_ad_script(sheet, 1)}
{body}
{editor}</DIV>
<CENTER>{_pager(sheet)}</CENTER><HR>
{_also(sheet)}
{_form(sheet)}
</TD><TD valign=top width=180>{_pieces(sheet, "leisure", "blogs", "ranking")}</TD></TR></TABLE>
<CENTER>{_pieces(sheet, "searches", "tags", "directory")}<BR>{_footer(sheet)}</CENTER></BODY></HTML>"""


LAYOUTS: dict[str, Callable[[Sheet], str]] = {
    "tables": tables,
    "div": one_div,
    "modern": modern,
    "classic": classic,
    "sloppy": sloppy,
}
