"""The stand-ins for a path and a cached property are what they stand for."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

from tui_news.light import Place, cached_property


def test_a_place_is_a_path_to_all_who_ask(tmp_path: Path) -> None:
    place = Place(tmp_path)
    below = place / "a" / "b.txt"
    assert os.fspath(below) == str(tmp_path / "a" / "b.txt") == str(below) == f"{below}"
    assert below == tmp_path / "a" / "b.txt" == below
    assert below != place
    assert (below.name, below.parent, below.suffix) == ("b.txt", tmp_path / "a", ".txt")
    below.parent.mkdir()
    below.write_text("x")
    assert below.read_text() == "x"
    assert Path(below).exists()
    assert [Place(path) for path in sorted(place.iterdir())] == [place / "a"]
    assert sorted([below, place]) == [place, below]
    assert {place: 1}[Place(str(tmp_path))] == 1
    assert pickle.loads(pickle.dumps(below)) == below
    assert Place("/").parent == Place("/")


def test_a_cached_property_is_worked_out_once() -> None:
    class Box:
        made = 0

        @cached_property
        def value(self) -> list[int]:
            """What it holds."""
            self.made += 1
            return []

    box, other = Box(), Box()
    box.value.append(1)
    assert (box.value, box.made, other.value) == ([1], 1, [])
    assert Box.value.__doc__ == "What it holds."
