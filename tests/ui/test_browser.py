"""Reading, moving and marking by keys, on the newsroom's news."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.newsroom import Newsroom as Loopback
from tests.ui.desk import CONFIG, Desk, open_desk, places_in, write_sources
from tui_news.ui.widgets.prompt import Prompt


def ground(desk: Desk) -> int:
    """The first line of the list that is on screen."""
    return desk.browser.headlines.scroll_offset.y


def is_read(desk: Desk, row: int) -> bool:
    return desk.newsroom.state(desk.browser.headlines.articles[row].id).read


async def test_opening_reading_and_going_back(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3")  # Science
        assert "Science" in desk.lines[1]
        first, second = desk.rows[:2]
        await desk.press("j", "down", "k")
        assert desk.headline == second
        await desk.press("enter")
        assert desk.browser.reading
        assert desk.opened == second
        assert second[:30] in desk.text
        assert is_read(desk, 1)
        assert not is_read(desk, 0)
        await desk.press("escape")
        assert not desk.browser.reading
        assert desk.headline == second
        await desk.press("l", "h", "right", "left", "enter", "q")
        assert not desk.browser.reading
        assert first[:30] in desk.text


async def test_moving_in_the_list(home: Path) -> None:
    async with open_desk(home) as desk:
        count = len(desk.rows)
        await desk.press("G")
        assert desk.headline == desk.rows[-1]
        await desk.press("j", "pagedown", "ctrl+d")
        assert desk.headline == desk.rows[-1]
        await desk.press("g", "k", "pageup", "ctrl+u")
        assert (desk.headline, ground(desk)) == (desk.rows[0], 0)
        await desk.press("pagedown")
        page = desk.browser.headlines.cursor
        assert 5 < page < count
        await desk.press("ctrl+d", "ctrl+u", "ctrl+b")
        assert desk.browser.headlines.cursor == 0
        await desk.press("end", "home", "ctrl+f")
        assert desk.browser.headlines.cursor == page


async def test_moving_in_an_article(home: Path) -> None:
    async with open_desk(home, (60, 12)) as desk:
        await desk.press("4", "enter")
        viewer = desk.browser.viewer
        assert viewer.article is not None
        start = desk.text
        await desk.press("j")
        assert viewer.scroll_offset.y == 1
        await desk.press("k", "k")
        assert desk.text == start
        await desk.press("pagedown")
        page = viewer.scroll_offset.y
        # A line of the old page stays on screen.
        assert page == viewer.size.height - 1
        await desk.press("ctrl+d", "ctrl+u", "pageup")
        assert viewer.scroll_offset.y == 0
        await desk.press("G")
        assert viewer.at_end
        assert viewer.percent == 100
        assert "http://" in desk.text
        await desk.press("g")
        assert viewer.scroll_offset.y == 0


async def test_next_and_previous_unread(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3")
        rows = desk.rows
        await desk.press("m", "m")  # the first two are read; each m goes on by one
        assert desk.headline == rows[2]
        await desk.press("g", "n")
        assert desk.headline == rows[2]
        await desk.press("enter", "n")
        assert desk.opened == rows[3]
        await desk.press("n", "p")
        # All before it is read: the search goes on from the other end.
        assert desk.opened == rows[-1]
        await desk.press("A", "n")
        assert "Nothing unread here" in desk.message
        assert desk.opened == rows[-1]


async def test_next_and_previous_article(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3")
        rows = desk.rows
        await desk.press("enter", "J", "J", "K")
        assert desk.opened == rows[1]
        await desk.press("K", "K")
        assert desk.opened == rows[0]
        assert desk.message == "This is the first article"
        await desk.press("escape", "G", "J")
        assert desk.message == "That was the last article"


async def test_space_reads_through_everything(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3")
        rows = desk.rows
        await desk.press("space")
        assert desk.opened == rows[0]
        seen = [desk.opened]
        for _ in range(200):
            await desk.press("space")
            if desk.opened != seen[-1]:
                seen.append(desk.opened)
            if desk.message.startswith("Nothing unread"):
                break
        assert seen == rows
        assert desk.newsroom.counts(desk.browser.view).unread == 0


@pytest.mark.parametrize(
    ("key", "mark", "sign"), [("s", "starred", "★"), ("L", "later", "◷"), ("m", "read", " ")]
)
async def test_marks_and_their_undo_outlive_the_app(home: Path, key: str, mark: str, sign: str) -> None:
    async with open_desk(home) as desk:
        await desk.press("3")
        first = desk.browser.headlines.articles[0].id
        await desk.press(key)
        assert getattr(desk.newsroom.state(first), mark)
        assert desk.lines[2][1:2].strip() == sign.strip()
        assert "u undoes it" in desk.message
    async with open_desk(home) as desk:
        assert getattr(desk.newsroom.state(first), mark)
        await desk.press("u")
        assert not getattr(desk.newsroom.state(first), mark)
        assert desk.message.startswith("Undone: ")
        await desk.press("u")
        assert desk.message == "Nothing to undo"
    async with open_desk(home) as desk:
        assert not getattr(desk.newsroom.state(first), mark)
        await desk.press(key, "g", key)
        assert not getattr(desk.newsroom.state(first), mark)


async def test_mark_all_read_and_undo(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3", "m")
        count = len(desk.rows)
        await desk.press("A")
        assert desk.message == f"{count - 1} marked read · u undoes it"
        assert f"0 unread of {count}" in desk.lines[1]
        await desk.press("A")
        assert desk.message == "Everything here is read already"
        await desk.press("u")
        assert f"{count - 1} unread of {count}" in desk.lines[1]
        await desk.press("u")
        assert f"{count} unread of {count}" in desk.lines[1]


async def test_the_place_in_an_article_is_kept(home: Path) -> None:
    async with open_desk(home, (60, 12)) as desk:
        await desk.press("4", "enter", "pagedown", "pagedown", "pagedown")
        before = desk.browser.viewer.position
        assert before > 0
        await desk.press("escape", "j", "enter", "escape", "k", "enter")
        assert desk.browser.viewer.position == before
        await desk.press("escape", "m", "m", "u")
        assert desk.message.startswith("Undone: marked")  # a remembered place is no step of the reader's
    async with open_desk(home, (60, 12)) as desk:
        await desk.press("4", "enter")
        assert desk.browser.viewer.position == before


async def test_unread_only(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3", "m", "m", "U")
        assert len(desk.rows) == 22
        assert "unread" in desk.lines[1]
        await desk.press("A", "U", "U")
        assert "All read." in desk.text
        assert "U shows read articles too" in desk.text
        await desk.press("escape")
        assert len(desk.rows) == 24


async def test_starred_and_kept(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("apostrophe")
        assert "Nothing is starred yet." in desk.text
        assert "s on a headline does it" in desk.text
        await desk.press("escape", "3", "s", "j", "L", "k")
        first, second = desk.rows[:2]
        await desk.press("apostrophe")
        assert desk.rows == [first]
        assert "★ Starred" in desk.lines[1]
        await desk.press("apostrophe")
        assert desk.rows == [second]
        await desk.press("apostrophe")
        assert "debate" in desk.text
        await desk.press("apostrophe")
        assert len(desk.rows) == 24


async def test_sections(home: Path) -> None:
    async with open_desk(home) as desk:
        assert desk.browser.view.section == ()
        await desk.press("tab")
        assert desk.browser.view.section == ("World",)
        await desk.press("tab", "tab", "shift+tab")
        assert desk.browser.view.section == ("Science",)
        await desk.press("1", "shift+tab")
        assert desk.browser.view.section == ("Legacy",)
        assert "Legacy" in desk.lines[0]
        await desk.press("2", "right_square_bracket")
        assert desk.browser.view.section == ("World", "Europe")
        assert desk.lines[1].startswith(" World › Europe")
        await desk.press("right_square_bracket", "right_square_bracket", "right_square_bracket")
        assert desk.browser.view.section == ("World",)
        await desk.press("left_square_bracket")
        assert desk.browser.view.section == ("World", "Archive")
        await desk.press("escape")
        assert desk.browser.view.section == ("World",)
        await desk.press("3", "right_square_bracket")
        assert desk.message == "This section has no subsections"
        await desk.press("8")
        assert desk.browser.view.section == ("中文",)
        await desk.press("right_square_bracket")
    async with open_desk(home) as desk:
        # The paper opens where it was left.
        assert desk.browser.view.section == ("中文", "国内")


async def test_filter_changes_the_list_while_it_is_typed(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3")
        rows = desk.rows
        wanted = [row for row in rows if "bicycle" in row.lower()]
        assert wanted
        assert len(wanted) < len(rows)
        await desk.press("f")
        await desk.type("bicy")
        found = [row for row in desk.rows if "bicycle" in row.lower()]
        assert found
        await desk.type("cle")
        assert set(wanted) <= set(desk.rows)
        assert len(desk.rows) < len(rows)
        await desk.press("enter")
        assert "“bicycle”" in desk.lines[1]
        await desk.press("f")
        await desk.type("zzzz", "enter")
        assert "Nothing here matches" in desk.text
        await desk.press("escape")
        assert desk.rows == rows
        await desk.press("f")
        await desk.type("bicycle", "escape")
        assert desk.rows == rows
        await desk.press("f")
        await desk.type('"', "enter")
        await desk.press("j")
        assert desk.app.is_running


async def test_a_list_that_comes_late_takes_no_keys_from_a_prompt(home: Path) -> None:
    async with open_desk(home) as desk:
        browser = desk.browser

        async def while_the_app_waits() -> None:
            # As at a start under load: sizes come, and a key asks before the app has gone on.
            browser.show_pane()
            browser.action_filter()
            assert browser.opening is not None
            await browser.opening

        desk.app.call_later(while_the_app_waits)
        await desk.until(lambda: browser.query(Prompt))
        assert isinstance(browser.focused, Input)
        await desk.type("rive")
        # A focus that was away and came back puts the next letter behind the others.
        browser.set_focus(browser.headlines)
        await desk.press("r")
        assert browser.view.query == "river"
        # What was there before is replaced by the first letter all the same.
        await desk.press("enter", "f")
        await desk.type("saint")
        assert browser.view.query == "saint"


async def test_search_over_everything(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("8", "slash")
        assert "[all]" in desk.text
        await desk.type("barrier source:observatory", "enter")
        assert desk.rows
        assert f"{len(desk.rows)} found" in desk.message
        names = {desk.newsroom.source_name(a.source) for a in desk.browser.headlines.articles}
        assert names == {"Glass Observatory"}
        await desk.press("escape")
        assert len(desk.rows) == 626


async def test_find_in_an_article(home: Path) -> None:
    async with open_desk(home, (60, 12)) as desk:
        await desk.press("4", "enter")
        article = desk.browser.viewer.article
        assert article is not None
        words = re.findall(r"[a-z]{5,}", " ".join(block.text for block in article.blocks))
        word = max(set(words), key=words.count)
        await desk.press("slash")
        await desk.type(word, "enter")
        hits = desk.browser.viewer.hits
        assert hits > 1
        assert desk.message.startswith(f"Hit 1 of {hits}")
        await desk.press("n")
        assert desk.message.startswith(f"Hit 2 of {hits}")
        await desk.press("p", "p")
        assert desk.message.startswith(f"Hit {hits} of {hits}")
        assert word in desk.text.lower()
        await desk.press("escape")
        assert desk.browser.reading
        assert desk.browser.viewer.hits == 0
        await desk.press("slash")
        await desk.type("zzzzz", "enter")
        assert desk.message == "“zzzzz” is not in this article"


@pytest.fixture
def opener(home: Path, tmp_path: Path) -> Path:
    """A browser of the reader's that notes what it is given, word by word."""
    noted, script = tmp_path / "opened", tmp_path / "browser"
    script.write_text(
        f"#!/bin/sh\nfor word; do printf '%s\\n' \"$word\"; done >> {noted}.new\nmv {noted}.new {noted}\n"
    )
    script.chmod(0o700)
    places_in(home).config_file.write_text(
        f'{CONFIG}\n[open]\ncommand = ["{script}", "--new"]\n\n[player]\ncommand = ["{script}"]\n'
    )
    return noted


