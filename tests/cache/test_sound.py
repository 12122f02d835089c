"""Whole records that are not ours: values of the wrong kind, text with controls, what is no file."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tests.cache.material import copy, files, make, small
from tests.cache.test_damage import quick as quick
from tui_news.cache import Cache, CacheError
from tui_news.cache.sound import line as one_line
from tui_news.paths import Places
from tui_news.text.clean import clean_line

STEERING = "\x1b]0;HXQ\x07\x1b[7701J\u009b7702J\u202e"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
WRONG: tuple[Any, ...] = (
    None, True, -1, 10**30, 1e300, "x", "", [], {}, [[[[]]]], 2**63, -(2**63), 2**64, "A" * 10_000,
    {"a": {"b": [1]}}, [1, 2], ["x", "y"], STEERING, [0, 10**18], "9999-99-99",
)  # fmt: skip
NAMES = re.compile(
    r"[0-9a-f]{8,12}|[A-Za-z0-9+/]{8}+|alpha|beta|read|starred|later|note|paragraph|\d{4}-\d\d.*"
)


def steering(value: Any) -> Any:
    """The same with controls in every text that is no name of anything."""
    if isinstance(value, str):
        return value if NAMES.fullmatch(value) else value + STEERING
    if isinstance(value, list):
        return [steering(each) for each in value]
    return {key: steering(each) for key, each in value.items()} if isinstance(value, dict) else value


def wrong(seed: int) -> Callable[[Any], Any]:
    """The same with values of the wrong kind here and there."""
    chance = random.Random(seed)

    def change(value: Any) -> Any:
        if chance.random() < 0.12:
            return chance.choice(WRONG)
        if isinstance(value, list):
            return [change(each) for each in value]
        return {key: change(each) for key, each in value.items()} if isinstance(value, dict) else value

    return change


def rewritten(path: Path, change: Callable[[Any], Any]) -> bytes:
    """A file's records, changed, each with the checksum that is its due; its header as it was."""
    out = []
    for line in path.read_bytes().splitlines():
        framed = line[8:9] == b" "
        value = json.loads(line[9:] if framed else line)
        if not (isinstance(value, dict) and "tui-news" in value):
            value = change(value)
        data = json.dumps(value).encode()
        out.append(b"%08x %b" % (crc32(data), data) if framed else data)
    return b"\n".join(out) + b"\n"


def everything(places: Places) -> str:
    """All that a cache tells, as one text."""
    told: list[object] = []
    with Cache.open(places) as cache:
        told += cache.listing()
        told += [cache.counts(), cache.statuses(), cache.history(9)]
        for source in ("alpha", "beta"):
            for number in range(3):
                id = make(source, number).id
                told += [cache.article(id), cache.state(id), cache.past(id)]
        told += [cache.undo(), cache.redo()]
        cache.mark([make("alpha", 0).id], "star", starred=True)
    return "".join(map(repr, told)) + "".join(map(str, told))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return small(tmp_path_factory.mktemp("sound"))


def journals(places: Places) -> list[Path]:
    return [path for path in files(places) if path.suffix in (".jsonl", ".json")]


def test_controls_in_a_file_reach_nobody(sound: Places, tmp_path: Path) -> None:
    for path in journals(sound):
        places = copy(sound, tmp_path / "copy", path, rewritten(sound.cache.parent / path, steering))
        text = everything(places)
        assert not CONTROL.search(text), path
        assert not re.search(r"\\x1b|\\x9b|\\u202e", text), path


@pytest.mark.parametrize("seed", range(12))
def test_values_of_the_wrong_kind_are_left_out(sound: Places, tmp_path: Path, seed: int) -> None:
    for path in journals(sound):
        everything(copy(sound, tmp_path / "copy", path, rewritten(sound.cache.parent / path, wrong(seed))))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
@pytest.mark.timeout(60)
def test_what_is_no_file_is_not_waited_for(sound: Places, tmp_path: Path) -> None:
    for path in files(sound):
        for kind in ("pipe", "device"):
            places = copy(sound, tmp_path / "copy", path, b"")
            there = places.cache.parent / path
            there.unlink()
            if kind == "pipe":
                os.mkfifo(there)
            else:
                there.symlink_to("/dev/zero")
            with contextlib.suppress(CacheError):  # "…; move it away"
                everything(places)


def test_a_cut_file_is_met_before_json_is_loaded(sound: Places, tmp_path: Path) -> None:
    places = copy(sound, tmp_path / "copy", Path("cache/format.json"), b'{"format": {"1": "a')
    code = "import sys; from pathlib import Path; from tui_news.cache.layout import read_format\n"
    code += f"try: read_format(Path({str(places.cache)!r}))\nexcept ValueError: print('json' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"False\n"


def test_what_clean_text_has_is_left_as_it_is() -> None:
    for text in ("全角　空格", "去火星 👩\u200d🚀 14", "👨\u200d👩\u200d👧"):
        assert one_line(text) == text == clean_line(text)
    for text in ("a\u200db", "\u200d🚀", "👩\u200d", "x\u202ey", "👩\u200d\u200d🚀"):
        assert one_line(text) == clean_line(text) != text
