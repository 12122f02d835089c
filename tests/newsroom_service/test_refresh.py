"""Refreshing: what arrives, in which order it is told, and what one source does to another (nothing)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.newsroom_service.conftest import BRIEFS, ESSAYS, WORLD, Opener
from tui_news.newsroom import Finished, Newsroom, Report, Started, View, now
from tui_news.newsroom.events import Event
from tui_news.paths import Places


async def test_everything_arrives_and_is_told_as_it_does(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD, BRIEFS, ESSAYS) as newsroom:
        events: list[Event] = []
        report = await newsroom.refresh(listener=events.append)
        started = [event for event in events if isinstance(event, Started)]
        finished = [event for event in events if isinstance(event, Finished)]
        assert {event.source.id for event in started} == {"s0", "s1", "s2"}
        assert [(event.done, event.total) for event in finished] == [(1, 3), (2, 3), (3, 3)]
        assert report == Report(tuple(finished))
        assert (report.asked, report.failed) == (3, ())
        stories = [story for path in (WORLD, BRIEFS, ESSAYS) for story in room.stories(path)]
        assert report.new == len(stories)
        listed = newsroom.listing(View(section=("News",)))
        assert {article.headline for article in listed} == {story.headline for story in stories}
        assert newsroom.source_name("s0") == room.feed(WORLD).title


async def test_a_dead_source_does_not_keep_the_others_waiting(reader: Opener, room: Loopback) -> None:
    room.fault(WORLD, "hang")
    async with reader(WORLD, BRIEFS, ESSAYS, config="[refresh]\ntimeout = 1\n") as newsroom:
        seen: list[tuple[str, int]] = []
        # On a busy machine the start of a worker takes longer than that second.
        await asyncio.gather(*(newsroom.workers.run("warm", {"job": "feed"}) for _ in range(2)))

        def heard(event: Event) -> None:
            if isinstance(event, Finished):
                # What has arrived is in the list at once, while the dead one is still waited for.
                seen.append((event.source.id, len(newsroom.listing(View(source=event.source.id)))))

        report = await newsroom.refresh(listener=heard)
        assert [id for id, _ in seen][-1] == "s0"
        assert dict(seen) == {
            "s0": 0, "s1": len(room.stories(BRIEFS)), "s2": len(room.stories(ESSAYS))
        }  # fmt: skip
        assert [outcome.source.id for outcome in report.failed] == ["s0"]
        assert "127.0.0.1" in report.failed[0].status.error


async def test_only_new_and_changed_stories_are_told(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD, BRIEFS) as newsroom:
        await newsroom.refresh()
        fresh = room.publish(WORLD, 2)
        room.revise(WORLD, 5, "A headline that was corrected")
        gone = room.withdraw(WORLD, 7)
        report = await newsroom.refresh()
        (outcome,) = [outcome for outcome in report.outcomes if not outcome.unchanged]
        assert outcome.source.id == "s0"
        heads = {id: newsroom.article(id) for id in outcome.new}
        assert {head.headline for head in heads.values()} == {story.headline for story in fresh}
        changed = {newsroom.article(id).headline for id in outcome.changed}
        assert changed == {"A headline that was corrected", gone.headline}
        assert [newsroom.article(id).headline for id in outcome.withdrawn] == [gone.headline]
        # What a feed no longer lists stays where it is.
        assert gone.headline in {head.headline for head in newsroom.listing(View(source="s0"))}


async def test_a_304_is_asked_for_only_while_its_articles_are_there(
    reader: Opener, room: Loopback, places: Places
) -> None:
    async with reader(WORLD) as newsroom:
        await newsroom.refresh()
        assert (await newsroom.refresh()).outcomes[0].unchanged
        newsroom.cache.drop_source("s0")
        again = await newsroom.refresh()
        assert again.new == len(room.stories(WORLD))
        assert "if-none-match" not in room.requests[-1].headers


async def test_what_is_paused_gone_or_not_due_is_skipped_with_its_reason(
    reader: Opener, room: Loopback, places: Places
) -> None:
    room.fault(BRIEFS, "410")
    async with reader(WORLD, BRIEFS) as newsroom:
        await newsroom.refresh()
        assert newsroom.due() == []
        asked = len(room.requests)
        report = await newsroom.refresh(force=False)
        assert {outcome.skipped.partition(" ")[0] for outcome in report.outcomes} == {"gone", "not"}
        assert (report.asked, report.new, len(room.requests)) == (0, 0, asked)
    places.sources_file.write_text(places.sources_file.read_text() + "paused = true\n")
    async with reader() as newsroom:
        report = await newsroom.refresh(newsroom.subscriptions.sources[1:])
        assert [outcome.skipped for outcome in report.outcomes] == ["paused"]
        assert len(room.requests) == asked


async def test_backing_off_outlasts_a_restart(reader: Opener, room: Loopback) -> None:
    room.fault(WORLD, "500")
    async with reader(WORLD) as newsroom:
        await newsroom.refresh()
        first = newsroom.cache.status("s0")
        await newsroom.refresh()
        second = newsroom.cache.status("s0")
    assert (first.failures, second.failures) == (1, 2)
    assert second.next_try > first.next_try > now()
    async with reader() as newsroom:
        assert newsroom.cache.status("s0") == second
        assert newsroom.due() == []
        room.fault(WORLD, "ok")
        assert (await newsroom.refresh()).new == len(room.stories(WORLD))
        assert newsroom.cache.status("s0").failures == 0


BAD = (WORLD, "/feeds/bulletin-092.rss", "/feeds/science.rdf", "/feeds/archive.atom", "/feeds/notes.json")


async def test_what_a_parser_does_is_that_source_s_error_and_costs_the_others_nothing(
    reader: Opener, room: Loopback
) -> None:
    from tui_news.workers import Pool

    async with reader(*BAD, BRIEFS, ESSAYS) as newsroom:
        newsroom._workers = Pool("tests.newsroom_service.jobs", count=2, wall=1)
        report = await newsroom.refresh()
        assert report.new == len(room.stories(BRIEFS)) + len(room.stories(ESSAYS))
        errors = {outcome.source.id: outcome.status.error for outcome in report.failed}
        assert "IndexError" in errors["s0"]
        assert "report it" in errors["s0"]
        assert "longer than 1 s" in errors["s1"]
        assert "ended from outside" in errors["s2"]
        assert "nonsense" in errors["s3"]
        assert "report it" in errors["s4"]
        # Nothing of such an answer's validators is kept: it comes again.
        assert not any(newsroom.cache.status(id).etag for id in errors)
    async with reader() as newsroom:
        assert (await newsroom.refresh()).new == sum(len(room.stories(path)) for path in BAD)


async def test_nobody_is_started_to_read_that_nothing_has_changed(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD, BRIEFS) as newsroom:
        await newsroom.refresh()
        await newsroom.leave()
        report = await newsroom.refresh()
        assert all(outcome.unchanged for outcome in report.outcomes)
        assert newsroom.workers.pids == []


async def test_a_disk_that_fills_up_is_the_source_s_error_and_nothing_is_lost(
    reader: Opener, room: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    from tui_news.cache import files

    async with reader(WORLD) as newsroom:

        def full(fd: int, data: bytes) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        with monkeypatch.context() as patch:
            patch.setattr(files, "write", full)
            report = await newsroom.refresh()
        assert len(report.failed) == 1
        assert "space" in report.failed[0].status.error or "full" in report.failed[0].status.error
        # No validator was kept for what could not be kept.
        assert (await newsroom.refresh()).new == len(room.stories(WORLD))


async def test_what_has_no_date_lies_below_the_day_s_news_at_first_and_above_it_when_it_comes(
    reader: Opener, room: Loopback
) -> None:
    undated = "/feeds/bulletin-091.rss"
    async with reader(WORLD, undated) as newsroom:
        await newsroom.refresh()
        listed = list(newsroom.listing(View()))
        assert all(article.published is None for article in listed if article.source == "s1")
        day = now() - timedelta(days=1)
        fresh = [article for article in listed if article.published and article.published > day]
        assert fresh
        assert listed[: len(fresh)] == fresh
        own = [article.headline for article in listed if article.source == "s1"]
        assert own == [story.headline for story in room.stories(undated)]
        (story,) = room.publish(undated, 1)
        await newsroom.refresh()
        assert newsroom.listing(View())[0].headline == story.headline


async def test_an_index_leads_to_its_sitemaps_each_time(reader: Opener, room: Loopback) -> None:
    async with reader("/sitemap-news.xml", kind="sitemap") as newsroom:
        listed = (await newsroom.refresh()).new
    async with reader("/sitemap.xml", kind="sitemap") as newsroom:
        newsroom.cache.drop_source("s0")
        assert (await newsroom.refresh()).new == listed > 10
        assert not newsroom.cache.status("s0").error
        asked = len(room.requests)
        await newsroom.refresh()
        # That the index is as it was says nothing of what it leads to.
        assert [request.path for request in room.requests[asked:]] == ["/sitemap.xml", "/sitemap-news.xml"]
        room.fault("/sitemap-news.xml", "500")
        report = await newsroom.refresh()
        assert "HTTP 500" in report.failed[0].status.error


async def test_pages_and_sitemaps_are_sources_too(reader: Opener, room: Loopback) -> None:
    channel = room.channels[0]
    async with reader(channel["url"].removeprefix(room.base), kind="page") as newsroom:
        report = await newsroom.refresh()
        listed = [head["headline"] for head in channel["pages"][0]["headlines"]]
        assert report.new == len(listed)
        heads = newsroom.listing(View())
        assert [head.headline for head in heads if head.source == "s0"][: len(listed)]
        assert {head.headline for head in heads if head.source == "s0"} == set(listed)
        from tui_news.newsroom import portal

        more = await portal.older(newsroom, newsroom.source("s0"))
        assert more == len(channel["pages"][1]["headlines"])
    async with reader("/sitemap-news.xml", kind="sitemap") as newsroom:
        assert (await newsroom.refresh()).new > 0


async def test_the_starter_edition_is_shown_until_there_is_news(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD) as newsroom:
        assert newsroom.show_starter
        welcome = newsroom.listing(View())
        assert len(welcome) >= 8
        assert all(newsroom.is_starter(head.source) for head in welcome)
        report = await newsroom.refresh()
        assert {outcome.source.id for outcome in report.outcomes} == {"s0"}
    async with reader() as newsroom:
        assert not newsroom.show_starter
        assert {head.source for head in newsroom.listing(View())} == {"s0"}
        newsroom.open_starter()
        assert any(newsroom.is_starter(head.source) for head in newsroom.listing(View()))


async def test_undated_articles_keep_the_order_of_their_feed(reader: Opener, room: Loopback) -> None:
    path = "/feeds/bulletin-091.rss"
    async with reader(path) as newsroom:
        await newsroom.refresh()
        heads = newsroom.listing(View(source="s0"))
        assert [head.headline for head in heads] == [story.headline for story in room.stories(path)]
        assert all(head.published is None and head.fetched for head in heads)


async def test_retention_lets_go_of_the_old_and_keeps_the_starred(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD, config="[cache]\ndays = 1\n") as newsroom:
        await newsroom.refresh()
        heads = list(newsroom.listing(View(source="s0")))
        old = [head for head in heads if head.when < now() - timedelta(days=1)]
        if old:
            newsroom.mark([old[0].id], "starred", starred=True)
        for _ in range(5):
            newsroom.retain()
        left = {head.id for head in newsroom.listing(View(source="s0"))}
        assert {head.id for head in heads if head not in old} <= left


async def test_one_fetcher_serves_all_and_is_left(reader: Opener) -> None:
    async with reader(WORLD) as newsroom:
        first, second = await newsroom.fetcher(), await newsroom.fetcher()
        assert first is second
        await newsroom.leave()
        await newsroom.leave()
        assert await newsroom.fetcher() is not first


def test_two_newsrooms_share_a_home(places: Places) -> None:
    with Newsroom.open(places) as one, Newsroom.open(places) as other:
        id = one.listing(View())[0].id
        one.mark([id], "starred", starred=True)
        other.cache.poll()
        assert other.state(id).starred