def told(opener: Path) -> list[str]:
    """The words that the browser was given, once."""
    words = opener.read_text().splitlines()
    opener.unlink()
    return words


# The reader's browser outlives the call that starts it.
STARTED = pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")


@STARTED
async def test_browser_comments_and_audio(home: Path, opener: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3", "o")
        await desk.until(opener.exists, "the browser")
        url = desk.browser.headlines.articles[0].url
        assert told(opener) == ["--new", url]
        assert desk.message == f"Opened {url}"
        await desk.press("2", "right_square_bracket")
        article = desk.browser.headlines.articles[0]
        await desk.press("c")
        assert article.comments_url
        await desk.until(
            lambda: "comment 1 of" in desk.text or "No comments yet" in desk.text, "the comments"
        )
        await desk.press("o")
        await desk.until(opener.exists, "the browser")
        assert told(opener)[1].startswith(article.url)
        await desk.press("q", "P")
        assert desk.message == "No audio in this article"
        await desk.press("6", "P")
        await desk.until(opener.exists, "the player")
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/audio/\S+", told(opener)[0])


@STARTED
async def test_links_by_number_and_copying(home: Path, opener: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("number_sign")
        assert desk.message == "No links here; open an article first"
        await desk.press("2", "right_square_bracket", "enter")
        links = desk.browser.viewer.links
        assert links
        await desk.press("number_sign")
        assert f"Link 1-{len(links)}:" in desk.text
        await desk.type("1", "enter")
        await desk.until(opener.exists, "the browser")
        assert told(opener)[-1] == links[0][2]
        await desk.press("number_sign", "1", "y", "enter")
        assert desk.app.clipboard == links[0][2]
        await desk.press("number_sign", "9", "9", "enter")
        assert desk.message.startswith("There is no link 99")
        await desk.press("number_sign", "escape", "y")
        assert desk.browser.viewer.article is not None
        assert desk.app.clipboard == desk.browser.viewer.article.url
        assert desk.message == f"Copied {desk.app.clipboard}"


@pytest.mark.skipif("DISPLAY" in os.environ, reason="a screen has a browser")
async def test_without_a_browser_the_message_says_what_to_do(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3", "o")
        assert "y copies the link" in desk.message
        assert "open.command" in desk.message


async def test_density_measure_and_theme_are_remembered(home: Path) -> None:
    async with open_desk(home, (130, 30)) as desk:
        assert desk.browser.headlines.density == "two"
        await desk.press("v")
        assert desk.browser.headlines.density == "cards"
        await desk.press("v", "enter", "minus", "minus", "plus", "minus")
        assert desk.browser.viewer.text_width <= 64
        assert desk.message == "Text 64 columns wide"
        await desk.press("ctrl+t")
        assert desk.app.theme == "paper"
    async with open_desk(home, (130, 30)) as desk:
        assert desk.browser.headlines.density == "one"
        assert desk.browser.viewer.measure == 64
        assert desk.app.theme == "paper"
        for _ in range(12):
            await desk.press("ctrl+t")
            assert desk.app.theme in desk.message


async def test_full_text_of_a_stub_is_fetched(home: Path, room: Loopback) -> None:
    async with open_desk(home) as desk:
        await desk.press("2", "right_square_bracket", "right_square_bracket")
        assert desk.browser.view.section == ("World", "Asia")
        await desk.press("enter")
        viewer = desk.browser.viewer
        before = room.requests
        await desk.until(lambda: viewer.article and viewer.article.full, "the full text")
        assert len(viewer.article.blocks) > 4  # type: ignore[union-attr]
        await desk.press("escape", "3", "enter", "F")
        await desk.until(lambda: len(room.requests) > len(before), "the page")
        room.fault("/articles/*", "404")
        await desk.press("escape", "2", "right_square_bracket", "right_square_bracket", "G", "enter")
        await desk.until(lambda: "Only the feed's summary" in desk.text, "the failure")


async def test_side_by_side_when_wide(home: Path) -> None:
    async with open_desk(home, (130, 30)) as desk:
        await desk.press("3")
        assert "Nothing is open." in desk.text
        await desk.press("enter")
        assert desk.rows[5][:20] in desk.text
        assert desk.browser.headlines.display
        await desk.press("n")
        assert desk.opened == desk.rows[1]
        await desk.pilot.resize_terminal(80, 24)
        await desk.pilot.pause()
        assert desk.rows[5][:20] not in desk.text
        assert desk.opened[:20] in desk.text


async def test_empty_section_says_what_to_do(empty_home: Path) -> None:
    write_sources(empty_home, [{"url": "http://127.0.0.1:9/feed", "title": "Silent", "section": "World"}])
    async with open_desk(empty_home) as desk:
        # Nothing of the reader's own yet: the starter edition.
        assert desk.browser.view.section == ("Welcome",)
        assert desk.rows
        await desk.press("2")
        assert "No articles yet." in desk.text
        assert "r asks for news" in desk.text
        await desk.press("r")
        await desk.until(lambda: "failed" in desk.text and desk.message, "the failure")
        assert "Silent" in desk.message
        assert "1 of 1 sources failed" in desk.text
        assert "e says why" in desk.text
        await desk.press("3", "r")
        assert "starter edition" in desk.message


async def test_quit_from_the_list(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("3", "enter", "q")
        assert desk.app.is_running
        await desk.press("q")
        await desk.until(lambda: not desk.app.is_running, "the end")


async def test_an_address_of_another_host_is_shown_before_it_is_opened(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui_news.newsroom import opening

    opened: list[str] = []
    monkeypatch.setattr("tui_news.newsroom.opening.launch", lambda command, url: opened.append(url))
    monkeypatch.setattr("tui_news.newsroom.opening.browser_command", lambda configured: ["true"])
    assert opening.leads_away("https://xn--e1afmkfd.example/", None) == ""
    async with open_desk(home) as desk:
        source = desk.newsroom.sources[0]
        desk.browser.open_url("https://аррӏе.example/story", source)
        await desk.pilot.pause()
        assert "https://xn--80ak6aa92e.example/story" in desk.text
        assert opened == []
        await desk.press("escape")
        assert opened == []
        desk.browser.open_url("https://аррӏе.example/story", source)
        await desk.press("enter")
        assert opened == ["https://аррӏе.example/story"]


async def test_a_small_terminal_has_a_line_for_a_headline_until_the_reader_chooses(home: Path) -> None:
    async with open_desk(home, (80, 24)) as desk:
        assert desk.browser.headlines.density == "one"
        for size, density in (((80, 30), "two"), ((40, 24), "two"), ((200, 29), "one")):
            await desk.pilot.resize_terminal(*size)
            await desk.pilot.pause()
            assert desk.browser.headlines.density == density
        await desk.press("v", "v")
        await desk.pilot.resize_terminal(80, 40)
        await desk.pilot.pause()
        assert desk.browser.headlines.density == "cards"
