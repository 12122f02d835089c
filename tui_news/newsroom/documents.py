"""An article as a document to take away: text, Markdown, HTML or JSON, the same from screen and shell."""

from __future__ import annotations

from html import escape
from typing import Any, Final, Literal

from tui_news.extract import blocks_to_data, blocks_to_html, blocks_to_markdown
from tui_news.model import Article
from tui_news.text.clean import is_web_url
from tui_news.text.when import long_time
from tui_news.typeset.article import Page, opens_with
from tui_news.typeset.lines import DEFAULT, Options

Form = Literal["text", "markdown", "html", "json"]
FORMS: Final[tuple[Form, ...]] = ("text", "markdown", "html", "json")
ENDINGS: Final[dict[str, Form]] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html",
    ".htm": "html", ".xhtml": "html", ".json": "json",
}  # fmt: skip
"""What a file's ending says of its form."""
TEXT_WIDTH: Final = 80

# The page asks for nothing but its own pictures, and says to nobody where it is read.
_HEAD: Final = """<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src http: https:; style-src \
'unsafe-inline'">
"""
_STYLE: Final = """<style>
body { max-width: 38em; margin: 2em auto; padding: 0 1em; font: 1.1em/1.6 serif; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; } img { max-width: 100%; height: auto; }
.kicker, .byline, figcaption, footer { color: #666; font-size: 0.9em; } .deck { font-style: italic; }
blockquote { border-left: 3px solid #ccc; margin-left: 0; padding-left: 1em; }
pre { overflow-x: auto; } td, th { padding: 0.2em 0.8em 0.2em 0; text-align: left; vertical-align: top; }
</style>
"""


def document(
    article: Article,
    form: Form,
    source_name: str = "",
    *,
    width: int = TEXT_WIDTH,
    setting: Options = DEFAULT,
    links: bool = False,
    standing: tuple[str, ...] = (),
) -> str:
    """The article in a form, with a newline at its end. `width`, `setting` and `links`
    (OSC 8, for a terminal) are for text alone, and so is `standing`: what became of it, in words."""
    match form:
        case "text":
            return _text(Page(article, source_name, standing=standing), width, setting, links)
        case "markdown":
            return _markdown(article, source_name)
        case "html":
            return _html(article, source_name)
        case "json":
            import json

            return json.dumps({"version": 1, **article_data(article)}, ensure_ascii=False, indent=1) + "\n"


def _text(page: Page, width: int, setting: Options, links: bool) -> str:
    """The article as lines of at most `width` cells; with `links` a terminal is told where they lead."""
    from tui_news.text.links import linked
    from tui_news.typeset.article import whole_article

    out = []
    for line in whole_article(page, max(10, width), setting):
        if links:
            # An address that is printed whole is found by the terminal itself.
            spans = [
                linked(span.text, span.href) if span.href and span.href not in span.text else span.text
                for span in line.spans
            ]
            out.append("".join(spans).rstrip())
        else:
            out.append(line.text.rstrip())
    return "\n".join(out).strip("\n") + "\n"


def _byline(article: Article, source_name: str) -> list[str]:
    """Who says it, from where and when."""
    who = ", ".join(article.authors)
    parts = [article.agency or source_name, article.place, who, long_time(article.published)]
    return [part for part in parts if part]


def _deck(article: Article) -> str:
    return article.deck if article.deck and not opens_with(article, article.deck) else ""


def _markdown(article: Article, source_name: str) -> str:
    from tui_news.extract.markdown import escaped

    head = [f"# {escaped(article.headline)}"] if article.headline else []
    if article.kicker:
        head.append(escaped(article.kicker))
    if deck := _deck(article):
        head.append(f"*{escaped(deck)}*")
    if byline := _byline(article, source_name):
        head.append(escaped(" · ".join(byline)))
    if is_web_url(article.url):
        head.append(f"<{article.url.replace('<', '%3C').replace('>', '%3E')}>")
    body = blocks_to_markdown(article.blocks).rstrip("\n")
    foot = [f"Editor: {escaped(article.editor)}"] if article.editor else []
    if article.tags:
        foot.append("Tags: " + escaped(" · ".join(article.tags)))
    return "\n\n".join(part for part in (*head, body, *foot) if part) + "\n"


def _html(article: Article, source_name: str) -> str:
    language = f' lang="{escape(article.language)}"' if article.language else ""
    link = f'<link rel="canonical" href="{escape(article.url)}">\n' if is_web_url(article.url) else ""
    title = article.headline or "(untitled)"
    head = []
    if article.breadcrumb:
        head.append(f'<p class="byline">{escape(" › ".join(article.breadcrumb))}</p>')
    if article.kicker:
        head.append(f'<p class="kicker">{escape(article.kicker)}</p>')
    head.append(f"<h1>{escape(title)}</h1>")
    if deck := _deck(article):
        head.append(f'<p class="deck">{escape(deck)}</p>')
    byline = [escape(part) for part in _byline(article, source_name)]
    if byline and article.published:
        byline[-1] = f'<time datetime="{article.published.isoformat()}">{byline[-1]}</time>'
    if byline:
        head.append(f'<p class="byline">{" · ".join(byline)}</p>')
    foot = []
    if article.editor:
        foot.append(f"<p>Editor: {escape(article.editor)}</p>")
    if article.tags:
        foot.append(f"<p>Tags: {escape(' · '.join(article.tags))}</p>")
    for enclosure in article.enclosures:
        if is_web_url(enclosure.url):
            name = escape(enclosure.title or enclosure.url)
            foot.append(f'<p>Enclosure: <a href="{escape(enclosure.url)}">{name}</a></p>')
    if is_web_url(article.url):
        foot.append(f'<p><a href="{escape(article.url)}">{escape(article.url)}</a></p>')
    body = blocks_to_html(article.blocks)
    return (
        f"<!DOCTYPE html>\n<html{language}>\n<head>\n{_HEAD}<title>{escape(title)}</title>\n{link}{_STYLE}"
        "</head>\n<body>\n<article>\n<header>\n" + "\n".join(head) + "\n</header>\n" + body + "<footer>\n"
        + "\n".join(foot) + "\n</footer>\n</article>\n</body>\n</html>\n"
    )  # fmt: skip


def article_data(article: Article) -> dict[str, Any]:
    """What `read --format json` carries, without the version (DESIGN, section 3)."""
    return {
        "id": article.id,
        "headline": article.headline,
        "kicker": article.kicker,
        "deck": article.deck,
        "agency": article.agency,
        "place": article.place,
        "authors": list(article.authors),
        "editor": article.editor,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "breadcrumb": list(article.breadcrumb),
        "tags": list(article.tags),
        "language": article.language,
        "charset": article.charset,
        "url": article.url,
        "notes": list(article.notes),
        **({"standing": list(article.standing)} if article.standing else {}),
        "blocks": blocks_to_data(article.blocks),
    }
