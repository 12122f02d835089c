"""Comments as hostile as feeds: what each kind of site could answer, through the workers and the cache."""

# ruff: noqa: E501 - what is served is easier to read in one line
from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fuzz import texts
from tests.hostile.stage import Asked, Case, Stage, Write, item, rss, send
from tui_news.model import Article
from tui_news.newsroom import Newsroom
from tui_news.newsroom.discussion import NoCommentsError, fetch, kept
from tui_news.paths import Places
from tui_news.sources.discussion.answers import MAX_REQUESTS
from tui_news.sources.discussion.thread import MAX_COMMENTS

ESC = "HXQ\x1b]0;HXQPWN\x07\x1b[7701J\u009b7702J\u202e[@click=app.quit]tail"
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
PLACES = {
    "algolia": "/api/v1/items/1", "firebase": "/v0/item/1.json", "lobsters": "/s/abcdef", "discourse": "/t/a-topic/1",
    "lemmy": "/api/v3/comment/list?post_id=1", "wordpress": "/wp-json/wp/v2/comments?post=1", "feed": "/comments.rss",
}  # fmt: skip
HTML = {
    "text": "<div>" * 20_000 + ESC,
    "flood": "<!--" * 25_000,
    "links": f"<a href='javascript:x'>{ESC}</a>" * 2_000,
}


def entry(kind: str, id: Any, above: Any, who: Any, html: Any) -> dict[str, Any]:
    """One comment as such a site writes it."""
    return {
        "algolia": {"id": id, "author": who, "text": html, "created_at": who, "points": id, "children": []},
        "firebase": {"id": id, "parent": above, "by": who, "text": html, "time": id, "kids": [id, above, 7] if html == ESC else []},
        "lobsters": {"short_id": id, "parent_comment": above, "comment": html, "commenting_user": who, "url": html},
        "discourse": {"id": id, "post_number": id, "reply_to_post_number": above, "name": who, "cooked": html},
        "lemmy": {"comment": {"id": id, "path": f"0.{above}.{id}", "content": html, "ap_id": html}, "creator": {"name": who}},
        "wordpress": {"id": id, "parent": above, "author_name": who, "content": {"rendered": html}, "link": html},
    }[kind]  # fmt: skip


def answer(kind: str, comments: list[dict[str, Any]]) -> Any:
    """A whole answer with these comments in it."""
    return {
        "algolia": {"id": 1, "title": ESC, "children": comments},
        "firebase": comments[0],
        "lobsters": {"title": ESC, "comments": comments, "comment_count": 10**12},
        "discourse": {"title": ESC, "posts_count": 10**12, "post_stream": {"posts": comments, "stream": list(range(2, 90_000))}},
        "lemmy": {"comments": comments},
        "wordpress": comments,
    }[kind]  # fmt: skip


def bodies(kind: str) -> Iterator[tuple[str, bytes | str]]:
    """What a site of this kind answers to each question, by name."""
    if kind == "feed":
        yield "many", rss("".join(item(ESC, n) for n in range(20_000)))
        yield "bomb", rss(item("one", body=HTML["flood"].replace("<", "&lt;")))
        yield "none", "<html><title>Sign in</title>"
        return
    yield "many", json.dumps(answer(kind, [entry(kind, n, n - 1, ESC, "text") for n in range(2, 12_000)]))
    for name, html in HTML.items():
        yield name, json.dumps(answer(kind, [entry(kind, n, n - 1, ESC * 5_000, html) for n in range(2, 12)]))
    yield (
        "circle",
        json.dumps(
            answer(
                kind, [entry(kind, 2, 3, ESC, ESC), entry(kind, 3, 2, ESC, ESC), entry(kind, 3, 3, "", "")]
            )
        ),
    )
    wrong = [
        None,
        1,
        "x",
        [],
        {},
        {"id": {}},
        entry(kind, [], {}, 7, None),
        entry(kind, 1e300, -1, {"a": 1}, ["x"]),
    ]
    yield "types", json.dumps(answer(kind, wrong if kind != "firebase" else [wrong[-1]]))  # type: ignore[arg-type]
    yield "deep", "[" * 300_000
    deep: dict[str, Any] = {}
    yield "half", json.dumps(answer(kind, [entry(kind, 2, 1, "a", "b"), deep]))[:-9]


@pytest.mark.parametrize("kind", PLACES)
async def test_whatever_a_site_answers_is_a_thread_or_one_line(tmp_path: Path, kind: str) -> None:
    found = dict(bodies(kind))

    def case(name: str) -> Case:
        pages = "99999999" if name == "circle" else "1"
        headers = ("X-WP-Total: 99999999", f"X-WP-TotalPages: {pages}")

        def say(write: Write, request: Asked) -> None:
            send(write, found[name], "200 OK", "application/json", *headers)

        return Case(name, "", say)

    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")
    with Stage({name: case(name) for name in found}) as stage:
        places.config.mkdir()
        places.sources_file.write_text(f'[[source]]\nid = "s"\nurl = "{stage.base}/feed"\n', "utf-8")
        with Newsroom.open(places) as newsroom:
            try:
                for name in found:
                    url = f"{stage.base}/{name}{PLACES[kind]}"
                    id = hashlib.sha256(name.encode()).hexdigest()[:12]
                    article = Article(id, "s", comments_url=url, comments_feed=url if kind == "feed" else "")
                    said = ""
                    talk = None
                    try:
                        talk = await fetch(newsroom, article)
                    except NoCommentsError as error:
                        said = str(error)
                    assert not STEERS.search(said)
                    assert "report" not in said, (name, said)
                    if talk is None:
                        assert said
                        assert "\n" not in said
                        continue
                    assert len(talk.thread.comments) <= MAX_COMMENTS
                    assert len(stage.requests(name)) <= MAX_REQUESTS + 1, name
                    bad = [text for text in texts(talk.thread) if STEERS.search(text)]
                    assert not bad, (name, bad[:2])
                    assert all(len(comment.author) <= 300 for comment in talk.thread.comments)
                    assert kept(newsroom, article.id) == talk
            finally:
                await newsroom.leave()
