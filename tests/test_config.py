"""The reader's settings: what is right is taken, what is wrong is named by line, comments survive."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.config import (
    SETTINGS,
    Config,
    ConfigError,
    config_get,
    config_of,
    config_set,
    config_show,
    load_config,
)
from tui_news.config.settings import WebSearch
from tui_news.config.toml_text import TomlError, parse, scan, set_values
from tui_news.paths import Places

HAND_WRITTEN = """\
# My own settings.
[refresh]   # often
interval = 15  # minutes, not hours
jobs=4

# How it looks: this comment belongs to the table below.
[ui]
theme = 'paper'
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")


def write(places: Places, text: str) -> None:
    places.config.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text(text, "utf-8")


def test_without_a_file_all_is_default(places: Places) -> None:
    config = load_config(places)
    assert config == Config()
    assert config.integer("refresh.interval") == 60
    assert config.flag("refresh.on_start") is True
    assert config.text("ui.density") == "auto"
    assert config.words("open.command") == ()
    assert not places.config.exists()


def test_a_key_that_no_setting_has_raises(places: Places) -> None:
    with pytest.raises(KeyError):
        load_config(places).get("refresh.never")


def test_values_are_read(places: Places) -> None:
    write(
        places,
        HAND_WRITTEN
        + '[keys]\nopen = ["o", "Enter"]\nnext = "n"\n[open]\ncommand = "firefox -P \'my own\'"\n',
    )
    config = load_config(places)
    assert config.problems == ()
    assert config.integer("refresh.interval") == 15
    assert config.text("ui.theme") == "paper"
    assert config.keys == {"open": ("o", "Enter"), "next": ("n",)}
    assert config.words("open.command") == ("firefox", "-P", "my own")


def test_what_is_wrong_names_file_line_key_and_what_is_allowed(places: Places) -> None:
    write(
        places,
        "# first\n[refresh]\njobs = 900\nintervall = 3\non_start = 1\n\n[colours]\n[ui]\n\ndensity = 'four'\n"
        "[keys]\nopen = 3\n[[search.web]]\nname = 'x'\nurl = 'file:///etc/passwd'\n",
    )
    config = load_config(places)
    assert config.integer("refresh.jobs") == 16
    assert config.text("ui.density") == "auto"
    found = {problem.split(": ", 1)[0]: problem for problem in config.problems}
    assert "refresh.jobs: 900 is not a whole number from 1 to 128; using 16" in found["config.toml:3"]
    assert "did you mean refresh.interval?" in found["config.toml:4"]
    assert "refresh.on_start: 1 is not true or false" in found["config.toml:5"]
    assert "colours is no table" in found["config.toml:7"]
    assert '"one", "two", "cards"' in found["config.toml:10"]
    assert "keys.open" in found["config.toml:12"]
    assert "{searchTerms}" in found["config.toml:13"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \n", 2),
        ('a = """\n\\"""', 1),
        ("a = " + "[" * 100_000, 1),
        ("a" + ".a" * 100_000 + " = 1", 1),
        ("x = {" + "a." * 100_000 + "a = 1}", 1),
        ("a = 1\na = 2\n", 2),
        ("[t\n", 1),
        ("a = " + "1" * 5_000, 1),
    ],
)
def test_what_is_no_toml_leaves_all_at_default(text: str, line: int) -> None:
    config = config_of(text)
    assert config.own == {}
    assert len(config.problems) == 1
    assert config.problems[0].startswith(f"config.toml:{line}: not TOML: ")
    assert "\n" not in config.problems[0]


def test_a_file_that_is_not_utf8_or_not_a_file_is_said(places: Places) -> None:
    places.config.mkdir(parents=True)
    places.config_file.write_bytes(b"[ui]\ntheme = '\xff'\n")
    assert load_config(places).problems[0].startswith("config.toml:2: not UTF-8")
    places.config_file.unlink()
    places.config_file.mkdir()
    assert "cannot be read" in load_config(places).problems[0]


def test_control_characters_of_the_file_reach_no_message() -> None:
    config = config_of('[ui]\ntheme = "\\u001b]0;owned\\u0007"\n"\\u001b[31m" = 1\n["\\u009b2J"]\n')
    assert len(config.problems) == 3
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for text in config.problems for char in text)


