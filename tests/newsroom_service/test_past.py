"""What changes after it was read, and what is withdrawn: from a source's answer to what is told."""

from __future__ import annotations

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.newsroom_service.conftest import BRIEFS, ESSAYS, WORLD, Opener
from tui_news.fetch import FetchError
from tui_news.model import Article
from tui_news.newsroom import Newsroom, View
from tui_news.newsroom.past import fate, lines, versions_of
from tui_news.newsroom.reading import LedAwayError, full_text, leads_away
from tui_news.portal.revision import SIGNS


def listed(newsroom: Newsroom, source: str = "s0") -> list[Article]:
    return list(newsroom.listing(View(source=source)))


def found(newsroom: Newsroom, query: str) -> list[str]:
    return [article.id for article in newsroom.listing(View(query=query))]


async def test_a_headline_and_a_text_that_change_after_they_were_read(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD) as newsroom:
        await newsroom.refresh()
        read, unread = listed(newsroom)[2], listed(newsroom)[3]
        newsroom.mark([read.id], "read", read=True)
        old = room.stories(WORLD)[2]
        blocks = [*old.blocks[:1], ("paragraph", "The ministry has corrected its figures."), *old.blocks[1:]]
        room.revise(WORLD, 2, "Corrected headline", blocks)
        room.revise(WORLD, 3, "Another corrected headline")
        report = await newsroom.refresh()
        assert report.revised == 1
        now = newsroom.article(read.id)
        assert now is not None
        assert now.headline == "Corrected headline"
        assert now.standing == ("changed",)
        assert newsroom.state(read.id).read
        versions = versions_of(newsroom, now)
        assert versions is not None
        assert versions.parts == ["headline", "1 paragraph"]
        assert lines(newsroom, now)[0].startswith("Changed since you read it on ")
        text = "\n".join(block.text for block in versions.compared(SIGNS))
        assert "{+The ministry has corrected its figures.+}" in text
        assert "{+Corrected headline+}" in text
        assert versions.data()["headlines"][0]["text"] == read.headline
        assert versions_of(newsroom, newsroom.article(unread.id)) is None  # type: ignore[arg-type]
        assert found(newsroom, "is:changed") == [read.id]
        assert read.id not in found(newsroom, "-is:changed")
        newsroom.cache.saw(read.id)
        assert found(newsroom, "is:changed") == []


async def test_what_is_read_in_a_stub_s_page_is_fetched_again_when_its_entry_changes(
    reader: Opener, room: Loopback
) -> None:
    async with reader(BRIEFS) as newsroom:
        await newsroom.refresh()
        head = listed(newsroom)[1]
        newsroom.mark([head.id], "read", read=True)
        article = await full_text(newsroom, newsroom.article(head.id))
        old = room.stories(BRIEFS)[1]
        room.revise(BRIEFS, 1, "Sharper headline", [*old.blocks, ("paragraph", "Added at noon by the desk.")])
        await newsroom.refresh()
        article = newsroom.article(head.id)
        assert article.stale
        assert article.changed
        newsroom.cache.saw(article.id)  # as opening it does, before its page is there
        article = await full_text(newsroom, article)
        assert not article.stale
        versions = versions_of(newsroom, article)
        assert versions is not None
        assert versions.parts == ["headline", "1 paragraph"]


async def test_a_setting_makes_what_changes_unread(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD, config='[ui]\nchanged = "unread"\n') as newsroom:
        await newsroom.refresh()
        head = listed(newsroom)[0]
        newsroom.mark([head.id], "read", read=True)
        room.revise(WORLD, 0, "Second headline")
        await newsroom.refresh()
        assert not newsroom.state(head.id).read
        room.revise(WORLD, 0, "Third headline")
        await newsroom.refresh()
        past = newsroom.cache.past(head.id)
        assert past is not None
        assert past.headline == head.headline


