"""`tui-news mark` and `undo`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


def states(cli: Cli) -> dict[str, tuple[bool, bool]]:
    found = cli("headlines", "-n", "4", "--format", "json").json["articles"]
    return {article["id"]: (article["read"], article["starred"]) for article in found}


@pytest.mark.parametrize("what", ["read", "unread", "star", "unstar", "later", "unlater"])
def test_every_mark_is_one_step_of_undo(filled: Path, cli: Cli, what: str) -> None:
    before = states(cli)
    if what.startswith("un"):
        assert cli("mark", what.removeprefix("un"), "1", "2").code == 0
    marked = states(cli)
    done = cli("mark", what, "1", "2")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("2 articles ")
    assert cli("mark", what, "1", "2").lines == ["2 articles already so"]
    undone = cli("undo")
    assert undone.code == 0
    assert undone.out.startswith("Undone: ")
    assert states(cli) == marked
    if what.startswith("un"):
        assert cli("undo").code == 0
    assert states(cli) == before
    nothing = cli("undo")
    assert (nothing.code, nothing.out) == (4, "")
    assert nothing.complaints == ["tui-news: nothing to undo"]


def test_marks_by_id_number_and_beginning_are_counted_once(filled: Path, cli: Cli) -> None:
    id = next(iter(states(cli)))
    assert cli("mark", "star", "1", id, id[:6]).lines == ["1 article starred"]
    assert states(cli)[id] == (False, True)


def test_what_is_unknown_is_named_and_the_rest_is_marked(filled: Path, cli: Cli) -> None:
    id = next(iter(states(cli)))
    result = cli("mark", "read", "77", "1", "zz")
    assert result.code == 3
    assert result.lines == ["1 article marked read"]
    assert [line.split()[1] for line in result.complaints] == ["no", "zz"]
    assert states(cli)[id] == (True, False)
    nothing = cli("mark", "read", "77")
    assert (nothing.code, nothing.out) == (4, "")


def test_numbers_are_those_of_the_last_list(filled: Path, cli: Cli) -> None:
    german = cli("headlines", "Deutsch", "--format", "json").json["articles"]
    assert cli("mark", "later", "1").code == 0
    found = cli("search", "is:later", "--format", "json").json["articles"]
    assert [article["id"] for article in found] == [german[0]["id"]]


def test_signs_in_the_plain_list(filled: Path, cli: Cli) -> None:
    cli("headlines")
    cli("mark", "star", "1")
    cli("mark", "read", "2")
    signs = [line[3] for line in cli("headlines", "-n", "10").lines[:3]]
    assert signs == ["★", " ", "•"]
