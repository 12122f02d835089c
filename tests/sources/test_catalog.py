"""The catalogue: enough of every kind, no doubles, and a useful start in each language."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from tui_news.sources.catalog import (
    CATEGORIES,
    LANGUAGES,
    SECTIONS,
    catalog,
    default_selection,
    locale_language,
    search_catalog,
    searches,
)
from tui_news.sources.subscriptions import canonical_url, web_url
from tui_news.text.clean import clean_line


def test_every_entry_is_whole() -> None:
    for entry in catalog():
        assert web_url(entry.url) == entry.url, entry
        assert web_url(entry.home) == entry.home, entry
        assert entry.name == clean_line(entry.name) != "", entry
        assert entry.description == clean_line(entry.description, 80) != "", entry
        assert entry.category in CATEGORIES, entry
        assert entry.language in LANGUAGES, entry
        assert entry.kind in ("feed", "page", "sitemap"), entry
        assert entry.section, entry


def test_no_entry_stands_twice() -> None:
    entries = catalog()
    assert len({entry.id for entry in entries}) == len(entries)
    assert len({canonical_url(entry.url) for entry in entries}) == len(entries)
    names = Counter((entry.name, entry.language, entry.category) for entry in entries)
    assert max(names.values()) == 1


def test_there_is_enough_of_every_kind() -> None:
    entries = catalog()
    assert len(entries) >= 150
    languages = Counter(entry.language for entry in entries)
    categories = Counter(entry.category for entry in entries)
    assert set(languages) == set(LANGUAGES)
    assert set(categories) == set(CATEGORIES)
    assert min(languages.values()) >= 8
    assert min(categories.values()) >= 8
    for language in LANGUAGES:
        assert len({entry.category for entry in entries if entry.language == language}) >= 8


def test_sections_are_named_in_their_language() -> None:
    assert set(SECTIONS) == set(LANGUAGES)
    assert all(len(names) == len(CATEGORIES) == len(set(names)) for names in SECTIONS.values())
    entry = next(
        entry for entry in catalog() if entry.language == "zh-Hans" and entry.category == "technology"
    )
    assert entry.source().section == ("科技",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_start_of_its_own(language: str) -> None:
    sources = default_selection(language)
    assert 14 <= len(sources) <= 18
    assert sources[0].language == language
    assert {source.language for source in sources} == {language, "en"}
    assert len({source.section for source in sources}) >= 8
    assert len({source.id for source in sources}) == len(sources)


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "zh_CN.GB18030"}, "zh-Hans"),
        ({"LANG": "zh_SG"}, "zh-Hans"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh_HK"}, "zh-Hant"),
        ({"LANG": "zh-Hant-TW"}, "zh-Hant"),
        ({"LANG": "de_DE", "LC_MESSAGES": "fr_CA@euro"}, "fr"),
        ({"LANG": "de_DE", "LC_ALL": "ja_JP.eucJP"}, "ja"),
        ({"LANG": "de_DE", "LC_ALL": ""}, "de"),
        ({"LANG": "xx_YY"}, "en"),
        ({"LANG": "\x1b[31m"}, "en"),
    ],
)
def test_the_locale_gives_the_language(environment: dict[str, str], language: str) -> None:
    assert locale_language(environment) == language


def test_search_takes_all_words_and_puts_names_first() -> None:
    found = search_catalog("bbc world")
    assert found[0].name == "BBC World"
    assert all("bbc" in f"{entry.name} {entry.description} {entry.url}".casefold() for entry in found)
    assert search_catalog("ПРАВДА") == ()
    assert [entry.name for entry in search_catalog("阮一峰")] == ["阮一峰的网络日志"]
    hits = search_catalog("guardian")
    named = ["guardian" in entry.name.casefold() for entry in hits]
    assert named == sorted(named, reverse=True)


def test_search_narrows_by_language_and_category() -> None:
    assert search_catalog() == (*catalog(), *searches())
    both = search_catalog(language="zh")
    assert {entry.language for entry in both} == {"zh-Hans", "zh-Hant"}
    assert {entry.language for entry in search_catalog(language="zh-Hant")} == {"zh-Hant"}
    found = search_catalog("tv", language="en", category="podcasts")
    assert all((entry.language, entry.category) == ("en", "podcasts") for entry in found)
    assert search_catalog(category="none") == ()


def test_it_is_read_only_when_asked_for() -> None:
    code = (
        "import tui_news.sources.catalog as c, tui_news.sources.subscriptions;"
        "assert not c.catalog.cache_info().currsize + c.first_entries.cache_info().currsize;"
        "c.default_selection(); assert not c.catalog.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
