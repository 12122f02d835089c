"""The article viewer: links by letters, looks by key, saving, piping, codes to scan."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from textual.events import Key
from textual.widgets import Input

from tests.ui.desk import Desk, open_desk
from tests.ui.shop import Shop, open_shop, paragraph, stock
from tests.ui.test_pty import program, quit_from
from tui_news.model import STRIKE, Article, Block, Run
from tui_news.text.links import linked, may_link, may_strike, terminal_link
from tui_news.typeset.reading_time import minutes
from tui_news.ui.widgets.article_marks import LETTERS, labels

LONG = "The river rose in the night, and by the morning the ferry had stopped. "


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop() as shop:
        yield shop


@pytest.fixture
def stocked(tmp_path: Path, shop: Shop, clock: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two articles: one with links, one that is long."""
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    shop.page("/away", f"<html><title>Away</title><h1>Far away</h1><article><p>{LONG * 9}</p></article>")
    links = [(f"link {number}", shop.url(f"/away?{number}")) for number in range(1, 4)]
    first = Article(
        "aaaa00000001",
        "",
        url=shop.url("/ferry"),
        headline="The ferry: what “now”?",
        language="en",
        blocks=(
            paragraph(LONG, *links),
            paragraph("Write to", ("the captain", "mailto:captain@ferry.example")),
            Block("paragraph", (Run("It was "), Run("safe", STRIKE), Run(" late."))),
            *(Block("paragraph", (Run(f"{number}. {LONG}"),)) for number in range(20)),
        ),
    )
    second = Article("aaaa00000002", "", url=shop.url("/long"), headline="Long", blocks=first.blocks * 20)
    return stock(tmp_path / "home", shop, [first, second])


async def test_links_by_letters_are_read_here_and_left_again(stocked: Path, shop: Shop) -> None:
    async with open_desk(stocked, (100, 24)) as desk:
        await desk.press("semicolon")
        assert desk.message == "No links here; open an article first"
        await desk.press("enter", "semicolon")
        assert [hint.text for hint in desk.browser.viewer.hints] == [
            "link 1",
            "link 2",
            "link 3",
            "the captain",
        ]
        assert "sink 2[2]" in desk.text  # the second letter of the home row lies over it
        await desk.press("s")
        assert "/away?2" in desk.lines[-1]
        assert "Enter reads it here" in desk.lines[-1]
        assert not desk.browser.viewer.hints
        await desk.press("question_mark")
        assert "in the browser" in desk.lines[-1]
        await desk.press("y")
        assert desk.app.clipboard == shop.url("/away?2")
        await desk.press("semicolon", "d", "enter")
        await desk.until(lambda: desk.opened == "Away", "the page")
        assert shop.asked == ["/away?3"]
        # It is none of the reader's articles, and the way back is kept.
        await desk.press("s")
        assert "cannot be marked" in desk.message
        await desk.press("escape")
        assert desk.opened.startswith("The ferry")
        assert desk.browser.reading
        await desk.press("escape")
        assert not desk.browser.reading


async def test_hints_can_be_left_and_mistyped(stocked: Path) -> None:
    async with open_desk(stocked, (100, 24)) as desk:
        await desk.press("enter", "semicolon", "z")
        assert desk.message == "No link has the letters z"
        assert not desk.browser.viewer.hints
        await desk.press("semicolon", "escape")
        assert not desk.browser.viewer.hints
        assert desk.browser.reading
        await desk.press("semicolon", "f")
        assert desk.app.clipboard == "mailto:captain@ferry.example"
        await desk.press("number_sign", "1", "r", "enter")
        await desk.until(lambda: desk.opened == "Away", "the page")
        await desk.press("J")
        await desk.press("K", "G", "semicolon")
        assert [hint.href for hint in desk.browser.viewer.hints][-1].endswith("/ferry")


