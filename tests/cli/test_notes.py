"""`tui-news notes` and `mark debate`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli, spawn


def test_notes_are_written_listed_and_taken_off(filled: Path, cli: Cli) -> None:
    nothing = cli("notes")
    assert (nothing.code, nothing.out) == (4, "")
    cli("headlines")
    assert cli("notes", "2", "ask", "the", "harbour").out == "Note kept\n"
    assert cli("notes", "2").out == "ask the harbour\n"
    listed = cli("notes", "--format", "json").json["notes"]
    assert [(row["note"], row["debate"]) for row in listed] == [("ask the harbour", False)]
    assert cli("notes", "--format", "tsv").lines[1].endswith("\t0\task the harbour")
    assert cli("notes").lines[0].startswith("  1 ✎ ")
    assert cli("notes", "1", "--clear").out == "Note removed\n"
    assert cli("notes", "1").code == 4
    assert cli("undo").out.startswith("Undone: note removed")
    assert cli("notes", listed[0]["id"]).out == "ask the harbour\n"
    assert cli("notes", "1", "x", "--clear").code == 2
    assert cli("notes", "nowhere").code == 4


def test_a_note_from_stdin(filled: Path, cli: Cli) -> None:
    cli("headlines")
    assert spawn("notes", "1", "-", stdin="Zwei Zeilen\nund “說”\n".encode()).out == "Note kept\n"
    assert cli("notes", "1").out == "Zwei Zeilen\nund “說”\n"


def test_the_debate_is_exported(filled: Path, cli: Cli) -> None:
    first, second = cli("headlines", "--format", "json", "-n", "2").json["articles"]
    assert cli("mark", "debate", "1", "2").out == "2 articles put up for debate\n"
    cli("notes", "1", "*Against* it.")
    page = cli("notes", "--debate", "--format", "markdown")
    assert page.lines[0] == "# Debate"
    assert "*Against* it." in page.out
    assert page.out.count("\n## ") == 2
    assert f"<{first['url']}>" in page.out
    assert cli("mark", "undebate", second["id"]).code == 0
    assert len(cli("notes", "--debate", "--format", "json").json["notes"]) == 1
