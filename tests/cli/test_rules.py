"""`tui-news rules`, `search --save`, `export`, `import` and `sync` on the shell."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.conftest import Cli


def test_rules_are_added_listed_applied_and_removed(filled: Path, cli: Cli) -> None:
    assert cli("rules", "list").code == 4
    first = cli("headlines", "-n", "1", "--format", "json").json["articles"][0]
    word = max(first["headline"].split(), key=len).strip(".,:?!").lower()
    tried = cli("rules", "test", f"title:{word}", "--format", "json")
    assert first["id"] in [article["id"] for article in tried.json["articles"]]
    count = len(tried.json["articles"])
    added = cli("rules", "add", "hide,tag:noise", f"title:{word}")
    assert added.code == 0
    assert added.out.startswith(f"{count} article")
    (rule,) = cli("rules", "list", "--format", "json").json["rules"]
    assert rule == {"number": 1, "do": ["hide", "tag:noise"], "match": f"title:{word}", "articles": count}
    assert first["id"] not in [a["id"] for a in cli("headlines", "--format", "json").json["articles"]]
    hidden = cli("search", "is:hidden", "--format", "json").json["articles"]
    assert len(hidden) == count
    assert "noise" in hidden[0]["tags"]
    told = cli("rules", "why", first["id"])
    assert told.lines == [f"hide tag:noise “title:{word}”", "It is hidden."]
    assert cli("rules", "apply").lines == ["The cached articles are as the rules say."]
    assert "shown again" in cli("rules", "remove", "1").out
    assert cli("headlines", "-n", "1", "--format", "json").json["articles"][0]["id"] == first["id"]
    assert cli("rules", "remove", "1").code == 4
    assert cli("undo").out.startswith("Undone: rule: removed hide")
    assert len(cli("rules", "list", "--format", "tsv").lines) == 2


def test_a_rule_that_cannot_be_is_refused(filled: Path, cli: Cli) -> None:
    for arguments in (("burn", "x"), ("hide", "is:nonsense"), ("hide", " ")):
        refused = cli("rules", "add", *arguments)
        assert (refused.code, len(refused.complaints)) == (2, 1)


def test_a_search_is_saved_and_listed_as_a_section(filled: Path, cli: Cli) -> None:
    saved = cli("search", "the", "--save", "Articles", "--section", "World", "-n", "0", "--format", "json")
    ids = {article["id"] for article in saved.json["articles"]}
    listed = cli("headlines", "articles", "-n", "0", "--format", "json").json["articles"]
    assert {article["id"] for article in listed} == ids
    assert cli("headlines", "World/Articles", "-n", "1", "--unread").code == 0
    assert cli("search", "the", "--save", "Articles", "--section", "World").code == 1
    assert cli("search", "is:nonsense", "--save", "X").code == 2
    assert cli("undo").lines == ["Undone: kept search Articles (0 articles)"]
    assert cli("headlines", "Articles").code == 4


def test_the_state_moves_to_another_home(filled: Path, cli: Cli, tmp_path: Path) -> None:
    cli("mark", "star", "1", "2") if cli("headlines", "-n", "3").code == 0 else None
    file = tmp_path / "news.jsonl.gz"
    assert cli("export", str(file)).code == 0
    other = tmp_path / "other"
    home, os.environ["TUI_NEWS_HOME"] = os.environ["TUI_NEWS_HOME"], str(other)
    try:
        would = cli("import", "--dry-run", str(file))
        assert "would bring: " in would.out
        assert "starred 2" in would.out
        assert cli("import", str(file)).code == 0
        assert cli("import", str(file)).lines == ["Nothing in news.jsonl.gz is new"]
        assert len(cli("search", "is:starred", "--format", "json").json["articles"]) == 2
        assert cli("import", str(other / "nothing")).code == 1
        assert cli("import", str(other / "config" / "sources.toml")).code == 1
        folder = tmp_path / "shared"
        assert cli("sync", str(folder)).code == 1
        folder.mkdir()
        assert cli("sync", str(folder)).lines == ["Synced with no other machine yet: nothing new here"]
        cli("mark", "later", "1")
        cli("sync", str(folder))
        assert cli("sync").code == 2
    finally:
        os.environ["TUI_NEWS_HOME"] = home
    assert "later 1" in cli("sync", str(folder)).out
    assert cli("export", str(tmp_path / "no" / "folder.jsonl")).code == 1
