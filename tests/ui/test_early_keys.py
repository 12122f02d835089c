"""Random keys and resizes while only a painted screen is there: in the end all is as without it.

`TUI_NEWS_STEPS=500` types that many keys in all in place of a few.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.ui.desk import copy_home
from tests.ui.test_early import differ, late, loaded, program, read_and_leave

KEYS = (
    "j",
    "j",
    "k",
    "\x1b[B",
    "G",
    "g",
    " ",
    "n",
    "p",
    "v",
    "1",
    "3",
    "\t",
    "s",
    "m",
    "L",
    "\r",
    "\n",
    "\x1b",
    "]",
)
SIZES = ((24, 80), (24, 80), (30, 100), (16, 60), (40, 130))
STEPS = int(os.environ.get("TUI_NEWS_STEPS", "0"))
AT_ONCE = 8


@pytest.fixture
def quiet(home: Path) -> Path:
    """A home whose articles are never fetched in full: that would change the screen by itself."""
    file = home / "config" / "sources.toml"
    file.write_text(file.read_text().replace("[[source]]\n", '[[source]]\nfull_text = "never"\n'))
    return home


@pytest.mark.parametrize("kept", [False, True], ids=["from the cache", "kept"])
def test_keys_typed_at_a_painted_screen_do_what_they_would_have_done(
    quiet: Path, tmp_path: Path, kept: bool
) -> None:
    if kept:
        read_and_leave(quiet)
    for round_ in range(max(1, STEPS // (2 * AT_ONCE))):
        one_round(quiet, tmp_path / str(round_), random.Random(f"{kept} {round_}"))


def one_round(quiet: Path, folder: Path, dice: random.Random) -> None:
    keys = [dice.choice(KEYS) for _ in range(AT_ONCE)]
    # Escape and what follows it at once is another key.
    keys = [key if key != "\x1b" or at == AT_ONCE - 1 else "h" for at, key in enumerate(keys)]
    sizes = [dice.choice(SIZES) for _ in range(dice.randrange(3))]
    start, end = (24, 80), [(24, 80), *sizes][-1]
    ours, theirs = copy_home(quiet, folder / "ours"), copy_home(quiet, folder / "theirs")
    with (
        program(ours, late(1.5, at="tui_news.ui.app"), rows=start[0], cols=start[1]) as painted,
        program(theirs, env={"TUI_NEWS_PAINTER": "0"}, rows=end[0], cols=end[1]) as plain,
    ):
        painted.wait_for("unread of", 20)
        assert not loaded(painted)
        for at, key in enumerate(keys):
            painted.send(key)
            if at < len(sizes):
                painted.resize(*sizes[at])
        plain.wait_for(loaded, 30)
        plain.wait_for("unread of", 30)
        plain.settle()
        plain.send("".join(keys))  # at once, as those that have waited come
        painted.wait_for(loaded, 30)
        wrong = differ(painted, plain)
        assert not wrong, "\n".join([f"{keys} {sizes}", *wrong[:3], painted.text, "---", plain.text])