async def test_a_click_on_a_link_asks(stocked: Path) -> None:
    async with open_desk(stocked, (100, 24)) as desk:
        await desk.press("enter")
        await desk.click("link 1")
        assert "/away?1" in desk.lines[-1]
        await desk.press("escape")
        assert desk.browser.reading


@pytest.fixture
def noted(tmp_path: Path, shop: Shop, clock: object) -> Path:
    """A home with an article that has notes at its end."""
    article = Article(
        "aaaa00000003",
        "",
        headline="Notes",
        blocks=(
            Block("paragraph", (Run("It rose"), Run("1", "", "#n1"), Run(" and fell.")), anchors=("r1",)),
            *(Block("paragraph", (Run(f"{number}. {LONG}"),)) for number in range(20)),
            Block("item", (Run("By forty. "), Run("↩", "", "#r1")), 1, 1, anchors=("n1",)),
            Block("paragraph", (Run("Twice."),)),
            Block("item", (Run("Another."),), 1, 2, anchors=("n2",)),
        ),
    )
    return stock(tmp_path / "home", shop, [article])


async def test_a_footnote_is_read_where_it_is_referred_to(noted: Path) -> None:
    async with open_desk(noted, (80, 24)) as desk:
        await desk.press("enter")
        assert "It rose¹ and fell." in desk.text
        await desk.press("number_sign")
        assert desk.message == "No links in this article"
        await desk.press("semicolon", "a")
        assert "Note 1" in desk.text
        assert "By forty." in desk.text
        assert "Twice." in desk.text
        assert "Another" not in desk.text
        assert "↩" not in desk.text
        await desk.press("escape")
        assert desk.browser.viewer.position == 0
        assert desk.browser.reading
        # Into the notes, by the note's own link back, and by Esc the way that was gone.
        await desk.press("semicolon", "a", "enter")
        assert "Twice." in desk.text
        place = desk.browser.viewer.position
        assert place > 10
        await desk.press("semicolon", "a")
        assert desk.browser.viewer.position == 0
        await desk.press("escape")
        assert desk.browser.viewer.position == place
        await desk.press("escape")
        assert desk.browser.viewer.position == 0
        await desk.press("escape")
        assert not desk.browser.reading


def test_labels_are_short_and_none_begins_another() -> None:
    assert labels(3) == ["a", "s", "d"]
    for count in (1, len(LETTERS), len(LETTERS) + 1, 400, 401):
        made = labels(count)
        assert len(set(made)) == count
        assert len({len(label) for label in made}) <= 1


# --- looks --------------------------------------------------------------------------------------------


async def test_margins_spacing_and_focus_are_kept(stocked: Path) -> None:
    async with open_desk(stocked, (80, 24)) as desk:
        await desk.press("enter")
        left = desk.lines[7].index("The")
        assert left == 4
        await desk.press("right_curly_bracket", "right_curly_bracket", "right_curly_bracket")
        assert desk.message == "Margins of 8 columns at least"
        assert desk.lines[7].index("The") == 8
        await desk.press("left_curly_bracket")
        assert desk.lines[7].index("The") == 6
        await desk.press("underscore")
        assert desk.message == "One blank line between lines"
        assert desk.lines[8] == ""
        assert desk.lines[9].strip()
        await desk.press("z")
        assert desk.message == "z brings the bars back"
        desk.browser._quiet()
        await desk.pilot.pause()
        # Nothing but the text: no tabs, no trail, no status line.
        assert "tui-news" not in desk.text
        assert desk.browser.viewer.size.height == 24
        # What is asked and said is seen all the same, and goes again.
        await desk.press("slash")
        await desk.type("ferry", "enter")
        assert "Hit 1 of" in desk.lines[-1]
        await desk.press("escape", "escape")
        assert "tui-news" in desk.text
        assert not desk.browser.reading
    async with open_desk(stocked, (80, 24)) as desk:
        assert "tui-news" in desk.text
        await desk.press("enter")
        assert "tui-news" not in desk.text
        assert desk.lines[5].index("The") == 6
        await desk.press("z")
        assert "tui-news" in desk.text
        await desk.press("underscore")
        assert desk.message == "Two blank lines between lines"
        await desk.press("underscore")
        assert desk.message == "Lines set close"


