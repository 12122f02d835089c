"""Long articles and wide tables in the viewer: gone through from both ends, searched, moved sideways."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.desk import open_desk
from tests.ui.shop import open_shop, stock
from tui_news.model import Article, Block, Run
from tui_news.typeset import Galley

PARAGRAPHS = 3_000
TEXT = "The tide had gone out, and the boats lay on the sand. "
HANZI = "潮水退去，渔船停在沙滩上，孩子们在船边玩耍。"


def prose(number: int) -> Block:
    text = f"No. {number}. " + (TEXT if number % 2 else HANZI) * (1 + number % 9)
    return Block("paragraph", (Run(text),))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book: list[Block] = []
    for number in range(PARAGRAPHS):
        if number % 300 == 0:
            book.append(Block("subhead", (Run(f"Chapter {number // 300 + 1}"),), 2))
        book.append(prose(number))
    book.append(Block("paragraph", (Run("The end of the book."),)))
    head = ("City", *(f"Year {year}" for year in range(2001, 2021)))
    rows = [(f"City {row}", *(f"{row}-{column}" for column in range(20))) for row in range(40)]
    cells = tuple(tuple((Run(text),) for text in row) for row in (head, *rows))
    articles = [
        Article("dddd00000001", "", headline="Book", language="en", blocks=tuple(book)),
        Article(
            "dddd00000002", "", headline="Table",
            blocks=(prose(1), Block("table", rows=cells, header=True), prose(3), prose(5)),
        ),
        Article("dddd00000003", "", headline="Short", blocks=(prose(1), prose(3))),
    ]  # fmt: skip
    with open_shop() as shop:
        return stock(tmp_path_factory.mktemp("long") / "home", shop, articles)


async def test_the_end_of_a_book_is_there_without_the_rest(
    home: Path, clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_blocks: set[int] = set()
    real = Galley._lines_of

    def watched(galley: Galley, index: int) -> object:
        set_blocks.add(index)
        return real(galley, index)

    monkeypatch.setattr(Galley, "_lines_of", watched)
    async with open_desk(home, (80, 24)) as desk:
        view = desk.browser.viewer
        await desk.press("enter", "G")
        assert "The end of the book." in desk.text
        assert "100%" in desk.lines[1]
        assert view.at_end
        # Upwards line by line and by the page, each line once.
        seen = [line for line in desk.lines[2:-1] if line]
        for key in ("k", "k", "k", "pageup", "pageup", "ctrl+u"):
            before = desk.lines[2:-1]
            await desk.press(key)
            after = desk.lines[2:-1]
            assert before[0] in after
            step = max(
                at
                for at, line in enumerate(after)
                if line == before[0] and after[at:] == before[: len(after) - at]
            )
            seen = [line for line in after[:step] if line] + seen
        numbers = [int(line.split("No. ")[1].split(".")[0]) for line in seen if "No. " in line]
        assert numbers == list(range(numbers[0], PARAGRAPHS))
        assert "99%" in desk.lines[1]
        await desk.press("O", "down", "down", "down", "down", "down", "enter")
        assert "Chapter 6" in desk.lines[2]
        assert desk.lines[1].endswith(" 50%")
        await desk.press("slash")
        await desk.type("No. 2222.", "enter")
        assert desk.message.startswith("Hit 1 of 1")
        assert "No. 2222." in desk.text
        await desk.press("escape", "k", "j")
        place = view.position
        await desk.pilot.resize_terminal(60, 20)
        await desk.pilot.pause()
        assert view.position == place
        assert len(set_blocks) < 300
        await desk.press("g")
        assert "Chapter 1" in desk.text
        assert "  0%" in desk.lines[1]
        await desk.press("slash")
        await desk.type("tide", "enter")
        assert desk.message.startswith("Hit 1 of ")
        await desk.press("N")
        assert f"No. {PARAGRAPHS - 1}." in desk.text


async def test_the_place_in_a_book_is_kept(home: Path, clock: object) -> None:
    async with open_desk(home, (80, 24)) as desk:
        await desk.press("enter")
        desk.browser.viewer.go_to_block(1_700)
        await desk.press("j", "k")
        assert desk.browser.viewer.position == 1_700
        await desk.press("h")
    async with open_desk(home, (100, 30)) as desk:
        await desk.press("enter")
        assert desk.browser.viewer.position == 1_700
        first = desk.lines[2].strip()
        assert first.startswith(f"No. {1_700 - 6}.")


async def test_a_wide_table_is_moved_sideways(home: Path, clock: object) -> None:
    async with open_desk(home, (80, 24)) as desk:
        await desk.press("j", "enter", "full_stop")
        rows = [line for line in desk.lines if "City 3 " in line]
        assert rows[0].rstrip().endswith("›")
        assert rows[0].split()[:4] == ["City", "3", "‹", "3-1"]
        assert "Columns 3–" in desk.text
        assert "of 21 · Shift-← Shift-→" in desk.text
        await desk.press("space")
        # The head lies over the rows, and no row is lost under it.
        assert desk.lines[2].startswith("    City ")
        first = int(desk.lines[4].split("City ")[1].split()[0])
        await desk.press("pageup")
        assert f"City {first} " in desk.text
        await desk.press("slash")
        await desk.type("17-18", "enter")
        assert desk.message.startswith("Hit 1 of 1")
        assert "17-18" in desk.text
        assert "Columns " in desk.text or desk.lines[2].startswith("    City ")
        await desk.press("escape", *["shift+left"] * 30)
        await desk.press("g")
        assert "21 columns · Shift-← Shift-→ shows them side by side" in desk.text
        assert "City: City 0" in desk.text
        await desk.press("shift+right")
        assert "Columns 2–" in desk.text
        # It is looked at as it was when the window has another size.
        await desk.press("shift+right", "shift+right", "minus")
        assert "Columns 4–" in desk.text
        await desk.press("J", "full_stop")
        assert desk.message == "No table on screen that is wider than the window"
