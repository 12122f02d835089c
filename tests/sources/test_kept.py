"""Saved searches and rules in `sources.toml`: read, named when they are wrong, changed with comments kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_news.paths import Places
from tui_news.sources.subscriptions import (
    Rule,
    SavedSearch,
    Subscriptions,
    SubscriptionsError,
    add_rule,
    add_search,
    remove_rule,
    remove_search,
    rename_search,
    take_back,
)

TEXT = """\
# Mine.
[[source]]
url = "https://a.example/feed"
section = "World"

# What I work on.
[[search]]
name = "Rust"   # the language
query = 'rust -"rust belt"'

[[rule]]
match = "title:horoscope"
do = "hide"

# Both.
[[rule]]
match = "source:a is:unread"
do = ["read", "tag:from A"]
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places(tmp_path, tmp_path, tmp_path)
    places.sources_file.write_text(TEXT)
    return places


def text_of(places: Places) -> str:
    return places.sources_file.read_text("utf-8")


def test_they_are_read() -> None:
    own = Subscriptions.of_text(TEXT)
    assert own.problems == ()
    assert own.searches == (SavedSearch("Rust", 'rust -"rust belt"'),)
    assert own.rules == (
        Rule("title:horoscope", ("hide",)),
        Rule("source:a is:unread", ("read", "tag:from A")),
    )
    assert own.rules[1].tags == ("from A",)
    assert str(own.rules[0]) == "hide “title:horoscope”"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('[[search]]\nname = "x"', "needed are a name and a query"),
        ('[[search]]\nname = "x"\nquery = 3', "needed are a name and a query"),
        ('[[search]]\nname = "x"\nquery = "y"\ncolour = "red"', "search.colour is not known"),
        ('[[search]]\nname = "World"\nquery = "y"', "there is a section World already"),
        ('[[search]]\nname = "Rust"\nquery = "y"', "there is a section Rust already"),
        ('[[search]]\nname = "x"\nquery = "y"\nsection = 4', "search.section: allowed is"),
        ('[[rule]]\ndo = "hide"', "rule.match: needed is a query"),
        ('[[rule]]\nmatch = "x"', "rule.do: allowed is hide, read, star or tag:NAME"),
        ('[[rule]]\nmatch = "x"\ndo = "explode"', "rule.do: allowed is"),
        ('[[rule]]\nmatch = "x"\ndo = ["hide", "tag:"]', "rule.do: allowed is"),
        ('[[rule]]\nmatch = "x"\ndo = []', "rule.do: allowed is"),
        ('[rule]\nmatch = "x"', "rule is written [[rule]]"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(entry: str, said: str) -> None:
    text = f"{TEXT.split('[[rule]]')[0]}\n{entry}\n"
    (problem,) = Subscriptions.of_text(text).problems
    assert said in problem
    line = int(problem.split(":")[1])
    assert line >= text[: text.index(entry)].count("\n") + 1


def test_changes_keep_comments_and_can_be_taken_back(places: Places) -> None:
    own = add_search(places, SavedSearch("近東", "中東 OR", ("World",)))
    assert own.searches[-1].path == ("World", "近東")
    assert text_of(places).startswith(TEXT)
    own = rename_search(places, ("Rust",), ("World", "Crabs"))
    assert own.searches[0] == SavedSearch("Crabs", 'rust -"rust belt"', ("World",))
    assert "# the language" in text_of(places)
    rename_search(places, ("World", "Crabs"), ("Rust",))
    own = remove_search(places, ("World", "近東"))
    own = add_rule(places, Rule('author:"A \\ B"', ("hide", "tag:x")))
    assert own.rules[-1] == Rule('author:"A \\ B"', ("hide", "tag:x"))
    before = text_of(places)
    assert add_rule(places, own.rules[-1]).rules == own.rules
    assert text_of(places) == before
    own = remove_rule(places, own.rules[1])
    assert "# Both." not in text_of(places)
    assert [rule.do for rule in own.rules] == [("hide",), ("hide", "tag:x")]
    for what in ("removed rule: read tag:from A “source:a is:unread”", 'rule: hide tag:x “author:"A \\ B"”'):
        own, told = take_back(places)
        assert told == what
    assert text_of(places).rstrip() == TEXT.rstrip()


@pytest.mark.parametrize(
    "change",
    [
        lambda places: add_search(places, SavedSearch("World", "x")),
        lambda places: add_search(places, SavedSearch("Rust", "x")),
        lambda places: add_search(places, SavedSearch("", "x")),
        lambda places: rename_search(places, ("Rust",), ("World",)),
        lambda places: rename_search(places, ("Nowhere",), ("X",)),
        lambda places: remove_search(places, ("World",)),
        lambda places: add_rule(places, Rule("x", ("burn",))),
        lambda places: add_rule(places, Rule("", ("hide",))),
        lambda places: remove_rule(places, Rule("x", ("hide",))),
    ],
)
def test_what_cannot_be_done_changes_nothing(places: Places, change: object) -> None:
    with pytest.raises(SubscriptionsError):
        change(places)  # type: ignore[operator]
    assert text_of(places) == TEXT
