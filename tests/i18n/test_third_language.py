"""A further language is a catalogue and nothing else: begun by the script, translated, spoken, in step."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from tui_news import i18n
from tui_news.cache.errors import disk_error
from tui_news.config import load_config
from tui_news.i18n import _, languages, many, names, use
from tui_news.paths import Places
from tui_news.portal.query import Query, QueryError
from tui_news.text.when import day

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """`scripts/messages.py` over a folder of catalogues of its own, which the program speaks from."""
    pytest.importorskip("babel")
    folder = tmp_path / "i18n"
    folder.mkdir()
    for path in (ROOT / "tui_news" / "i18n").glob("zh_CN.*"):
        shutil.copy(path, folder)
    spec = importlib.util.spec_from_file_location("messages_script", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "CATALOGUES", folder)
    monkeypatch.setattr(i18n, "_AT_HOME", str(folder))
    yield module
    use("en")


def run(script: ModuleType, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["messages.py", *arguments])
    code: int = script.main()
    return code


def test_polish_with_its_three_plurals(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from babel.messages.pofile import read_po, write_po

    assert run(script, monkeypatch, "--new", "pl") == 0
    assert languages() == ("en", "pl", "zh_CN")
    path = script.CATALOGUES / "pl.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="pl")
    said = {
        "English": "polski", "now": "teraz", "{weekday} {day} {month}": "{weekday}, {day} {month}",
        "Tue": "wt.", "Nov": "listopada",
    }  # fmt: skip
    for message in catalogue:
        if message.id in said:
            message.string = said[message.id]
        elif isinstance(message.id, tuple) and message.id[0] == "{count} article":
            message.string = ("{count} artykuł", "{count} artykuły", "{count} artykułów")
    with path.open("wb") as out:
        write_po(out, catalogue)
    assert run(script, monkeypatch) == 0
    assert " 0 untranslated" in capsys.readouterr().out.partition("zh_CN: ")[2]
    assert names()["pl"] == "polski"
    assert use("auto", {"LANG": "pl_PL.UTF-8"}) == "pl"
    assert [many(n, "{count} article", "{count} articles") for n in (1, 3, 5, 22)] == [
        "1 artykuł", "3 artykuły", "5 artykułów", "22 artykuły",
    ]  # fmt: skip
    assert day(NOW) == "wt., 24 listopada"
    # What is not translated yet is said in English.
    assert _("Undone: {what}, {articles}.", what="a", articles="b") == "Undone: a, b."
    assert run(script, monkeypatch, "--check") == 0


def test_what_goes_wrong_is_said_in_the_readers_language(tmp_path: Path) -> None:
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")
    places.config.mkdir()
    places.config_file.write_text('[refresh]\njobs = "many"\n\n[nothing]\n', encoding="utf-8")
    try:
        use("zh_CN")
        first, second = load_config(places).problems
        assert first == 'config.toml:2: refresh.jobs："many" 不是1 到 128 的整数；改用 16'
        assert "不是表" in second
        assert "磁盘已满" in str(disk_error(Path("/x"), OSError(28, "No space left")))
        with pytest.raises(QueryError, match="不是时间"):
            Query.parse("after:soon", NOW)
    finally:
        use("en")
