"""Every message has its Chinese, with the same places in it; the language is the locale's or the reader's."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui_news import i18n
from tui_news.i18n import _, language, languages, many, names, preferred, use
from tui_news.text.when import SHORT_WIDTH, ago, day, long_time, short_time
from tui_news.text.width import cell_len

ROOT = Path(__file__).parents[2]
CATALOGUES = ROOT / "tui_news" / "i18n"
PERCENT = re.compile(r"%(?:\(\w+\))?[srd]")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use("en")


def places(text: str) -> set[str]:
    """The `{names}` and `%(names)s` of a message."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name} | set(
        PERCENT.findall(text)
    )


def test_the_catalogues_are_complete_and_in_step() -> None:
    pytest.importorskip("babel")
    done = subprocess.run(
        [sys.executable, "scripts/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True,
        timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    chinese = next(line for line in done.stdout.splitlines() if line.startswith("zh_CN: "))
    assert chinese.endswith(" 0 untranslated"), done.stdout


@pytest.mark.parametrize("path", sorted(CATALOGUES.glob("*.po")), ids=lambda path: path.stem)
def test_a_translation_has_the_places_of_its_message(path: Path) -> None:
    pofile = pytest.importorskip("babel.messages.pofile")
    wrong = []
    with path.open("rb") as file:
        for message in pofile.read_po(file):
            if not message.id:
                continue
            one, *other = [message.id] if isinstance(message.id, str) else message.id
            strings = [message.string] if isinstance(message.string, str) else message.string
            # What a date has to offer, every language takes as it likes.
            offered = places(one).union(*map(places, other)) | ({"number"} if "{month}" in one else set())
            for said in strings:
                needed = offered - {"number", "count"} if "{month}" not in one else set()
                if not needed <= places(said) <= offered:
                    wrong.append((one, said))
    assert wrong == []


def test_english_is_what_stands_in_the_code() -> None:
    use("en")
    assert _("Undone: {what}, {articles}.", what="a", articles="b") == "Undone: a, b."
    assert _("{not} formatted without values") == "{not} formatted without values"
    assert [many(count, "{count} article", "{count} articles") for count in (0, 1, 2)] == [
        "0 articles", "1 article", "2 articles",
    ]  # fmt: skip
    assert language() == "en"


def test_chinese_is_said_in_chinese() -> None:
    assert use("zh_CN") == "zh_CN"
    assert many(3, "{count} article", "{count} articles") == "3 篇文章"
    assert _("no such message {here}", here=1) == "no such message 1"
    assert languages() == ("en", "zh_CN")
    assert names() == {"en": "English", "zh_CN": "简体中文"}


def test_hostile_values_stay_values() -> None:
    use("zh_CN")
    said = _("Copied {url}", url="{0.__class__} %s {url}")
    assert said.endswith("{0.__class__} %s {url}")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"), ({"LANG": "C"}, "en"), ({"LANG": "C.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"), ({"LANG": "zh_TW.UTF-8"}, "zh_CN"), ({"LANG": "zh"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, "zh_CN"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fr:zh_CN:en"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_GB:zh_CN"}, "en"),
        ({"LANG": "xx_YY"}, "en"), ({"LANG": "../../etc/passwd"}, "en"), ({"LANG": "zh_CN\0"}, "zh_CN"),
    ],
)  # fmt: skip
def test_the_locale_chooses(environment: dict[str, str], expected: str) -> None:
    assert use("auto", environment) == expected
    assert preferred(environment)


def test_a_damaged_catalogue_is_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zh_CN.mo").write_bytes(b"no catalogue")
    monkeypatch.setattr(i18n, "_AT_HOME", str(tmp_path))
    assert use("zh_CN") == "en"
    assert _("Undo the last mark") == "Undo the last mark"


def test_dates_are_in_the_readers_language(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    noon = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    use("zh_CN")
    times = [short_time(noon - timedelta(days=days), noon) for days in (0, 1, 20, 700)]
    assert times == ["12:00", "周一", "11-04", "2024"]
    assert all(cell_len(text) <= SHORT_WIDTH for text in times)
    assert long_time(noon) == "2026年11月24日 周二 12:00 UTC"
    assert day(noon) == "11月24日 周二"
    assert ago(noon - timedelta(hours=3), noon) == "3 小时"
    assert ago(noon + timedelta(minutes=5), noon) == "5 分钟后"
    assert ago(None, noon) == "从未"
