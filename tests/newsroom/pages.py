"""Pages around the feeds: the index, article pages, sites that announce their feeds, comment threads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from random import Random

from tests.newsroom.feeds import Feed, comment_count, html_body
from tests.newsroom.story import Story
from tests.newsroom.words import lexicon

_KIND = {"rss": "application/rss+xml", "rdf": "application/rdf+xml", "atom": "application/atom+xml"}


def page(title: str, body: str, head: str = "", language: str = "en") -> bytes:
    """A small HTML document in UTF-8."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{head}</head>\n<body>\n{body}\n</body></html>\n"
    ).encode()


def alternate(feed: Feed) -> str:
    """The `<link>` by which a page announces a feed."""
    kind = _KIND.get(feed.path.rpartition(".")[2], "application/feed+json")
    return f'<link rel="alternate" type="{kind}" title="{escape(feed.title)}" href="{feed.path}">'


def index(feeds: Sequence[Feed], more: Sequence[tuple[str, str]]) -> bytes:
    """The newsroom's front door: announces every feed and links to everything."""
    rows = "".join(
        f'<li><a href="{feed.path}">{escape(feed.title)}</a> ({feed.format})</li>\n' for feed in feeds
    )
    rest = "".join(f'<li><a href="{path}">{escape(what)}</a></li>\n' for path, what in more)
    return page(
        "The newsroom", f"<h1>The newsroom</h1><ul>{rows}</ul><ul>{rest}</ul>", "".join(map(alternate, feeds))
    )


def article(base: str, feed: Feed, story: Story) -> bytes:
    """A story's page as a modern site has it: JSON-LD, OpenGraph, navigation, sharing, comments."""
    ld = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": story.published.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "Organization", "name": feed.title},
        "articleSection": story.section[-1],
        "keywords": list(story.tags),
    }
    ld_text = json.dumps(ld, ensure_ascii=False).replace("</", "<\\/")
    head = (
        f'<meta property="og:title" content="{escape(story.headline)}">'
        f'<meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="{escape(feed.title)}">{alternate(feed)}'
        f'<link rel="canonical" href="{base}/articles/{story.key}.html">'
        f'<script type="application/ld+json">{ld_text}</script>'
    )
    crumbs = " › ".join(f'<a href="/section/{i}">{escape(name)}</a>' for i, name in enumerate(story.section))
    body = (
        f'<header><nav class="menu"><a href="/">{escape(feed.title)}</a> <a href="/login">Log in</a></nav>'
        f'<nav class="breadcrumb">{crumbs}</nav></header>\n<main><article>'
        + (f'<p class="kicker">{escape(story.kicker)}</p>' if story.kicker else "")
        + f"<h1>{escape(story.headline)}</h1>"
        + (f'<p class="deck">{escape(story.deck)}</p>' if story.deck else "")
        + f'<p class="byline"><span class="author">{escape(", ".join(story.authors))}</span> '
        f'<time datetime="{story.published.isoformat()}">{story.published:%Y-%m-%d %H:%M}</time></p>\n'
        f'<div class="share"><a href="#">Share</a> <a href="#">Print</a></div>'
        f'<div class="article-body">{html_body(base, story)}</div></article></main>\n'
        f'<aside class="ad"><p>Advertisement: boots for every tide, half price until Sunday.</p></aside>'
        f'<section id="comments"><h2>Comments ({comment_count(story)})</h2>'
        f"<form><textarea></textarea></form></section>"
        f'<footer><a href="/about">About</a> · <a href="/privacy">Privacy</a></footer>'
    )
    return page(f"{story.headline} | {feed.title}", body, head, story.language)


# --- comments ---------------------------------------------------------------------------------------


def thread(story: Story, language: str, seed: int) -> list[dict[str, object]]:
    """The comments on a story, oldest first: id, parent (0: none), author, text, when."""
    words, rng = lexicon(language), Random(f"{seed}|{story.key}|comments")
    return [
        {
            "id": number,
            "parent": rng.choice([0, *range(1, number)]),
            "author": rng.choice(words.people),
            "text": rng.choice(words.comments),
            "when": story.published + timedelta(minutes=7 * number),
        }
        for number in range(1, comment_count(story) + 1)
    ]


def comment_feed(base: str, story: Story, comments: Sequence[dict[str, object]]) -> bytes:
    """The thread as RSS with `thr:in-reply-to` (RFC 4685)."""
    root = f"newsroom:{story.key}"
    items = []
    for comment in comments:
        parent = f"{root}#{comment['parent']}" if comment["parent"] else root
        when = comment["when"]
        assert isinstance(when, datetime)
        items.append(
            f"<item><title>{escape(str(comment['author']))}</title>"
            f"<link>{base}/articles/{story.key}.html#comment-{comment['id']}</link>"
            f'<guid isPermaLink="false">{root}#{comment["id"]}</guid>'
            f"<pubDate>{format_datetime(when)}</pubDate>"
            f'<dc:creator>{escape(str(comment["author"]))}</dc:creator><thr:in-reply-to ref="{parent}"/>'
            f"<description>{escape(str(comment['text']))}</description></item>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:thr="http://purl.org/syndication/thread/1.0"><channel>'
        f"<title>{escape(story.headline)}</title><link>{base}/articles/{story.key}.html</link>"
        f"<description>comments</description>\n{''.join(items)}</channel></rss>\n"
    ).encode()


def wordpress_comments(base: str, story: Story, comments: Sequence[dict[str, object]]) -> bytes:
    """The thread as WordPress' REST interface gives it (`/wp-json/wp/v2/comments`)."""
    return json.dumps(
        [
            {
                "id": comment["id"],
                "parent": comment["parent"],
                "author_name": comment["author"],
                "date_gmt": comment["when"].replace(tzinfo=None).isoformat(),  # type: ignore[attr-defined]
                "content": {"rendered": f"<p>{escape(str(comment['text']))}</p>\n"},
                "link": f"{base}/articles/{story.key}.html#comment-{comment['id']}",
            }
            for comment in comments
        ],
        ensure_ascii=False,
    ).encode()
