"""Stories in linear mode: said once, their reports one by one, marks for all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.linear.conftest import Talk
from tests.stories import CONFIG, id_of, plant
from tui_news.newsroom import Newsroom
from tui_news.paths import Places

BRIDGE = (id_of(2, 0), id_of(0, 0), id_of(1, 0))


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    articles = [
        (0, 5, "Bridge shut"), (0, 90, "Ferry late"), (1, 7, "The bridge is shut"),
        (2, 60, "No way across"), (4, 2, "A moss"),
    ]  # fmt: skip
    places = plant(tmp_path / "home", datetime.now(UTC), articles, [BRIDGE])
    monkeypatch.setenv("TUI_NEWS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    return places


def states(places: Places) -> list[bool]:
    with Newsroom.open(places, read_only=True) as newsroom:
        return [newsroom.state(id).read for id in BRIDGE]


def row(lines: list[str], number: int) -> str:
    return next(line for line in reversed(lines) if line.startswith(f"{number}. "))


def test_a_story_is_said_once_and_its_reports_on_request(told: Places, talk: Talk) -> None:
    lines = talk("& 2", "2", "q", "top", "exit")
    assert lines[0] == "All sections: 3 stories, 3 unread."
    assert lines[2].startswith("2. No way across. 3 sources, ")
    assert lines[2].endswith(", unread")
    assert "3 reports. A number opens." in lines
    reports = [line[3:] for line in lines[lines.index("3 reports. A number opens.") + 1 :][:3]]
    assert [line.split(",")[0] for line in reports] == ["Harbour Post", "Tramway Bulletin", "Elder Courier"]
    assert "The bridge is shut" in lines  # opened, it begins with its headline
    assert ", 2 unread, " in row(lines, 2)
    assert states(told) == [False, False, True]


def test_marks_with_a_storys_number_are_for_all_of_it(told: Places, talk: Talk) -> None:
    lines = talk("m 2", "list", "exit")
    assert "3 articles marked read. u undoes it." in lines
    assert "All sections: 3 stories, 2 unread." in lines
    assert states(told) == [True] * 3
    talk("u", "exit")
    assert states(told) == [False] * 3


def test_the_next_unread_of_a_story_and_the_switch(told: Places, talk: Talk) -> None:
    talk("2", "n", "exit")
    assert states(told) == [True, False, False]
    lines = talk("1", "n", "exit")
    assert states(told) == [True, True, False]
    assert any("Bridge shut" in line for line in lines)
    lines = talk("V", "top", "exit")
    assert "Each article is said by itself." in lines
    assert lines[-1].startswith("5. ")
    assert talk("exit")[0] == "All sections: 5 articles, 1 unread."
    assert "Each story is said once." in talk("fold stories", "exit")


def test_one_report_may_be_read_for_all(told: Places, talk: Talk) -> None:
    told.config_file.write_text(CONFIG + '\n[ui]\nmark_read = "story"\n')
    talk("2", "exit")
    assert states(told) == [True] * 3
    lines = talk("& 1", "exit")
    assert any(line.startswith("Nobody else tells this story") for line in lines)
