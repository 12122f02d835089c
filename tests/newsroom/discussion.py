"""The comment threads once more, as discussion sites serve them: Hacker News, Lobsters, Discourse, Lemmy.

The stories of the first feed stand for the sites' posts: post 1000 is its newest. A comment's id is the
post's times 100 plus its number in `pages.thread`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from tests.newsroom.story import Story

FIRST = 1000

Thread = Sequence[dict[str, Any]]


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _kids(post: int, thread: Thread, parent: int) -> list[int]:
    return [post * 100 + comment["id"] for comment in thread if comment["parent"] == parent]


def hn_item(base: str, post: int, story: Story, thread: Thread, item: int) -> bytes:
    """`/v0/item/<id>.json` of Hacker News' Firebase interface, for a post or one of its comments."""
    if item == post:
        return _dump(
            {
                "id": post,
                "type": "story",
                "by": story.authors[0].split()[0].lower(),
                "title": story.headline,
                "url": f"{base}/articles/{story.key}.html",
                "time": int(story.published.timestamp()),
                "score": 10 + len(thread),
                "descendants": len(thread),
                "kids": _kids(post, thread, 0),
            }
        )
    comment = thread[item % 100 - 1]
    return _dump(
        {
            "id": item,
            "type": "comment",
            "by": comment["author"],
            "text": escape(comment["text"]),
            "time": int(comment["when"].timestamp()),
            "parent": post * 100 + comment["parent"] if comment["parent"] else post,
            "kids": _kids(post, thread, comment["id"]),
        }
    )


def hn_tree(base: str, post: int, story: Story, thread: Thread) -> bytes:
    """`/api/v1/items/<id>` of Hacker News' search interface: the whole thread, nested."""
    nodes: dict[int, dict[str, Any]] = {
        0: {
            "id": post,
            "type": "story",
            "author": story.authors[0],
            "title": story.headline,
            "url": f"{base}/articles/{story.key}.html",
            "created_at": _stamp(story.published),
            "children": [],
        }
    }
    for comment in thread:
        node = {
            "id": post * 100 + comment["id"],
            "type": "comment",
            "author": comment["author"],
            "text": f"<p>{escape(comment['text'])}",
            "created_at": _stamp(comment["when"]),
            "children": [],
        }
        nodes[comment["id"]] = node
        nodes[comment["parent"]]["children"].append(node)
    return _dump(nodes[0])


def lobsters(base: str, post: int, story: Story, thread: Thread) -> bytes:
    """`/s/<id>.json` of Lobsters: a flat list in reading order, with depths."""
    depth = {0: -1}
    for comment in thread:
        depth[comment["id"]] = depth[comment["parent"]] + 1
    ordered: list[dict[str, Any]] = []
    waiting = [comment for comment in reversed(thread) if comment["parent"] == 0]
    while waiting:
        comment = waiting.pop()
        ordered.append(comment)
        waiting += [reply for reply in reversed(thread) if reply["parent"] == comment["id"]]
    return _dump(
        {
            "short_id": f"p{post}",
            "title": story.headline,
            "url": f"{base}/articles/{story.key}.html",
            "created_at": story.published.isoformat(),
            "comment_count": len(thread),
            "comments": [
                {
                    "short_id": f"c{post * 100 + comment['id']}",
                    "created_at": comment["when"].isoformat(),
                    "is_deleted": False,
                    "score": comment["id"],
                    "parent_comment": f"c{post * 100 + comment['parent']}" if comment["parent"] else None,
                    "comment": f"<p>{escape(comment['text'])}</p>\n",
                    "comment_plain": comment["text"],
                    "depth": depth[comment["id"]],
                    "commenting_user": comment["author"],
                }
                for comment in ordered
            ],
        }
    )


PIECE = 20
"""Posts of a Discourse topic that its first answer brings."""