async def test_an_entry_that_its_feed_no_longer_lists_and_one_that_it_has_deleted(
    reader: Opener, room: Loopback
) -> None:
    async with reader(WORLD, ESSAYS) as newsroom:
        await newsroom.refresh()
        world, essays = listed(newsroom)[4], listed(newsroom, "s1")[0]
        gone = room.withdraw(WORLD, 4)
        deleted = room.withdraw(ESSAYS, 0, "Retracted: the <b>figures</b> were wrong\x1b[2J.")
        await newsroom.refresh()
        assert newsroom.article(world.id).withdrawn == "unlisted"
        kept = newsroom.article(essays.id)
        assert kept.withdrawn == "deleted"
        assert kept.blocks
        said = lines(newsroom, kept)
        assert said[0].startswith("Withdrawn by its source, ")
        assert said[1] == "Its source says: Retracted: the figures were wrong."
        assert lines(newsroom, newsroom.article(world.id))[0].startswith("No longer in its feed")
        assert found(newsroom, "is:withdrawn") == [essays.id]
        assert found(newsroom, "is:unlisted") == [world.id]
        room.put_back(WORLD, 4, gone)
        room.put_back(ESSAYS, 0, deleted)
        await newsroom.refresh()
        assert not newsroom.article(world.id).standing
        assert not newsroom.article(essays.id).standing
        assert found(newsroom, "is:withdrawn") == []


async def test_feeds_in_their_usual_life_miss_nothing(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD, ESSAYS, BRIEFS, "/feeds/podcast.rss", "/feeds/zh/yaowen.rss") as newsroom:
        for _ in range(3):
            report = await newsroom.refresh()
            assert not any(outcome.withdrawn for outcome in report.outcomes)
            room.publish(WORLD, 3)
            room.publish(ESSAYS, 1)
        assert found(newsroom, "is:unlisted") == []


@pytest.mark.parametrize(("fault", "kind"), [("404", "gone"), ("410", "gone"), ("redirect:302:/", "moved")])
async def test_a_page_that_is_gone_when_it_is_fetched(
    reader: Opener, room: Loopback, fault: str, kind: str
) -> None:
    async with reader(BRIEFS) as newsroom:
        await newsroom.refresh()
        article = newsroom.article(listed(newsroom)[0].id)
        room.fault("/articles/*", fault)
        with pytest.raises((FetchError, LedAwayError)):
            await full_text(newsroom, article)
        kept = newsroom.article(article.id)
        assert kept.withdrawn == kind
        assert kept.blocks == article.blocks
        assert "kept here as it was" in lines(newsroom, kept)[0]
        await newsroom.refresh()
        assert newsroom.article(article.id).withdrawn == kind
        room.fault("/articles/*", "ok")
        assert not (await full_text(newsroom, article)).withdrawn
        past = newsroom.cache.past(article.id)
        assert past is None or fate(past) == []


async def test_a_page_that_fails_for_now_is_not_withdrawn(reader: Opener, room: Loopback) -> None:
    async with reader(BRIEFS) as newsroom:
        await newsroom.refresh()
        article = newsroom.article(listed(newsroom)[0].id)
        for fault in ("500", "403", "empty"):
            room.fault("/articles/*", fault)
            with pytest.raises((FetchError, ValueError)):
                await full_text(newsroom, article)
        assert not newsroom.article(article.id).standing


def test_which_redirects_lead_away_from_an_article() -> None:
    away = [
        ("https://a.example/news/2026/big-story-of-today", "https://www.a.example/"),
        ("https://a.example/news/2026/big-story-of-today", "https://a.example/index.html"),
        ("https://a.example/news/2026/big-story-of-today", "https://a.example/news/"),
        ("https://a.example/n123456.shtml", "https://b.example"),
    ]
    not_away = [
        ("https://a.example/news/big-story-of-today", "https://a.example/news/big-story-of-today/"),
        ("https://a.example/news/big-story-of-today/amp", "https://a.example/news/big-story-of-today"),
        ("https://a.example/123456/print", "https://a.example/123456"),
        ("https://a.example/story.html/1", "https://a.example/story.html"),
        ("https://a.example/x", "https://a.example/?p=123"),
        ("https://a.example/", "https://a.example/index.html"),
        ("https://a.example/old/1", "https://b.example/new/1"),
    ]
    assert [pair for pair in away if not leads_away(*pair)] == []
    assert [pair for pair in not_away if leads_away(*pair)] == []
