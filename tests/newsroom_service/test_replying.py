"""Writing a comment: the request is what was shown, nothing personal goes along unasked, drafts stay."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.newsroom_service.conftest import Opener
from tests.newsroom_service.test_discussion import talked_of
from tui_news.newsroom.discussion import fetch
from tui_news.newsroom.replying import (
    MAX_TEXT,
    Draft,
    ReplyError,
    compose,
    draft,
    drafts,
    keep_draft,
    send,
    why_not,
)


async def test_wordpress_gets_what_was_shown_and_nothing_of_the_reader(
    reader: Opener, room: Loopback
) -> None:
    async with reader("/talk/wordpress.rss") as newsroom:
        article = await talked_of(newsroom, room)
        thread = (await fetch(newsroom, article)).thread
        written = Draft("Well said — 说得好.", thread.comments[0].id)
        keep_draft(newsroom, article.id, written)
        letter = await compose(newsroom, article, thread, written)
        said = await send(newsroom, article, letter, written.parent)
        assert "approved" in said
        (posted,) = room.posted
        assert posted.path == "/wp-json/wp/v2/comments"
        head, _, body = letter.text.partition("\n\n")
        assert posted.body.decode() == body
        shown = dict(line.split(": ", 1) for line in head.splitlines()[1:])
        sent = {name.lower(): value for name, value in posted.headers.items()}
        assert {name.lower(): value for name, value in shown.items()} == {
            name: value for name, value in sent.items() if name != "connection"
        }
        assert json.loads(body) == {
            "post": int(thread.reply_post), "content": written.text, "parent": int(written.parent),
        }  # fmt: skip
        assert draft(newsroom, article.id, written.parent) is None


async def test_the_comment_api_signed_only_when_asked(reader: Opener, room: Loopback) -> None:
    async with reader("/feeds/world.rss") as newsroom:
        article = await talked_of(newsroom, room)
        thread = (await fetch(newsroom, article)).thread
        for written, author in (
            (Draft("a < b & c"), None),
            (Draft("x", name="Ada"), "Ada"),
            (Draft("x", name="Ada", email="ada@example.org"), "ada@example.org (Ada)"),
        ):
            letter = await compose(newsroom, article, thread, written)
            assert letter.url == article.comments_post
            item = ElementTree.fromstring(letter.body)
            assert item.findtext("description") == written.text
            assert item.findtext("author") == author
        assert why_not(newsroom, article, thread, thread.comments[0].id) != ""
        assert room.posted == []


async def test_what_the_server_refuses_is_told_in_its_words(reader: Opener, room: Loopback) -> None:
    async with reader("/talk/wordpress.rss") as newsroom:
        article = await talked_of(newsroom, room)
        thread = (await fetch(newsroom, article)).thread
        keep_draft(newsroom, article.id, Draft("Hello"))
        letter = await compose(newsroom, article, thread, Draft("Hello"))
        room.comments_closed = True
        with pytest.raises(ReplyError, match=r"refused it \(HTTP 403\): Sorry, comments are closed"):
            await send(newsroom, article, letter)
        room.fault("/wp-json/*", "503")
        with pytest.raises(ReplyError, match="HTTP 503"):
            await send(newsroom, article, letter)
        assert room.posted == []
    async with reader() as newsroom:  # after a restart
        assert draft(newsroom, article.id) == Draft("Hello")
        assert drafts(newsroom, article.id) == [Draft("Hello")]


async def test_nothing_is_sent_after_a_redirect_and_nothing_twice(reader: Opener, room: Loopback) -> None:
    async with reader("/feeds/world.rss") as newsroom:
        article = await talked_of(newsroom, room)
        fetcher = await newsroom.fetcher()
        from tui_news.fetch import FetchError

        with pytest.raises(FetchError, match="another address"):
            await fetcher.send(room.url("/moved/307/comments/world/0/post"), b"x", "text/plain")
        assert room.posted == []
        before = len(room.requests)
        room.fault("/comments/*/post", "reset")
        with pytest.raises(FetchError):
            await fetcher.send(article.comments_post, b"x", "text/plain")
        assert len(room.requests) == before + 1


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        (Draft("  \n "), "Nothing is written"),
        (Draft("x" * (MAX_TEXT + 1)), "Longer"),
        (Draft("x", email="nonsense"), "no e-mail address"),
    ],
)
async def test_what_cannot_be_sent(reader: Opener, room: Loopback, written: Draft, reason: str) -> None:
    async with reader("/feeds/world.rss") as newsroom:
        article = await talked_of(newsroom, room)
        thread = (await fetch(newsroom, article)).thread
        with pytest.raises(ReplyError, match=reason):
            await compose(newsroom, article, thread, written)


async def test_sites_without_an_open_way_say_so(reader: Opener, room: Loopback) -> None:
    async with reader("/talk/lobsters.rss") as newsroom:
        article = await talked_of(newsroom, room)
        thread = (await fetch(newsroom, article)).thread
        with pytest.raises(ReplyError, match="no open way"):
            await compose(newsroom, article, thread, Draft("x"))