def _discourse_list(post: int, story: Story, thread: Thread) -> list[dict[str, Any]]:
    posts = [
        {
            "id": post * 100,
            "post_number": 1,
            "reply_to_post_number": None,
            "username": story.authors[0].replace(" ", "_"),
            "name": story.authors[0],
            "cooked": f"<p>{escape(story.summary)}</p>",
            "created_at": _stamp(story.published),
        }
    ]
    posts += [
        {
            "id": post * 100 + comment["id"],
            "post_number": comment["id"] + 1,
            "reply_to_post_number": comment["parent"] + 1 if comment["parent"] else None,
            "username": comment["author"].replace(" ", "_"),
            "name": comment["author"],
            "cooked": f"<p>{escape(comment['text'])}</p>",
            "created_at": _stamp(comment["when"]),
        }
        for comment in thread
    ]
    return posts


def discourse_posts(post: int, story: Story, thread: Thread, wanted: set[int]) -> bytes:
    """`/t/<id>/posts.json?post_ids[]=…` of Discourse: those of a topic's posts that are asked for."""
    posts = [each for each in _discourse_list(post, story, thread) if each["id"] in wanted]
    return _dump({"post_stream": {"posts": posts}, "id": post})


def discourse(base: str, post: int, story: Story, thread: Thread) -> bytes:
    """`/t/<id>.json` of Discourse: the post itself is number 1, replies name the number they answer; the
    first twenty in full, of all the ids."""
    posts = _discourse_list(post, story, thread)
    return _dump(
        {
            "id": post,
            "title": story.headline,
            "slug": f"post-{post}",
            "posts_count": len(posts),
            "created_at": _stamp(story.published),
            "post_stream": {"posts": posts[:PIECE], "stream": [each["id"] for each in posts]},
        }
    )


def lemmy(
    base: str, post: int, story: Story, thread: Thread, start: int = 0, end: int | None = None
) -> bytes:
    """`/api/v3/comment/list?post_id=<id>` of Lemmy: paths of ids say what answers what. `start` and `end`
    cut out a page."""
    paths = {0: "0"}
    for comment in thread:
        paths[comment["id"]] = f"{paths[comment['parent']]}.{post * 100 + comment['id']}"
    return _dump(
        {
            "comments": [
                {
                    "comment": {
                        "id": post * 100 + comment["id"],
                        "post_id": post,
                        "content": comment["text"],
                        "path": paths[comment["id"]],
                        "published": _stamp(comment["when"]),
                        "deleted": False,
                        "removed": False,
                        "ap_id": f"{base}/comment/{post * 100 + comment['id']}",
                    },
                    "creator": {
                        "name": comment["author"].split()[0].lower(),
                        "display_name": comment["author"],
                    },
                    "counts": {"score": 1, "child_count": len(_kids(post, thread, comment["id"]))},
                }
                for comment in thread[start:end]
            ]
        }
    )


# --- what they find ------------------------------------------------------------------------------------


