"""Sets stories as feeds: RSS 0.91 to 2.0, RSS 1.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from tests.newsroom.story import Story


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that the newsroom publishes at `path`."""

    path: str
    title: str
    format: str
    """A key of `FORMATS`."""
    language: str = "en"
    section: tuple[str, ...] = ("World",)
    count: int = 24
    charset: str = "utf-8"
    """A Python codec; characters that it lacks are written as numeric references."""
    label: str = ""
    """What the XML prolog calls that codec, when it is not its name."""
    header: str | None = None
    """The charset parameter of Content-Type: None says what the prolog says, empty says nothing."""
    paragraphs: int = 5
    rich: bool = False

    @property
    def slug(self) -> str:
        """The feed's name in its entries' addresses."""
        return self.path.removeprefix("/feeds/").rpartition(".")[0]

    @property
    def declared(self) -> str:
        return self.label or self.charset


def permalink(base: str, story: Story) -> str:
    """Where the story's own page is."""
    return f"{base}/articles/{story.key}.html"


def html_body(base: str, story: Story, relative: bool = False) -> str:
    """The story as the HTML of a feed entry: with a picture, a link and emphasis."""
    root = "" if relative else base + "/"
    parts: list[str] = []
    for kind, text in story.blocks:
        tag = {"paragraph": "p", "subhead": "h3", "item": "li"}[kind]
        parts.append(f"<{tag}>{escape(text, quote=False)}</{tag}>")
    first_item = next((i for i, block in enumerate(story.blocks) if block[0] == "item"), None)
    if first_item is not None:
        parts.insert(first_item, "<ul>")
        parts.append("</ul>")
    place = escape(story.place)
    figure = f'<p><img src="{root}pictures/{story.key}.png" alt="{place}" width="640" height="360"/></p>'
    link = f'<a href="{root}articles/{story.key}.html">{place}</a>'
    more = f"<p><em>{escape(story.agency)}</em> · {link}</p>"
    return "\n".join([*parts[:1], figure, *parts[1:], more])


def _rfc822(when: datetime) -> str:
    return format_datetime(when)


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _e(text: str) -> str:
    return escape(text, quote=False)


def _channel(feed: Feed, base: str) -> str:
    return (
        f"<title>{_e(feed.title)}</title><link>{base}/</link>"
        f"<description>{_e(feed.title)} · {_e(' › '.join(feed.section))}</description>"
    )


