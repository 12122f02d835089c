"""Following sources: what an address turns out to be, and what `sources.toml` is told."""

from __future__ import annotations

import socket

import pytest

from tests.fetch.server import Request, answer, serving
from tests.newsroom import Newsroom as Loopback
from tests.newsroom_service.conftest import BRIEFS, WORLD, Opener
from tui_news.newsroom import View
from tui_news.newsroom.arrange import remove_source
from tui_news.newsroom.follow import (
    FollowError,
    as_source,
    complete_url,
    discover,
    follow,
    pause,
    resume,
)
from tui_news.paths import Places


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("example.org", "https://example.org"),
        ("  http://example.org/feed ", "http://example.org/feed"),
        ("feed://example.org/a", "https://example.org/a"),
        ("feed:https://example.org/a", "https://example.org/a"),
        ("localhost:8000/feed", "https://localhost:8000/feed"),
        ("例え.jp/フィード", "https://例え.jp/フィード"),
    ],
)
def test_what_is_typed_becomes_an_address(typed: str, url: str) -> None:
    assert complete_url(typed) == url


@pytest.mark.parametrize(
    "typed", ["", " ", "two words", "ftp://a.example/", "file:///etc/passwd", "javascript:alert(1)", "http://",
              "mailto:a@b.example", "\x1b[31m"]
)  # fmt: skip
def test_what_is_no_address_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(FollowError, match="no web address"):
        complete_url(typed)


async def test_a_feed_is_itself(reader: Opener, room: Loopback) -> None:
    async with reader(BRIEFS) as newsroom:
        (found,) = await discover(newsroom, room.url(WORLD))
        assert (found.url, found.title, found.kind) == (room.url(WORLD), room.feed(WORLD).title, "feed")
        assert str(len(room.stories(WORLD))) in found.what


async def test_a_moved_feed_is_followed_where_it_is_now(reader: Opener, room: Loopback) -> None:
    async with reader(BRIEFS) as newsroom:
        for status, expected in ((301, WORLD), (302, f"/moved/302{WORLD}")):
            (found,) = await discover(newsroom, room.url(f"/moved/{status}{WORLD}"))
            assert found.url == room.url(expected)


async def test_a_site_announces_its_feeds_in_order(reader: Opener, room: Loopback) -> None:
    async with reader(BRIEFS) as newsroom:
        found = await discover(newsroom, room.url("/site/zh/"))
        assert [one.url for one in found][:3] == [
            room.url(path) for path in ("/feeds/zh/yaowen.rss", "/feeds/zh/keji.atom", "/feeds/zh/boke.json")
        ]
        assert all(one.title and one.what for one in found)


async def test_a_channel_without_a_feed_is_a_source_as_a_page(reader: Opener, room: Loopback) -> None:
    url = room.channels[0]["url"]
    async with reader(BRIEFS) as newsroom:
        found = await discover(newsroom, url)
        assert [(one.url, one.kind) for one in found] == [(url, "page")]
        added = follow(newsroom, [as_source(found[0], ("Portal",))])
        assert added[0].kind == "page"
        report = await newsroom.refresh(added)
        assert (report.failed, report.new > 5) == ((), True)


@pytest.mark.parametrize("path", ["/site/none/", "/nothing", f"/fault/reset{WORLD}", f"/fault/empty{WORLD}"])
async def test_where_there_is_nothing_the_address_is_named(reader: Opener, room: Loopback, path: str) -> None:
    async with reader(BRIEFS) as newsroom:
        with pytest.raises(FollowError) as caught:
            await discover(newsroom, room.url(path))
        assert room.url(path) in str(caught.value)
        assert "\n" not in str(caught.value)


async def test_a_page_of_the_open_web_may_not_lead_into_a_private_network(
    reader: Opener, room: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The open web stands behind a proxy here; the reader's own network is the loopback."""
    inside = room.url(WORLD)
    pages = {
        "http://news.example/": f"<link rel=alternate type=application/rss+xml href='{inside}'>"
        "<link rel=alternate type=application/rss+xml href='http://news.example/feed'>",
        "http://trap.example/": f"<link rel=alternate type=application/rss+xml href='{inside}'>",
    }

    def proxy(request: Request, conn: socket.socket) -> None:
        found = pages.get(request.target)
        conn.sendall(
            answer(found.encode(), headers=("Content-Type: text/html",)) if found else answer(status="404 No")
        )

    with serving(proxy) as server:
        monkeypatch.setenv("http_proxy", server.url)
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        told: list[str] = []
        async with reader(BRIEFS) as newsroom:
            found = await discover(newsroom, "http://news.example/", told.append)
            assert [one.url for one in found] == ["http://news.example/feed"]
            assert len(told) == 1
            assert inside in told[0]
            with pytest.raises(FollowError, match="private network") as caught:
                await discover(newsroom, "http://trap.example/")
            assert "\n" not in str(caught.value)
            # The reader may have it, if he says so himself.
            assert [one.url for one in await discover(newsroom, inside)] == [inside]


async def test_follow_adds_once_and_unfollow_takes_the_articles_along(
    reader: Opener, room: Loopback, places: Places
) -> None:
    async with reader(BRIEFS) as newsroom:
        (found,) = await discover(newsroom, room.url(WORLD))
        source = as_source(found, ("World", "Europe"))
        assert [one.id for one in follow(newsroom, [source])] == [source.id]
        assert follow(newsroom, [source]) == []
        assert newsroom.node(("World", "Europe")) is not None
        await newsroom.refresh()
        assert len(newsroom.listing(View(section=("World",)))) == len(room.stories(WORLD))
        remove_source(newsroom, source)
        assert newsroom.source(source.id) is None
        left = {head.source for head in newsroom.listing(View())}
        assert {id for id in left if not newsroom.is_starter(id)} == {"s0"}
    assert room.url(WORLD) not in places.sources_file.read_text()


async def test_pause_and_resume(reader: Opener, room: Loopback) -> None:
    room.fault(WORLD, "410", times=1)
    async with reader(WORLD) as newsroom:
        source = newsroom.source("s0")
        await newsroom.refresh()
        assert newsroom.cache.status("s0").gone
        pause(newsroom, source, True)
        assert newsroom.source("s0").paused
        pause(newsroom, source, False)
        assert not newsroom.cache.status("s0").gone
        assert (await newsroom.refresh()).new == len(room.stories(WORLD))
        resume(newsroom, source)  # nothing to resume, nothing happens
        assert newsroom.cache.status("s0").succeeded


async def test_a_file_that_cannot_be_changed_is_a_follow_error(
    reader: Opener, room: Loopback, places: Places
) -> None:
    async with reader(BRIEFS) as newsroom:
        (found,) = await discover(newsroom, room.url(WORLD))
        places.sources_file.write_text("this is [not toml\n")
        with pytest.raises(FollowError, match=r"sources\.toml"):
            follow(newsroom, [as_source(found, ())])
        assert places.sources_file.read_text() == "this is [not toml\n"