def test_set_keeps_comments_and_order(places: Places) -> None:
    write(places, HAND_WRITTEN)
    config_set(places, "refresh.interval", "45")
    config_set(places, "refresh.timeout", "20")
    config = config_set(places, "ui.mouse", "off")
    assert (
        places.config_file.read_text("utf-8")
        == HAND_WRITTEN.replace("15  #", "45  #").replace("jobs=4\n", "jobs=4\ntimeout = 20\n")
        + "mouse = false\n"
    )
    assert config == load_config(places)
    assert config.flag("ui.mouse") is False


def test_set_makes_the_file_with_a_header(places: Places) -> None:
    config_set(places, "ui.theme", "paper")
    text = places.config_file.read_text("utf-8")
    assert text.startswith("# Settings of tui-news.")
    assert text.endswith('[ui]\ntheme = "paper"\n')
    assert stat.S_IMODE(places.config_file.stat().st_mode) == 0o600


def test_set_knows_dotted_keys_and_windows_line_ends(places: Places) -> None:
    write(places, "refresh.jobs = 2\nui.mouse = true")
    config_set(places, "refresh.interval", "5")
    assert places.config_file.read_text("utf-8") == "refresh.jobs = 2\nrefresh.interval = 5\nui.mouse = true"
    places.config_file.write_bytes(b"[ui]\r\nmouse = true\r\n")
    config_set(places, "ui.theme", "dusk")
    assert places.config_file.read_bytes() == b'[ui]\r\nmouse = true\r\ntheme = "dusk"\r\n'


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("refresh.jobs", "0", "a whole number from 1 to 128"),
        ("refresh.jobs", "many", "a whole number"),
        ("ui.density", "four", '"cards"'),
        ("ui.mouse", "maybe", "true or false"),
        ("ui.theme", "\x1b[31mred", "a theme's name"),
        ("open.command", "fire'fox", "quotes"),
        ("refresh.intervall", "3", "did you mean refresh.interval?"),
        ("search.web", '[{"name": "x", "url": "javascript:{searchTerms}"}]', "http"),
        ("search.web", "[" * 100_000, "JSON list"),
        ("keys.", "a", "no setting"),
    ],
)
def test_set_refuses_what_is_not_allowed(places: Places, key: str, value: str, said: str) -> None:
    with pytest.raises(ConfigError, match=r"^[^\x00-\x1f]+$") as caught:
        config_set(places, key, value)
    assert said in str(caught.value)
    assert not places.config_file.exists()


def test_set_leaves_a_file_alone_that_it_does_not_understand(places: Places) -> None:
    for text, said in (
        ("[refresh\njobs = 1\n", "mend it first"),
        ("refresh = { jobs = 1 }\n", "refresh.jobs"),
    ):
        write(places, text)
        with pytest.raises(ConfigError, match=said):
            config_set(places, "refresh.jobs", "3")
        assert places.config_file.read_text("utf-8") == text


def test_get_gives_what_set_takes(places: Places) -> None:
    config_set(places, "player.command", "mpv --no-video 'a b'")
    config_set(places, "keys.quit", "q Ctrl-c #")
    searches = '[{"name": "Own", "url": "https://find.example/?q={searchTerms}", "scope": "news"}]'
    config_set(places, "search.web", searches)
    for key in ("player.command", "keys.quit", "search.web", "ui.mouse", "refresh.jobs", "ui.theme"):
        before = config_get(places, key)
        config_set(places, key, before)
        assert config_get(places, key) == before
    assert load_config(places).words("player.command") == ("mpv", "--no-video", "a b")
    assert [own.name for own in load_config(places).own_searches or ()] == ["Own"]
    config_set(places, "keys.quit", "")
    assert load_config(places).keys == {}
    # One of the catalogue's by its name alone; nothing is the catalogue's own choice again.
    config_set(places, "search.web", '[{"name": "Reddit"}]')
    assert load_config(places).own_searches == (WebSearch("Reddit", ""),)
    assert config_of(load_config(places).to_toml()).own_searches == (WebSearch("Reddit", ""),)
    config_set(places, "search.web", config_get(places, "search.web"))
    config_set(places, "search.web", "")
    assert load_config(places).own_searches is None
    assert config_get(places, "search.web") == ""
    with pytest.raises(ConfigError, match="no setting"):
        config_get(places, "nothing")


def test_search_tables_give_way_to_a_list(places: Places) -> None:
    write(
        places, '[[search.web]]\nname = "A"\nurl = "https://a.example/{searchTerms}"\n\n[ui]\nmouse = true\n'
    )
    config = config_set(places, "search.web", '[{"name": "B", "url": "https://b.example/{searchTerms}"}]')
    assert [search.name for search in config.own_searches or ()] == ["B"]
    assert config.flag("ui.mouse") is True


