"""The comments in the app: folding, moving, what is new, failures, offline, small screens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.ui.desk import Desk, open_desk, write_sources
from tui_news.newsroom.discussed import most_discussed
from tui_news.newsroom.editing import EditError, edit
from tui_news.ui.screens.browser import Browser
from tui_news.ui.screens.thread import ThreadScreen
from tui_news.ui.widgets.thread_view import ThreadView


async def open_thread(desk: Desk) -> ThreadView:
    """The thread of the most discussed article."""
    article = most_discussed(desk.newsroom)[0].article
    source = desk.newsroom.source(article.source)
    assert source is not None
    desk.browser.open_article(article.id)
    await desk.press("c")
    screen = cast(ThreadScreen, desk.app.screen)
    await desk.until(lambda: screen.talk is not None, "the thread")
    return screen.view


def story_of(room: Loopback, headline: str) -> tuple[object, object]:
    for feed in room.feeds:
        for story in room.stories(feed.path):
            if story.headline == headline:
                return feed, story
    raise AssertionError(headline)


async def test_a_thread_is_read_and_folded(home: Path) -> None:
    async with open_desk(home, (80, 40)) as desk:
        view = await open_thread(desk)
        count = view.count
        assert count > 5
        assert f"comment 1 of {count}" in desk.lines[0]
        first = next(at for at, line in enumerate(desk.lines) if "▾" in line)
        whole = len([line for line in desk.lines if line.strip()])
        author = re.search(r"▾ (\w+ \S+)", desk.lines[first])
        assert author
        while "▾" not in desk.lines[_marked(desk)]:
            await desk.press("j")
        below = view.current.below if view.current else 0
        assert below
        await desk.press("enter")
        assert "▸" in desk.lines[_marked(desk)]
        assert f"[{below} answer" in desk.text
        assert len([line for line in desk.lines if line.strip()]) < whole
        await desk.press("z")
        assert len([line for line in desk.lines if line.strip()]) == whole
        await desk.press("Z")
        assert "▾" not in desk.text
        await desk.press("Z", "q")
        assert isinstance(desk.app.screen, Browser)


def _marked(desk: Desk) -> int:
    return next(at for at, line in enumerate(desk.lines) if line.startswith("▌"))


async def test_moving_by_level_parent_and_page(home: Path) -> None:
    async with open_desk(home, (60, 10)) as desk:
        view = await open_thread(desk)
        await desk.press("G")
        last = view.current
        assert last is not None
        assert view.place == (view.count, view.count)
        while view.current and view.current.parent >= 0:
            before = view.current
            await desk.press("P")
            assert view.current.comment.id == before.comment.parent
        assert view.current
        assert view.current.depth == 0
        await desk.press("g")
        depths = []
        for _ in range(view.count):
            depths.append(view.current.depth)
            await desk.press("J")
        assert set(depths) == {0}
        await desk.press("g", "K")
        assert view.place[0] == 1
        for _ in range(30):
            await desk.press("space")
            if "last comment" in desk.text:
                break
        assert "That was the last comment" in desk.text
        assert desk.lines[-2].strip(" │") == ""
        view.action_bottom()
        seen = {view.place[0]}
        for _ in range(300):
            view.action_up()
            seen.add(view.place[0])
        assert seen == set(range(1, view.count + 1))
        for _ in range(300):
            view.action_down()
        assert view.place == (view.count, view.count)


async def test_finding_in_the_comments_and_the_ranking(home: Path) -> None:
    async with open_desk(home, (80, 24)) as desk:
        view = await open_thread(desk)
        last = view._said[-1].comment
        await desk.press("Z", "slash")
        await desk.type(last.author.split()[0].lower(), "enter")
        assert view.current is not None
        assert last.author.split()[0] in view.current.comment.author + view.current.comment.text
        first = view.place
        await desk.press("slash", "enter")
        assert "goes on to the next one" in desk.text or view.place != first
        await desk.press("slash")
        await desk.type("zyzzyva", "enter")
        assert "is in no comment" in desk.text
        await desk.press("q")
        desk.browser.show_discussed()
        await desk.until(lambda: "Most discussed" in desk.text, "the ranking")
        await desk.press("j", "enter")
        second = most_discussed(desk.newsroom)[1].article
        assert desk.opened == second.headline


async def test_levels_are_remembered(home: Path) -> None:
    async with open_desk(home, (80, 40)) as desk:
        view = await open_thread(desk)
        await desk.press("1")
        assert "1 level" in desk.text
        assert all(depth <= 1 for depth in _depths(desk))
        shown = len(_depths(desk))
        await desk.press("9")
        assert len(_depths(desk)) == view.count > shown
        await desk.press("1", "q")
    async with open_desk(home, (80, 40)) as desk:
        await open_thread(desk)
        assert len(_depths(desk)) == shown


def _depths(desk: Desk) -> list[int]:
    """How deep each comment on the screen stands."""
    heads = (re.match(r"[▌ ] ((?:│ )*)[▾▸·] ", line) for line in desk.lines)
    return [len(match[1]) // 2 for match in heads if match]


async def test_new_ones_are_marked_and_found(home: Path, room: Loopback) -> None:
    async with open_desk(home, (80, 40)) as desk:
        view = await open_thread(desk)
        await desk.press("n")
        assert "No comment is new" in desk.text
        await desk.press("escape")
        article = desk.browser.viewer.article
        assert article is not None
        feed, story = story_of(room, article.headline)
        room.remark(feed, story, "Nobody had thought of that.", author="Late Reader", parent=1)  # type: ignore[arg-type]
        await desk.press("c")
        await desk.until(lambda: "1 new" in desk.text, "what is new")
        view = cast(ThreadScreen, desk.app.screen).view
        await desk.press("Z", "n")
        assert view.current
        assert view.current.comment.author == "Late Reader"
        assert "· new" in desk.lines[_marked(desk)]
        await desk.press("escape", "c")
        await desk.until(lambda: "comment 1" in desk.text, "the thread")
        assert "· new" not in desk.text


async def test_offline_the_kept_thread_is_there(home: Path, room: Loopback) -> None:
    async with open_desk(home) as desk:
        count = (await open_thread(desk)).count
        await desk.press("q")
        room.fault("/comments/*", "500")
        await desk.press("c")
        await desk.until(lambda: "HTTP 500" in desk.text, "the failure")
        assert "these are from" in " ".join(desk.lines)
        assert cast(ThreadScreen, desk.app.screen).view.count == count
        room.fault("/comments/*", "ok")
        await desk.press("r")
        await desk.until(lambda: "HTTP 500" not in desk.text, "success")


async def test_no_comments_say_what_to_do(tmp_path: Path, clock: object, room: Loopback) -> None:
    source = {"url": room.url("/feeds/briefs.rss"), "title": "Briefs", "section": "News"}
    async with open_desk(write_sources(tmp_path / "home", [source])) as desk:
        await desk.press("R")
        await desk.until(lambda: desk.rows, "news")
        await desk.press("c")
        await desk.until(lambda: "shows none" in " ".join(desk.text.split()), "the reason")
        assert "r tries again" in " ".join(desk.text.split())


async def test_links_and_addresses_of_comments(home: Path) -> None:
    async with open_desk(home) as desk:
        await open_thread(desk)
        await desk.press("number_sign")
        assert "No links in this comment" in desk.text
        await desk.press("y")
        assert "#comment-1" in desk.app.clipboard


async def test_small_and_changing_screens(home: Path) -> None:
    async with open_desk(home, (80, 24)) as desk:
        view = await open_thread(desk)
        for size in ((20, 5), (8, 3), (120, 40), (40, 12)):
            await desk.pilot.resize_terminal(*size)
            await desk.pilot.pause()
            for key in ("j", "j", "space", "G", "k", "g", "enter", "enter"):
                await desk.press(key)
            assert view.place[0] == 1


async def test_keys_of_the_thread_are_bound_anew(home: Path) -> None:
    from tests.ui.test_sheets import configure

    configure(home, '[keys]\nfold = ["x"]\nstar = ["z"]\n')
    async with open_desk(home, (80, 40)) as desk:
        assert desk.app.keys["stop"] == "x"  # another screen's key may be the same
        await open_thread(desk)
        await desk.press("Z", "x")
        assert "▾" in desk.text


# --- writing -------------------------------------------------------------------------------------------


async def test_a_comment_is_shown_before_it_is_sent(home: Path, room: Loopback) -> None:
    async with open_desk(home) as desk:
        await open_thread(desk)
        await desk.press("a")
        assert "not answers to others" in " ".join(desk.text.split())
        await desk.press("w")
        await desk.type("It was late", "ctrl+s")
        await desk.until(lambda: "POST /comments/" in desk.text, "the request")
        assert "anonymous, without an address" in " ".join(desk.text.replace("│", " ").split())
        assert room.posted == []
        await desk.press("n")
        await desk.type(" again.", "ctrl+s")
        await desk.until(lambda: "POST /comments/" in desk.text, "the request")
        await desk.press("y")
        await desk.until(lambda: isinstance(desk.app.screen, ThreadScreen), "the end")
        assert "approved" in desk.text
        (posted,) = room.posted
        assert b"<description>It was late again.</description>" in posted.body
        assert b"author" not in posted.body


async def test_an_unsent_comment_is_offered_again_after_a_restart(home: Path, room: Loopback) -> None:
    room.comments_closed = True
    async with open_desk(home) as desk:
        await open_thread(desk)
        await desk.press("w")
        await desk.type("Not lost", "ctrl+s")
        await desk.until(lambda: "POST /comments/" in desk.text, "the request")
        await desk.press("y")
        await desk.until(lambda: "comments are closed" in " ".join(desk.text.split()), "the refusal")
        assert "your text is kept" in " ".join(desk.text.split())
        await desk.press("escape")
        assert "A draft of yours is kept" in desk.text
    async with open_desk(home) as desk:
        await open_thread(desk)
        await desk.until(lambda: "A draft of yours is kept" in desk.text, "the draft")
        await desk.press("w")
        assert "Not lost" in desk.text
        assert "the draft that you left" in desk.text


async def test_one_s_own_editor(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "my editor"
    script.write_text("#!/bin/sh\nprintf 'written elsewhere' >> \"$2\"\n")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", f"'{script}' --wait")
    async with open_desk(home) as desk:
        await open_thread(desk)
        await desk.press("w")
        await desk.type("Here and ", "ctrl+o")
        # A screen without a terminal cannot be given away; the text is as it was.
        assert "cannot be given away" in " ".join(desk.text.split())
        assert "Here and" in desk.text
    assert edit("Here and ") == "Here and written elsewhere"
    monkeypatch.setenv("VISUAL", "false")
    with pytest.raises(EditError, match="ended with 1"):
        edit("x")
    monkeypatch.setenv("VISUAL", "/no/such/editor")
    with pytest.raises(EditError, match="could not be started"):
        edit("x")