async def test_focus_mode_hides_the_list_of_a_wide_screen(stocked: Path) -> None:
    async with open_desk(stocked, (120, 30)) as desk:
        await desk.press("enter", "z")
        assert desk.browser.viewer.size.width == 120
        await desk.press("z")
        assert desk.browser.viewer.size.width < 80


async def test_progress_and_reading_time(stocked: Path) -> None:
    async with open_desk(stocked, (80, 24)) as desk:
        assert desk.lines[1].endswith("2 unread of 2")
        await desk.press("enter")
        first = desk.lines[1]
        assert "1 min · " in first
        await desk.press("G")
        assert desk.lines[1].endswith("1 min · 100%")
        await desk.press("J")
        assert "28 min ·   1%" in desk.lines[1]
        await desk.press("i")
        assert "28 minutes" in desk.text
        await desk.press("escape", "h")
        assert desk.lines[1].endswith("0 unread of 2")


def test_reading_time_counts_words_or_characters() -> None:
    assert minutes(()) == 0
    assert minutes((Block("rule"),)) == 0
    assert minutes((Block("paragraph", (Run("one two"),)),)) == 1
    assert minutes((Block("paragraph", (Run("It’s a well-known word " * 238),)),)) == 4
    assert minutes((Block("paragraph", (Run("潮水上涨" * 500),)),)) == 5
    # A book is not counted to its end, and takes as long all the same.
    assert minutes((Block("paragraph", (Run("word " * 1_000),)),) * 1_000) == round(1_000_000 / 238)


async def test_hits_are_counted_and_gone_through_both_ways(stocked: Path) -> None:
    async with open_desk(stocked, (80, 24)) as desk:
        await desk.press("enter", "slash")
        await desk.type("ferry", "enter")
        count = desk.browser.viewer.hits
        assert count == 21
        assert desk.message.startswith("Hit 1 of 21 · n next · N previous")
        await desk.press("n", "n", "N")
        assert desk.message.startswith("Hit 2 of 21")
        await desk.press("N", "N")
        assert desk.message.startswith("Hit 21 of 21")
        view = desk.browser.viewer
        shown = {
            segment.style.bold and segment.style.reverse
            for y in range(view.size.height)
            for segment in view.render_line(y)
            if segment.text.lower() == "ferry" and segment.style
        }
        assert shown == {True, None} or shown == {True, False}  # the one that the reader is at stands out


# --- what the terminal does ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://e.example/a?b#c", "https://e.example/a?b#c"),
        ("http://bücher.example:8080/ü", "http://xn--bcher-kva.example:8080/%C3%BC"),
        ("mailto:a@e.example", "mailto:a@e.example"),
        ("https://good.example@evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://e.example/\x1b]8;;x\x07", ""),
        ("https://e.example/\x9c", ""),
        ("https://e.example/a b", ""),
        ("https://[::1", ""),
        ("https://e.example:99999999/", ""),
        ("https://" + "x" * 3_000, ""),
        ("mailto:", ""),
        ("#fn1", ""),
        ("", ""),
    ],
)
def test_what_a_terminal_is_given_as_a_link(url: str, target: str) -> None:
    assert terminal_link(url) == target
    assert linked("text", url) == (f"\x1b]8;;{target}\x1b\\text\x1b]8;;\x1b\\" if target else "text")