def test_show_lists_every_setting_with_help(places: Places) -> None:
    config_set(places, "ui.measure", "66")
    rows = {key: (value, default, text) for key, value, default, text in config_show(load_config(places))}
    assert set(rows) == {setting.key for setting in SETTINGS} | {"search.web"}
    assert rows["ui.measure"][:2] == ("66", False)
    assert rows["ui.mouse"][:2] == ("true", True)
    assert all(text for _, _, text in rows.values())


def test_every_default_is_allowed() -> None:
    for setting in SETTINGS:
        value = list(setting.default) if isinstance(setting.default, tuple) else setting.default
        assert setting.check(value) == setting.default


def test_to_toml_gives_the_same_configuration(places: Places) -> None:
    write(places, HAND_WRITTEN + '[keys]\n"a b" = ["x"]\n[open]\ncommand = ["\\"q\\"", "é\\\\"]\n')
    config = load_config(places)
    again = config_of(config.to_toml())
    assert again.problems == ()
    assert all(again.get(setting.key) == config.get(setting.key) for setting in SETTINGS)
    assert (again.keys, again.own_searches) == (config.keys, config.own_searches)
    assert again.to_toml() == config.to_toml()


def test_a_link_stays_a_link_and_permissions_stay(places: Places, tmp_path: Path) -> None:
    places.config.mkdir()
    real = tmp_path / "dotfiles.toml"
    real.write_text("[ui]\nmouse = true\n", "utf-8")
    real.chmod(0o640)
    places.config_file.symlink_to(real)
    config_set(places, "ui.mouse", "false")
    assert places.config_file.is_symlink()
    assert real.read_text("utf-8") == "[ui]\nmouse = false\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert os.listdir(places.config) == ["config.toml"]


def test_a_write_that_fails_leaves_the_old_file(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    write(places, HAND_WRITTEN)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match=r"config\.toml was not written: No space left on device"):
        config_set(places, "ui.mouse", "false")
    assert places.config_file.read_text("utf-8") == HAND_WRITTEN
    assert os.listdir(places.config) == ["config.toml"]


@given(st.text(max_size=300))
def test_any_text_is_read_or_named(text: str) -> None:
    config = config_of(text)
    assert all("\n" not in problem for problem in config.problems)


_TOMLISH = st.lists(
    st.sampled_from(
        ["[a]", "[[a]]", "[a.b]", "\n", "a = ", "b.c = ", "1", '"x"', "'y'", '"""', "'''", "[", "]", "{", "}",
         ",", "# c", "\\", " ", "=", "\r\n", '"k" = 2\n', "z = [1,\n 2] # c\n"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(_TOMLISH)
def test_whatever_tomllib_reads_is_scanned_right(text: str) -> None:
    import tomllib

    try:
        wanted = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError):
        with pytest.raises(TomlError):
            parse(text)
        return
    assert parse(text) == wanted
    for mark in scan(text):
        if mark.value:
            value = text[mark.value[0] : mark.value[1]]
            found = wanted
            for key in mark.path:
                found = found[key]  # type: ignore[index]
            assert tomllib.loads(f"v = {value}")["v"] == found


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.dictionaries(
        st.sampled_from(["one", "two", "três"]), st.one_of(st.booleans(), st.integers(-9, 9), _TEXTS)
    ),
    st.dictionaries(st.sampled_from(["one", "two", "três"]), st.one_of(st.none(), st.integers(), _TEXTS)),
)
def test_edits_set_what_they_should_and_nothing_else(old: dict[str, object], new: dict[str, object]) -> None:
    text = "# top\nfirst = 1\n\n"
    text = (
        set_values(text, [(("t",), key, value) for key, value in old.items()])
        + "\n# rest\n[u]\nz = [\n1, # c\n]\n"
    )
    changed = set_values(text, [(("t",), key, value) for key, value in new.items()])
    wanted = {key: value for key, value in {**old, **new}.items() if value is not None}
    data = parse(changed)
    assert data.pop("first") == 1
    assert data.pop("u") == {"z": [1]}
    assert data.pop("t", {}) == wanted
    assert data == {}
    assert changed.startswith("# top\n")
    assert "# rest\n[u]\nz = [\n1, # c\n]\n" in changed