def found(site: str, base: str, posts: Sequence[tuple[int, Story]], threads: Sequence[Thread]) -> bytes:
    """A site's answer to a search in JSON: of hn, discourse, lemmy, wordpress, commons, podcasts. Raises
    KeyError for another."""
    both = list(zip(posts, threads, strict=True))
    match site:
        case "hn":
            hits = [
                {
                    "objectID": str(post), "title": story.headline,
                    "url": f"{base}/articles/{story.key}.html",
                    "author": story.authors[0], "points": 5, "num_comments": len(thread),
                    "created_at": _stamp(story.published),
                }
                for (post, story), thread in both
            ]  # fmt: skip
            return _dump({"hits": hits, "nbHits": len(hits), "page": 0})
        case "discourse":
            topics = [
                {
                    "id": post, "title": story.headline, "slug": f"post-{post}",
                    "posts_count": len(thread) + 1,
                    "created_at": _stamp(story.published),
                }
                for (post, story), thread in both
            ]  # fmt: skip
            blurbs = [
                {"id": post * 100, "topic_id": post, "username": "someone", "blurb": story.summary}
                for post, story in posts
            ]
            return _dump({"topics": topics, "posts": blurbs, "users": []})
        case "lemmy":
            views = [
                {
                    "post": {
                        "id": post, "name": story.headline, "body": story.summary,
                        "ap_id": f"{base}/post/{post}",
                        "published": _stamp(story.published),
                    },
                    "creator": {"name": "someone"}, "counts": {"comments": len(thread), "score": 3},
                }
                for (post, story), thread in both
            ]  # fmt: skip
            return _dump({"type_": "Posts", "posts": views, "comments": []})
        case "wordpress":
            return _dump(
                [
                    {
                        "id": post, "link": f"{base}/blog/{post}/",
                        "title": {"rendered": escape(story.headline)},
                        "excerpt": {"rendered": f"<p>{escape(story.summary)}</p>"},
                        "date_gmt": story.published.astimezone(UTC).replace(tzinfo=None).isoformat(),
                    }
                    for post, story in posts
                ]
            )  # fmt: skip
        case "commons":
            pages = {
                str(post): {
                    "pageid": post, "title": f"File:{story.place}.png",
                    "imageinfo": [
                        {
                            "url": f"{base}/pictures/{story.key}.png", "mime": "image/png",
                            "user": "someone",
                            "descriptionurl": f"{base}/articles/{story.key}.html",
                            "thumburl": f"{base}/pictures/{story.key}.png",
                            "timestamp": _stamp(story.published),
                        }
                    ],
                }
                for post, story in posts
            }  # fmt: skip
            return _dump({"query": {"pages": pages}})
        case "podcasts":
            episodes = [
                {
                    "trackId": post, "trackName": story.headline, "collectionName": "A show",
                    "trackViewUrl": f"{base}/articles/{story.key}.html",
                    "releaseDate": _stamp(story.published),
                    "episodeUrl": f"{base}/audio/{story.key}.mp3", "trackTimeMillis": 61_000,
                }
                for post, story in posts
            ]  # fmt: skip
            return _dump({"resultCount": len(episodes), "results": episodes})
    raise KeyError(site)


# --- the feeds that lead there ------------------------------------------------------------------------


def _ways(base: str, post: int, story: Story) -> dict[str, tuple[str, str]]:
    """By site: the post's own address, and what its feed says of its comments."""
    page = f"{base}/articles/{story.key}.html"

    def comments(url: str) -> str:
        return f"<comments>{url}</comments>"

    return {
        "hn": (page, comments(f"{base}/hn/api/v1/items/{post}")),
        "hnown": (page, comments(f"{base}/hn/v0/item/{post}.json")),
        "lobsters": (page, comments(f"{base}/lobsters/s/p{post}/a_story")),
        "discourse": (f"{base}/discourse/t/post-{post}/{post}", ""),
        "lemmy": (page, comments(f"{base}/lemmy/post/{post}")),
        "wordpress": (f"{base}/blog/{post}/", ""),
    }


def talk_feed(site: str, base: str, stories: Sequence[Story]) -> bytes:
    """RSS 2.0 of a discussion site, or of a blog by WordPress. Raises KeyError for an unknown one."""
    items = []
    for number, story in enumerate(stories):
        page, way = _ways(base, FIRST + number, story)[site]
        items.append(
            f"<item><title>{escape(story.headline)}</title><link>{page}</link><guid>{page}</guid>"
            f"<pubDate>{format_datetime(story.published)}</pubDate>{way}"
            f"<description>{escape(story.summary)}</description></item>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>The talk of {site}</title><link>{base}/</link><description>talk</description>\n"
        f"{''.join(items)}</channel></rss>\n"
    ).encode()


def blog_page(base: str, post: int, story: Story) -> bytes:
    """A post on a blog by WordPress: the head names the interface, the body's class the number."""
    body = "".join(f"<p>{escape(text)}</p>" for text in story.body)
    return (
        f'<!doctype html>\n<html lang="{story.language}"><head><meta charset="utf-8">'
        f"<title>{escape(story.headline)}</title>"
        f'<link rel="https://api.w.org/" href="{base}/wp-json/">'
        f'<link rel="shortlink" href="{base}/?p={post}"></head>\n'
        f'<body class="single single-post postid-{post}"><article><h1>{escape(story.headline)}</h1>{body}'
        f'</article><div id="comments"></div></body></html>\n'
    ).encode()