def rss091(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """RSS 0.91: title, link and description, no dates and no ids."""
    items = "".join(
        f"<item><title>{_e(s.headline)}</title><link>{permalink(base, s)}</link>"
        f"<description>{_e(s.summary)}</description></item>\n"
        for s in stories
    )
    return (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"\n'
        ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
        f'<rss version="0.91"><channel>{_channel(feed, base)}'
        f"<language>{feed.language.lower()}</language>\n{items}"
        "</channel></rss>"
    )


def rss092(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """RSS 0.92: categories and enclosures, HTML in the description, some items without a title."""
    items = "".join(
        "<item>"
        + (f"<title>{_e(s.headline)}</title>" if index % 5 else "")
        + f"<link>{permalink(base, s)}</link>"
        + f"<description>{_e(f'<b>{escape(s.place)}</b>: {escape(s.summary)}')}</description>"
        + f'<category domain="{base}/tags">{_e(s.tags[0])}</category>'
        + f'<enclosure url="{base}/audio/{s.key}.mp3" length="{9000 + index}" type="audio/mpeg"/></item>\n'
        for index, s in enumerate(stories)
    )
    return f'<rss version="0.92"><channel>{_channel(feed, base)}\n{items}</channel></rss>'


_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)


def _rss2(feed: Feed, base: str, items: str, now: datetime, extra: str = "") -> str:
    return (
        f'<rss version="2.0" {_NAMESPACES}><channel>{_channel(feed, base)}'
        f'<atom:link href="{base}{feed.path}" rel="self" type="application/rss+xml"/>'
        f"<language>{feed.language}</language><lastBuildDate>{_rfc822(now)}</lastBuildDate>{extra}\n"
        f"{items}</channel></rss>"
    )


def comment_count(story: Story) -> int:
    """How many comments the newsroom holds for a story: 0 to 12, the same in every place that says so."""
    return sum(map(ord, story.key)) * 7 % 13


def rss2_full(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """RSS 2.0 with content:encoded, dc, media, slash and wfw."""
    items = "".join(
        f"<item><title>{_e(s.headline)}</title><link>{permalink(base, s)}</link>"
        f'<guid isPermaLink="false">newsroom:{s.key}</guid><pubDate>{_rfc822(s.published)}</pubDate>'
        + "".join(f"<dc:creator>{_e(name)}</dc:creator>" for name in s.authors)
        + "".join(f"<category>{_cdata(tag)}</category>" for tag in s.tags)
        + f"<description>{_e(s.summary)}</description>"
        f"<content:encoded>{_cdata(html_body(base, s))}</content:encoded>"
        f'<media:content url="{base}/pictures/{s.key}.png" medium="image" width="640" height="360">'
        f"<media:title>{_e(s.place)}</media:title></media:content>"
        f"<comments>{permalink(base, s)}#comments</comments>"
        f"<wfw:commentRss>{base}/comments/{s.key}.rss</wfw:commentRss>"
        f"<wfw:comment>{base}/comments/{s.key}/post</wfw:comment>"
        f"<slash:comments>{comment_count(s)}</slash:comments></item>\n"
        for s in stories
    )
    return _rss2(feed, base, items, now)


def rss2_stub(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """RSS 2.0 whose entries are a sentence and a link to the page."""
    items = "".join(
        f"<item><title>{_e(s.headline)}</title><link>{permalink(base, s)}</link>"
        f"<guid>{permalink(base, s)}</guid><pubDate>{_rfc822(s.published)}</pubDate>"
        f"<author>desk@newsroom.invalid ({_e(s.authors[0])})</author>"
        f"<description>{_e(s.summary[:90])}…</description></item>\n"
        for s in stories
    )
    return _rss2(feed, base, items, now)


def podcast(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """RSS 2.0 with itunes elements and audio enclosures."""
    items = "".join(
        f"<item><title>{_e(s.headline)}</title><guid isPermaLink='false'>{s.key}</guid>"
        f"<link>{permalink(base, s)}</link><pubDate>{_rfc822(s.published)}</pubDate>"
        f"<itunes:author>{_e(s.authors[0])}</itunes:author>"
        f"<itunes:episode>{len(stories) - i}</itunes:episode>"
        f"<itunes:duration>{20 + i % 40}:{i % 60:02}</itunes:duration>"
        f"<itunes:summary>{_e(s.summary)}</itunes:summary>"
        f"<description>{_cdata(html_body(base, s))}</description>"
        f'<enclosure url="{base}/audio/{s.key}.mp3" length="{1_200_000 + i}" type="audio/mpeg"/></item>\n'
        for i, s in enumerate(stories)
    )
    extra = f'<itunes:author>{_e(feed.title)}</itunes:author><itunes:image href="{base}/pictures/show.png"/>'
    return _rss2(feed, base, items, now, extra)


def micro(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """RSS 2.0 of short posts without titles."""
    items = "".join(
        f"<item><description>{_e(f'<p>{escape(s.body[-1])}</p>')}</description>"
        f"<link>{permalink(base, s)}</link><guid>{permalink(base, s)}</guid>"
        f"<pubDate>{_rfc822(s.published)}</pubDate></item>\n"
        for s in stories
    )
    return _rss2(feed, base, items, now)


def rss1(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """RSS 1.0 (RDF) with Dublin Core and content:encoded."""
    order = "".join(f'<rdf:li rdf:resource="{permalink(base, s)}"/>' for s in stories)
    items = "".join(
        f'<item rdf:about="{permalink(base, s)}"><title>{_e(s.headline)}</title>'
        f"<link>{permalink(base, s)}</link>"
        f"<description>{_e(s.summary)}</description><dc:creator>{_e(', '.join(s.authors))}</dc:creator>"
        f"<dc:date>{s.published.isoformat()}</dc:date><dc:subject>{_e(s.tags[0])}</dc:subject>"
        f"<content:encoded>{_cdata(html_body(base, s))}</content:encoded></item>\n"
        for s in stories
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f'<channel rdf:about="{base}{feed.path}">{_channel(feed, base)}'
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>\n{items}</rdf:RDF>"
    )


def atom(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """Atom 1.0: XHTML content under xml:base, threading (RFC 4685), html and text titles."""
    entries = "".join(
        f"<entry><id>tag:newsroom.invalid,2026:{s.key}</id>"
        + (
            f'<title type="html">&lt;b&gt;{_e(_e(s.headline))}&lt;/b&gt;</title>'
            if i % 3 == 0
            else f"<title>{_e(s.headline)}</title>"
        )
        + f'<link href="articles/{s.key}.html"/>'
        f'<link rel="replies" type="application/rss+xml" href="comments/{s.key}.rss" '
        f'thr:count="{comment_count(s)}"/>'
        f"<published>{s.published.isoformat()}</published>"
        f"<updated>{s.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</updated>"
        + "".join(f"<author><name>{_e(name)}</name></author>" for name in s.authors)
        + "".join(f'<category term="{escape(tag)}"/>' for tag in s.tags)
        + f"<summary>{_e(s.summary)}</summary>"
        + f'<content type="xhtml" xml:lang="{s.language}"><div xmlns="http://www.w3.org/1999/xhtml">'
        + html_body(base, s, relative=True)
        + "</div></content></entry>\n"
        for i, s in enumerate(stories)
    )
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" '
        f'xml:base="{base}/" xml:lang="{feed.language}"><id>tag:newsroom.invalid,2026:{feed.slug}</id>'
        f"<title>{_e(feed.title)}</title><updated>{now.isoformat()}</updated>"
        f'<link href="./"/><link rel="self" href="{feed.path[1:]}"/>\n{entries}</feed>'
    )


def atom03(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """Atom 0.3, with `issued`, `modified` and escaped content."""
    entries = "".join(
        f"<entry><id>tag:newsroom.invalid,2003:{s.key}</id><title>{_e(s.headline)}</title>"
        f'<link rel="alternate" type="text/html" href="{permalink(base, s)}"/>'
        f"<issued>{s.published.isoformat()}</issued><modified>{s.published.isoformat()}</modified>"
        f"<author><name>{_e(s.authors[0])}</name></author>"
        f'<content type="text/html" mode="escaped">{_e(html_body(base, s))}</content></entry>\n'
        for s in stories
    )
    return (
        f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="{feed.language}">'
        f'<title>{_e(feed.title)}</title><link rel="alternate" type="text/html" href="{base}/"/>'
        f"<modified>{now.isoformat()}</modified>\n{entries}</feed>"
    )


def _json(feed: Feed, base: str, stories: Sequence[Story], version: str) -> str:
    def item(index: int, s: Story) -> dict[str, object]:
        made: dict[str, object] = {
            "id": s.key if index % 2 else index + 1000,
            "url": permalink(base, s),
            "date_published": s.published.isoformat(),
            "tags": list(s.tags),
            "image": f"{base}/pictures/{s.key}.png",
            "attachments": [
                {
                    "url": f"{base}/audio/{s.key}.mp3",
                    "mime_type": "audio/mpeg",
                    "duration_in_seconds": 61 + index,
                }
            ],
        }
        if index % 6 != 5:
            made["title"] = s.headline
        made["content_html" if index % 2 else "content_text"] = (
            html_body(base, s) if index % 2 else "\n\n".join(s.body)
        )
        if version == "1":
            made["author"] = {"name": s.authors[0]}
        else:
            made["authors"] = [{"name": name} for name in s.authors]
            made["language"] = s.language
        return made

    return json.dumps(
        {
            "version": f"https://jsonfeed.org/version/{version}",
            "title": feed.title,
            "home_page_url": base + "/",
            "feed_url": base + feed.path,
            "items": [item(index, story) for index, story in enumerate(stories)],
        },
        ensure_ascii=False,
        indent=1,
    )


def json11(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """JSON Feed 1.1: `authors`, `language`; ids that are numbers, entries without titles."""
    return _json(feed, base, stories, "1.1")


def json10(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> str:
    """JSON Feed 1.0: one `author`."""
    return _json(feed, base, stories, "1")


def with_tombstones(body: bytes, buried: Sequence[tuple[Story, str]], now: datetime) -> bytes:
    """An Atom feed in UTF-8 with what it says of entries that it has deleted (RFC 6721)."""
    told = "".join(
        f'<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" '
        f'ref="tag:newsroom.invalid,2026:{story.key}" when="{now.isoformat()}">'
        f"<at:comment>{_e(comment)}</at:comment></at:deleted-entry>\n"
        for story, comment in buried
    )
    return body.replace(b"</feed>", told.encode() + b"</feed>")


FORMATS: dict[str, tuple[str, Callable[[Feed, str, Sequence[Story], datetime], str]]] = {
    "rss091": ("application/rss+xml", rss091),
    "rss092": ("application/rss+xml", rss092),
    "rss2": ("application/rss+xml", rss2_full),
    "stub": ("application/rss+xml", rss2_stub),
    "podcast": ("application/rss+xml", podcast),
    "micro": ("application/rss+xml", micro),
    "rss1": ("application/rdf+xml", rss1),
    "atom": ("application/atom+xml", atom),
    "atom03": ("application/x.atom+xml", atom03),
    "json": ("application/feed+json", json11),
    "json10": ("application/json", json10),
}


def render(feed: Feed, base: str, stories: Sequence[Story], now: datetime) -> tuple[str, bytes]:
    """The feed's Content-Type and bytes."""
    kind, make = FORMATS[feed.format]
    text = make(feed, base, stories, now)
    if not feed.format.startswith("json"):
        text = f'<?xml version="1.0" encoding="{feed.declared}"?>\n{text}\n'
    charset = feed.declared if feed.header is None else feed.header
    return kind + (f"; charset={charset}" if charset else ""), text.encode(feed.charset, "xmlcharrefreplace")


# --- feeds of a given size, for benchmarks ----------------------------------------------------------


def sized(base: str, number: int, stories: Sequence[Story], entries: int, now: datetime) -> bytes:
    """RSS 2.0 number `number` with `entries` entries, made fast: the stories' texts in turn, each entry
    with its own headline, link, id and date (a minute apart)."""
    stamp = now.timestamp()
    texts = [(_e(s.headline), _e(s.summary), _e(s.authors[0]), _e(s.tags[0])) for s in stories]
    rows: list[str] = []
    for i in range(entries):
        headline, summary, author, tag = texts[(i * 7 + number) % len(texts)]
        when = datetime.fromtimestamp(stamp - 60 * i - number, UTC)
        link = f"{base}/articles/sized/{number}/{i}.html"
        rows.append(
            f"<item><title>{headline} ({number}.{i})</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>{_rfc822(when)}</pubDate><dc:creator>{author}</dc:creator><category>{tag}</category>"
            f"<description>{summary}</description></item>\n"
        )
    feed = Feed(f"/feeds/sized/{number}/{entries}.rss", f"Sized {number}", "rss2", section=("Sized",))
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + _rss2(feed, base, "".join(rows), now)
    return text.encode()
