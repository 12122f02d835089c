"""The comments on an article, fetched from each kind of site that the loopback plays, kept and ranked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.newsroom_service.conftest import Opener
from tui_news.model import Article
from tui_news.newsroom import Newsroom
from tui_news.newsroom.discussed import most_discussed
from tui_news.newsroom.discussion import NoCommentsError, fetch, kept, visited

SITES = {
    "/talk/hn.rss": "hackernews",
    "/talk/hnown.rss": "hackernews",
    "/talk/lobsters.rss": "lobsters",
    "/talk/discourse.rss": "discourse",
    "/talk/lemmy.rss": "lemmy",
    "/talk/wordpress.rss": "wordpress",
    "/feeds/world.rss": "feed",
}


def told(room: Loopback, headline: str) -> list[dict[str, Any]]:
    """What was said on a story of the first feed, by its headline."""
    feed = room.feeds[0]
    story = next(story for story in room.stories(feed.path) if story.headline == headline)
    return room.thread(feed, story)


async def talked_of(newsroom: Newsroom, room: Loopback) -> Article:
    """A cached article on which the loopback has several comments that answer each other."""
    await newsroom.refresh()
    for article in newsroom.listing(newsroom_view()):
        if any(comment["parent"] for comment in told(room, article.headline)):
            whole = newsroom.article(article.id)
            assert whole is not None
            return whole
    raise AssertionError("no story with answers")


def newsroom_view() -> Any:
    from tui_news.newsroom import View

    return View()


@pytest.mark.parametrize("path", list(SITES))
async def test_every_kind_of_site_gives_the_same_thread(reader: Opener, room: Loopback, path: str) -> None:
    async with reader(path) as newsroom:
        article = await talked_of(newsroom, room)
        expected = told(room, article.headline)
        talk = await fetch(newsroom, article)
        assert talk.thread.kind == SITES[path]
        said = {comment.id: comment for comment in talk.thread.comments}
        assert sorted(c.text for c in said.values()) == sorted(c["text"] for c in expected)
        by_text_and_time = {(c.text, c.when): c for c in said.values()}
        for one in expected:
            comment = by_text_and_time[one["text"], one["when"]]
            if one["parent"]:
                above = next(o for o in expected if o["id"] == one["parent"])
                assert said[comment.parent].when == above["when"]
            else:
                assert comment.parent == ""
            assert comment.author.split()[0].lower() == one["author"].split()[0].lower()
        assert kept(newsroom, article.id) == talk


@pytest.mark.parametrize("path", ["/talk/discourse.rss", "/talk/lemmy.rss", "/talk/hnown.rss"])
async def test_threads_of_several_answers_come_whole(reader: Opener, room: Loopback, path: str) -> None:
    feed = room.feeds[0]
    story = room.stories(feed.path)[0]
    while len(room.thread(feed, story)) < 55:
        room.remark(feed, story, f"Remark {len(room.thread(feed, story))}", parent=0)
    steps: list[tuple[int, int]] = []
    async with reader(path) as newsroom:
        await newsroom.refresh()
        head = next(a for a in newsroom.listing(newsroom_view()) if a.headline == story.headline)
        article = newsroom.article(head.id)
        talk = await fetch(newsroom, article, lambda came, left: steps.append((came, left)))
        assert len(talk.thread.comments) == 55
        assert talk.thread.notes == ()
        assert steps


async def test_new_since_the_last_visit_also_after_a_restart(reader: Opener, room: Loopback) -> None:
    async with reader("/talk/lobsters.rss") as newsroom:
        article = await talked_of(newsroom, room)
        first = await fetch(newsroom, article)
        assert first.new == frozenset()
        visited(newsroom, article.id, first.thread)
    feed = room.feeds[0]
    story = next(story for story in room.stories(feed.path) if story.headline == article.headline)
    room.remark(feed, story, "This came late.")
    async with reader() as newsroom:
        again = await fetch(newsroom, article)
        assert [c.text for c in again.thread.comments if c.id in again.new] == ["This came late."]
        # Until the reader has been there, they stay new; offline they are there as well.
        assert kept(newsroom, article.id) == again
        visited(newsroom, article.id, again.thread)
        assert kept(newsroom, article.id).new == frozenset()


async def test_what_fails_is_said_and_the_kept_thread_stays(reader: Opener, room: Loopback) -> None:
    async with reader("/talk/lemmy.rss") as newsroom:
        article = await talked_of(newsroom, room)
        talk = await fetch(newsroom, article)
        room.fault("/lemmy/*", "500")
        with pytest.raises(NoCommentsError, match="HTTP 500"):
            await fetch(newsroom, article)
        assert kept(newsroom, article.id) == talk


async def test_a_part_that_fails_is_named_and_the_rest_is_shown(reader: Opener, room: Loopback) -> None:
    async with reader("/talk/hnown.rss") as newsroom:
        article = await talked_of(newsroom, room)
        # The first answers are the post and its first comments.
        post = article.comments_url.rpartition("/")[2].removesuffix(".json")
        room.fault(f"/hn/v0/item/{post}01.json", "500")
        talk = await fetch(newsroom, article)
        assert "Some comments are missing" in talk.thread.notes[0]
        assert len(talk.thread.comments) < len(told(room, article.headline))


async def test_an_article_without_comments(reader: Opener, room: Loopback) -> None:
    async with reader("/feeds/briefs.rss") as newsroom:
        await newsroom.refresh()
        article = newsroom.article(newsroom.listing(newsroom_view())[0].id)
        with pytest.raises(NoCommentsError, match="shows none"):
            await fetch(newsroom, article)


async def test_the_declared_way_to_write_comes_with_a_feed(reader: Opener, room: Loopback) -> None:
    async with reader("/feeds/world.rss") as newsroom:
        article = await talked_of(newsroom, room)
        thread = (await fetch(newsroom, article)).thread
        assert (thread.reply_kind, thread.reply_url) == ("commentapi", article.comments_post)


async def test_a_page_tells_the_way_to_write(reader: Opener, room: Loopback) -> None:
    async with reader("/talk/wordpress.rss") as newsroom:
        article = await talked_of(newsroom, room)
        thread = (await fetch(newsroom, article)).thread
        assert thread.reply_kind == "wordpress"
        assert thread.reply_url == room.url("/wp-json/wp/v2/comments")
        assert thread.reply_post.isdecimal()


async def test_ranking_by_comments_and_age(reader: Opener, room: Loopback) -> None:
    async with reader("/feeds/world.rss", "/talk/lobsters.rss") as newsroom:
        await newsroom.refresh()
        ranked = most_discussed(newsroom, limit=5)
        assert len(ranked) == 5
        assert [one.score for one in ranked] == sorted((one.score for one in ranked), reverse=True)
        assert all(one.comments == one.article.comments for one in ranked)
        assert "comments" in ranked[0].why
        # Lobsters' feed tells no numbers: an article ranks once its thread has been read.
        silent = [a for a in newsroom.listing(newsroom_view()) if a.comments is None]
        feed = room.feeds[0]
        story = next(s for s in room.stories(feed.path) if s.headline == silent[0].headline)
        for _ in range(30):
            room.remark(feed, story, "Again.")
        await fetch(newsroom, newsroom.article(silent[0].id))
        assert most_discussed(newsroom)[0].article.id == silent[0].id


async def test_damaged_or_foreign_files_are_no_threads(reader: Opener, room: Loopback) -> None:
    async with reader("/talk/lemmy.rss") as newsroom:
        article = await talked_of(newsroom, room)
        await fetch(newsroom, article)
        path = newsroom.places.cache / "threads" / f"{article.id}.json"
        for junk in (b"", b"{}", b'{"kind":"x","comments":[3]}', b"\xff\xfe", b'{"comments":'):
            path.write_bytes(junk)
            assert kept(newsroom, article.id) is None


async def test_a_thread_that_cannot_be_read_in_time_is_stopped(reader: Opener, room: Loopback) -> None:
    async with reader("/talk/lemmy.rss") as newsroom:
        article = await talked_of(newsroom, room)
        newsroom.workers.wall = 0.0
        with pytest.raises(NoCommentsError, match="longer than") as caught:
            await fetch(newsroom, article)
        assert "\n" not in str(caught.value)
        newsroom.workers.wall = 30.0
        assert (await fetch(newsroom, article)).thread.comments
