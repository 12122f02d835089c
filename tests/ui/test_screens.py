"""What stands on the screen, as committed text files: `TUI_NEWS_SNAPSHOTS=write pytest` writes them anew."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path

from tests.ui.desk import Desk, copy_home, open_desk

FOLDER = Path(__file__).with_name("snapshots")
SIZES = ((80, 24), (120, 40), (20, 5))

# Where each picture is taken: the keys that lead there from a start at "All".
WAYS: dict[str, tuple[str, ...]] = {
    "front": (),
    "density-second": ("v",),
    "density-third": ("v", "v"),
    "world": ("2",),
    "article-en": ("2", "right_square_bracket", "enter"),
    "article-zh": ("8", "right_square_bracket", "right_square_bracket", "enter"),
    "article-ja": ("9", "right_square_bracket", "right_square_bracket", "enter"),
    "help": ("question_mark",),
    "sources": ("e",),
    "catalogue": ("C",),
    "tree": ("t",),
    "starred-none": ("apostrophe",),
    "filter": ("4", "f", *"barrier"),
    "filter-none": ("4", "f", *"zebra"),
}


def compare(name: str, text: str) -> None:
    """Hold a screen against its file. Raises AssertionError, with the difference, when they differ."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("TUI_NEWS_SNAPSHOTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    wanted = path.read_text(encoding="utf-8") if path.exists() else ""
    if text != wanted:
        lines = difflib.unified_diff(
            wanted.splitlines(), text.splitlines(), str(path), "the screen now", lineterm=""
        )
        raise AssertionError("\n".join(["The screen is not as it was:", *lines]))


def steady(desk: Desk) -> str:
    """The screen without how long a source took to answer."""
    return re.sub(r" *\d+ ms\b", lambda found: "0 ms".rjust(len(found[0])), desk.text) + "\n"


async def test_screens(pictured: Path) -> None:
    wrong: list[str] = []
    for name, keys in WAYS.items():
        # Each starts from the same home, and shows itself in every size.
        home = copy_home(pictured, pictured.with_name(name))
        async with open_desk(home, SIZES[0]) as desk:
            await desk.press(*keys)
            for size in SIZES:
                await desk.pilot.resize_terminal(*size)
                await desk.pilot.pause()
                try:
                    compare(f"{name}-{size[0]}x{size[1]}", steady(desk))
                except AssertionError as error:
                    wrong.append(str(error))
    assert not wrong, "\n\n".join(wrong)