def test_where_links_are_written() -> None:
    xterm = {"TERM": "xterm-256color"}
    assert may_link("auto", xterm)
    assert not may_link("never", xterm)
    assert not may_link("auto", {**xterm, "TUI_NEWS_SLOW": "1"})
    assert may_link("always", {"TERM": "linux"})
    for term in ("linux", "dumb", "vt220", "", "rxvt-unicode"):
        assert not may_link("auto", {"TERM": term})
    assert not may_link("auto", {**xterm, "VTE_VERSION": "4803"})
    # On paper, so to speak, only where it is sure.
    assert not may_link("auto", xterm, known=True)
    assert may_link("auto", {"TERM": "xterm-kitty"}, known=True)
    assert may_link("auto", {**xterm, "TERM_PROGRAM": "iTerm.app"}, known=True)
    assert may_strike("auto", xterm)
    assert not may_strike("auto", {**xterm, "TMUX": "/tmp/x"})
    assert may_strike("line", {"TERM": "linux"})
    assert not may_strike("mark", xterm)


async def test_struck_out_text(stocked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for term, text in (("linux", "It was ~~safe~~ late."), ("xterm-256color", "It was safe late.")):
        monkeypatch.setenv("TERM", term)
        monkeypatch.delenv("TMUX", raising=False)
        async with open_desk(stocked, (80, 24)) as desk:
            await desk.press("enter")
            assert text in desk.text
            view = desk.browser.viewer
            struck = [s.text for y in range(24) for s in view.render_line(y) if s.style and s.style.strike]
            assert struck == ["~~safe~~" if term == "linux" else "safe"]


# --- saving -------------------------------------------------------------------------------------------


async def test_saving(stocked: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    async with open_desk(stocked, (100, 24)) as desk:
        await desk.press("w")
        assert "Save as: The-ferry-what-now.md" in desk.lines[-1]
        await desk.press("enter")
        assert desk.message == f"Saved {folder}/The-ferry-what-now.md"
        text = (folder / "The-ferry-what-now.md").read_text()
        assert text.startswith("# The ferry: what “now”?\n")
        assert "~~safe~~" in text
        # The next one has a number; a name that is taken is asked about.
        await desk.press("w", "enter")
        assert desk.message.endswith("/The-ferry-what-now-2.md")
        await desk.press("w", "ctrl+u")
        await desk.type("The", "tab")
        assert "Save as: (" in desk.lines[-1] or "The-ferry-what-now" in desk.lines[-1]
        await desk.press("ctrl+u")
        await desk.type("a.html", "enter")
        assert (folder / "a.html").read_text().startswith("<!DOCTYPE html>")
        (folder / "a.html").write_text("mine")
        await desk.press("w", "ctrl+u")
        await desk.type("a.html", "enter")
        assert desk.lines[-1].startswith(" a.html is there already · o overwrites it · n saves as a-2.html")
        await desk.press("x", "escape")
        assert desk.message == "Not saved"
        assert (folder / "a.html").read_text() == "mine"
        await desk.press("w", "ctrl+u")
        await desk.type("a.html", "enter", "n")
        assert (folder / "a-2.html").exists()
        await desk.press("w", "ctrl+u")
        await desk.type("a.html", "enter", "o")
        assert (folder / "a.html").read_text() != "mine"
        await desk.press("w", "escape")
        assert desk.message == "Not saved"
        await desk.press("w", "ctrl+u")
        await desk.type("/proc/none/a.txt", "enter")
        assert "not saved" in desk.message


async def test_saving_where_and_as_the_settings_say(stocked: Path, shop: Shop, tmp_path: Path) -> None:
    config = stocked / "config" / "config.toml"
    config.write_text(
        config.read_text() + f'\n[save]\nfolder = "{tmp_path}/clips"\nformat = "text"\n', encoding="utf-8"
    )
    async with open_desk(stocked, (200, 24)) as desk:
        await desk.press("enter", "w")
        assert f"{tmp_path}/clips/The-ferry-what-now.txt" in desk.lines[-1]
        await desk.press("enter")
        assert (tmp_path / "clips" / "The-ferry-what-now.txt").read_text().startswith("The ferry")


# --- piping -------------------------------------------------------------------------------------------


async def run(desk: Desk, command: str) -> None:
    await desk.press("vertical_line")
    desk.browser.query_one("#prompt Input", Input).value = command
    await desk.press("enter")


def text_of(name: str) -> str:
    return Path(name).read_text(encoding="utf-8")


async def test_piping_shows_what_the_command_says(stocked: Path) -> None:
    async with open_desk(stocked, (100, 24)) as desk:
        await run(desk, "grep -o captain@f")
        await desk.until(lambda: "Esc closes" in desk.text, "the output")
        assert desk.text.count("captain@f") == 2  # the command, and what it found
        await desk.press("escape")
        # No shell: what is special to one is a word like any other.
        await run(desk, "echo $HOME; * > x")
        await desk.until(lambda: "Esc closes" in desk.text, "the output")
        assert "$HOME; * > x" in desk.text
        assert os.listdir() == []
        await desk.press("escape")
        await run(desk, "sh -c 'cat > x; exit 3'")
        await desk.until(lambda: "ended with 3" in desk.message, "the end")
        assert desk.message == "sh ended with 3 and said nothing"
        assert text_of("x").startswith("The ferry: what “now”?\n")
        await run(desk, "true")
        await desk.until(lambda: desk.message == "true is done", "the end")
        # The commands are remembered.
        await desk.press("vertical_line", "up", "up")
        assert "sh -c 'cat > x; exit 3'" in desk.lines[-1]
        await desk.press("down", "down", "escape")
    async with open_desk(stocked, (100, 24)) as desk:
        await desk.press("vertical_line", "up")
        assert "Pipe to: true" in desk.lines[-1]


async def test_piping_that_fails_says_why(stocked: Path) -> None:
    async with open_desk(stocked, (100, 24)) as desk:
        await run(desk, "no-such-command x")
        await desk.until(lambda: "no such command" in desk.message, "the error")
        await run(desk, "echo 'x")
        assert desk.message == "Not run: a quote is not closed"
        await run(desk, "/")
        await desk.until(lambda: "could not be started" in desk.message, "the error")
        await run(desk, "! true")
        assert desk.message == "This terminal cannot be given away"
        # What it says is cleaned, and a failure stands beside it.
        await run(desk, "sh -c 'printf \"\\033[31mred\\033]0;title\\007\" && exit 2'")
        await desk.until(lambda: "Esc closes" in desk.text, "the output")
        assert "ended with 2" in desk.text
        assert re.search(r"│ red +│", desk.text)


async def test_keys_of_one_packet_reach_the_prompt(stocked: Path) -> None:
    async with open_desk(stocked, (80, 24)) as desk:
        await desk.press("enter")
        names = {"/": "slash", "_": "underscore", ";": "semicolon"}
        for char in "/z_;q":
            desk.app.post_message(Key(names.get(char, char), char))
        desk.app.post_message(Key("enter", None))
        await desk.until(lambda: desk.message == "“z_;q” is not in this article", "all of it, in order")
        assert desk.browser.viewer.spacing == 0
        assert desk.browser.reading
        for char in "/ferry":
            desk.app.post_message(Key(names.get(char, char), char))
        await desk.until(lambda: "Find in this article: ferry" in desk.text, "all of it")
        await desk.press("enter", "n")
        assert desk.message.startswith("Hit 2 of")


async def test_a_command_gets_what_the_setting_says(stocked: Path) -> None:
    config = stocked / "config" / "config.toml"
    config.write_text(config.read_text() + '\n[pipe]\nformat = "html"\n', encoding="utf-8")
    async with open_desk(stocked, (100, 24)) as desk:
        await desk.press("enter")
        await run(desk, "head -n 1")
        await desk.until(lambda: "<!DOCTYPE html>" in desk.text, "the output")


def test_a_command_that_needs_the_terminal_gets_it(stocked: Path, tmp_path: Path) -> None:
    script = tmp_path / "ask"
    script.write_text(
        "#!/bin/sh\nhead -n 1\nprintf 'Your name? '\nread name < /dev/tty\n"
        'echo "Hello $name." > said\nexit 4\n'
    )
    script.chmod(0o755)
    with program(stocked, cwd=tmp_path / "desk") as terminal:
        terminal.wait_for("unread of", 20)
        terminal.press("enter")
        terminal.wait_for("The river rose")
        # The terminal is told where links lead.
        assert re.search(rb"\x1b\]8;id=\d+;http://127\.0\.0\.1:\d+/away\?2\x1b\\", terminal.raw)
        before = terminal.screen
        terminal.send(f"|!{script}\r")
        terminal.wait_for("Your name?", 20)
        assert "The ferry: what “now”?" in terminal.text
        terminal.send("Ann\r")
        terminal.wait_for(re.compile(r"ended with 4\s+· Enter goes back"))
        assert (tmp_path / "desk" / "said").read_text() == "Hello Ann.\n"
        terminal.send("\r")
        terminal.wait_for("The river rose")
        terminal.wait_for("ended with 4")
        terminal.settle()
        # All of the screen is back, but for the message.
        assert terminal.screen[2:-1] == before[2:-1]
        terminal.send("|!no-such-command\r")
        terminal.wait_for("no such command")
        assert quit_from(terminal) == 0


# --- QR codes -----------------------------------------------------------------------------------------


def scanned(desk: Desk) -> str:
    """What a telephone reads off the screen, from the very colours of its half blocks."""
    strips = desk.app.screen._compositor.render_strips()
    width = strips[0].cell_length
    image = Image.new("RGB", (width, 2 * len(strips)))
    for y, strip in enumerate(strips):
        x = 0
        for segment in strip:
            style = segment.style
            ink = style.color.triplet if style and style.color and style.color.triplet else (200, 200, 200)
            paper = style.bgcolor.triplet if style and style.bgcolor and style.bgcolor.triplet else (0, 0, 0)
            for char in segment.text:
                image.putpixel((x, 2 * y), tuple(ink if char in "▀█" else paper))
                image.putpixel((x, 2 * y + 1), tuple(ink if char in "▄█" else paper))
                x += 1
    found = zxingcpp.read_barcodes(
        image.resize((image.width * 6, image.height * 6), Image.Resampling.NEAREST)
    )
    return found[0].text if found else ""


@pytest.mark.parametrize("theme", ["ink", "paper"])
async def test_a_link_as_a_qr_code(stocked: Path, shop: Shop, theme: str) -> None:
    async with open_desk(stocked, (80, 24)) as desk:
        desk.app.choose_theme(theme)
        await desk.press("Q")
        assert shop.url("/ferry") in desk.text
        assert scanned(desk) == shop.url("/ferry")
        await desk.pilot.resize_terminal(20, 10)
        await desk.pilot.pause()
        assert "Make it larger" in " ".join(desk.text.split())
        await desk.press("q")
        assert "The ferry" in desk.text


async def test_long_links(tmp_path: Path, shop: Shop, clock: object) -> None:
    urls = ["https://e.example/" + "a" * length for length in (110, 900, 3_500)]
    articles = [Article(f"bbbb0000000{n}", "", url=url, headline=f"No {n}") for n, url in enumerate(urls)]
    articles.append(Article("bbbb00000009", "", headline="None"))
    async with open_desk(stock(tmp_path / "home", shop, articles), (80, 24)) as desk:
        await desk.press("Q")
        assert scanned(desk) == urls[0]
        await desk.press("escape", "j", "Q")
        assert "columns and" in desk.text
        await desk.pilot.resize_terminal(160, 80)
        await desk.pilot.pause()
        assert scanned(desk) == urls[1]
        await desk.press("escape", "j", "Q")
        assert "more than a QR code holds" in desk.message
        await desk.press("j", "Q")
        assert desk.message == "This article has no link"
