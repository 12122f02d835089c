"""Wrong use, `config`, `doctor`: codes, one line for each error, and where it says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.conftest import Cli
from tui_news import __version__
from tui_news.cli.parser import parse, parser
from tui_news.cli.usual import usual
from tui_news.cli.verbs import VERBS


@pytest.mark.parametrize(
    "arguments",
    [
        ["headlins"], [""], ["--"], ["--bogus"], ["headlines", "--bogus"], ["headlines", "-n", "x"],
        ["headlines", "-n", "-1"], ["headlines", "-n", "1e3"], ["headlines", "--format", "xml"],
        ["headlines", "--since"], ["read"], ["read", "a", "b"], ["mark", "read"], ["mark", "eat", "1"],
        ["search"], ["search", "x", "--scope", "moon"], ["sources"], ["sources", "frob"], ["sources", "add"],
        ["config"], ["config", "set", "a"], ["undo", "1"], ["refresh", "--jobs", "many"], ["\x1b[31mred"],
    ],
)  # fmt: skip
def test_wrong_use_is_code_2_and_one_line_with_the_way_on(home: Path, cli: Cli, arguments: list[str]) -> None:
    result = cli(*arguments)
    assert (result.code, result.out) == (2, "")
    assert len(result.complaints) == 1
    assert result.err.startswith("tui-news: ")
    assert "--help` shows" in result.err
    assert "\x1b" not in result.err
    assert not home.exists()


def test_without_a_terminal_the_browser_says_what_works(home: Path, cli: Cli) -> None:
    result = cli()
    assert result.code == 2
    assert result.complaints == [
        "tui-news: the browser needs a terminal; `tui-news headlines` and `tui-news --linear` work in a pipe"
    ]


def test_version_and_help(home: Path, cli: Cli) -> None:
    assert cli("--version").lines == [f"tui-news {__version__}"]
    overview = cli("--help")
    assert overview.code == 0
    assert all(verb in overview.out for verb in VERBS)
    for verb in VERBS:
        result = cli(verb, "--help")
        assert result.code == 0
        assert result.lines[0].startswith(f"usage: tui-news {verb}")


def test_one_verb_s_parser_is_the_same_as_in_the_whole() -> None:
    for verb, rest in {"headlines": ["World", "-n", "3"], "read": ["1"], "sources": ["list"]}.items():
        assert parser(verb).parse_args([verb, *rest]) == parser().parse_args([verb, *rest])


WORDS = [
    "-n", "3", "-n3", "-n=3", "-nx", "--format", "json", "xml", "--format=tsv", "--form", "--format=",
    "--unread", "--unread=1", "--since", "2h", "--since=last", "--source", "--source=a", "--tag",
    "World", "front", "--", "-", "-h", "-1", "--save", "--web", "read", "star", "1", "--width", "40",
    "--cached", "--new", "--due", "--jobs", "--linear", "--without", "state", "--dry-run", "--output=x",
    "--clear", "--refresh", "--stories", "", "a b",
]  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(sorted(VERBS)), st.lists(st.sampled_from(WORDS), max_size=5))
def test_what_is_read_without_argparse_is_what_argparse_reads(verb: str, words: list[str]) -> None:
    found = usual([verb, *words])
    if found is not None:
        assert vars(found) == vars(parse([verb, *words]))


def test_most_lines_are_read_without_argparse() -> None:
    for line in ("headlines", "headlines World -n 20 --unread --since=last", "read 3 --width 60",
                 "mark read 1 2 3", "undo", "search some words -n5", "refresh --due", "topics"):  # fmt: skip
        assert usual(line.split()) is not None, line
    for line in ("headlines --help", "headlines -n x", "sources list", "headlines --form json", "unknown"):
        assert usual(line.split()) is None, line


def test_config_paths_are_under_the_home(home: Path, cli: Cli) -> None:
    paths = dict(line.split(maxsplit=1) for line in cli("config", "path").lines)
    assert paths == {
        "config": str(home / "config" / "config.toml"),
        "sources": str(home / "config" / "sources.toml"),
        "cache": str(home / "cache"),
        "data": str(home / "data"),
    }


def test_config_set_get_show(home: Path, cli: Cli) -> None:
    assert cli("config", "get", "refresh.jobs").lines == ["16"]
    assert cli("config", "set", "refresh.jobs", "7").code == 0
    file = home / "config" / "config.toml"
    file.write_text(file.read_text() + "# mine\n")
    assert cli("config", "set", "open.command", "w3m -T text/html").code == 0
    assert cli("config", "get", "refresh.jobs").lines == ["7"]
    assert cli("config", "get", "open.command").lines == ["w3m -T text/html"]
    assert "# mine" in file.read_text()
    changed = [line for line in cli("config", "show").lines if line.startswith("*")]
    assert [line.split()[1] for line in changed] == ["refresh.jobs", "open.command"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["get", "nope"], 4, "nope"),
        (["set", "nope.x", "1"], 2, "nope.x"),
        (["set", "refresh.jobs", "0"], 2, "1 to 128"),
        (["set", "ui.mouse", "maybe"], 2, "true or false"),
        (["set", "ui.preset", "emacs"], 2, "newsboat"),
    ],
)
def test_a_wrong_setting_is_named(home: Path, cli: Cli, arguments: list[str], code: int, words: str) -> None:
    result = cli("config", *arguments)
    assert (result.code, result.out) == (code, "")
    assert len(result.complaints) == 1
    assert words in result.err
    assert not (home / "config").exists()


def test_mistakes_in_the_files_are_named_by_line_and_the_verb_runs_on(filled: Path, cli: Cli) -> None:
    (filled / "config" / "config.toml").write_text('[refresh]\njobs = "x"\n\n[ui]\nthem = "ink"\n')
    sources = filled / "config" / "sources.toml"
    sources.write_text(sources.read_text() + '\n[[source]]\nurl = "gopher://old.example/"\n')
    result = cli("headlines", "-n", "1")
    assert (result.code, len(result.lines)) == (0, 1)
    line = sources.read_text().count("\n")
    assert [complaint.split()[1] for complaint in result.complaints] == [
        "config.toml:2:", "config.toml:5:", f"sources.toml:{line}:",
    ]  # fmt: skip
    assert "ui.theme" in result.complaints[1]


def test_doctor_on_a_new_home_changes_nothing(home: Path, cli: Cli) -> None:
    result = cli("doctor")
    assert result.code == 0
    assert result.lines[0].startswith(f"tui-news {__version__}, Python 3.")
    assert result.lines[-1] == "All is well."
    assert not home.exists()


def test_doctor_finds_damage_and_mends_it(filled: Path, cli: Cli) -> None:
    cli("headlines")
    cli("mark", "star", "1")
    assert cli("doctor").code == 0
    journal = next((filled / "cache" / "heads").glob("*.jsonl"))
    data = bytearray(journal.read_bytes())
    data[len(data) // 2] ^= 0x55
    journal.write_bytes(data)
    found = cli("doctor")
    assert (found.code, found.lines[-1]) == (1, "Something is wrong, see above.")
    assert found.err
    cli("doctor", "--repair")
    assert cli("doctor").code == 0
    assert cli("headlines", "-n", "1").lines[0][2] == "★"
