"""The front page and stories in the shell."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.stories import id_of, plant
from tui_news.cache.codec import dumps, frame
from tui_news.cache.files import replace_file
from tui_news.newsroom import Newsroom, View
from tui_news.newsroom.folded import Folded
from tui_news.portal.front import Front, to_json


def test_the_front_page_in_all_formats(filled: Path, cli: Cli) -> None:
    plain = cli("headlines", "front")
    assert (plain.code, plain.err) == (0, "")
    assert plain.lines
    document = cli("headlines", "front", "--format", "json").json
    assert document["version"] == 1
    first = document["articles"][0]
    assert first["block"] == "lead"
    assert {"id", "number", "headline", "deck", "source", "section", "published", "sources", "why"} <= set(
        first
    )
    assert abs(sum(reason["points"] for reason in first["why"]) - first["score"]) < 0.05
    table = cli("headlines", "front", "--format", "tsv", "-n", "3").lines
    assert len(table) == 4
    assert cli("read", "1", "--format", "json").json["headline"] == first["headline"]


def test_stories_in_all_formats(filled: Path, cli: Cli) -> None:
    for form in ("plain", "tsv", "json"):
        assert cli("headlines", "--stories", "--format", form).code in (0, 4)
    for story in cli("headlines", "--stories", "--format", "json").json["stories"]:
        assert len(story["articles"]) >= 2
        assert len(story["sources"]) >= 2


def test_a_sections_stories_are_those_that_its_list_folds(
    tmp_path: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    home = tmp_path / "known"
    places = plant(
        home, now,
        [(0, 5, "Bridge shut"), (1, 7, "No way across"), (2, 60, "The bridge is shut"),
         (4, 8, "A comet"), (5, 9, "The comet"), (4, 2, "A moss")],
        [[id_of(2, 0), id_of(0, 0), id_of(1, 0)], [id_of(5, 0), id_of(4, 0)]],
    )  # fmt: skip
    monkeypatch.setenv("TUI_NEWS_HOME", str(home))
    # With a page there is nothing to work out: these few articles would be found to be no stories.
    page = [frame(dumps(to_json(Front(now.timestamp()))))]
    replace_file(places.cache / "front.json", page)

    def told(*section: str) -> list[tuple[str, list[str]]]:
        document = cli("headlines", *section, "--stories", "--format", "json")
        return [
            (story["headline"], [one["id"] for one in story["articles"]])
            for story in (document.json["stories"] if document.code == 0 else [])
        ]

    with Newsroom.open(places) as newsroom:
        for section in ((), ("World",), ("Science",), ("World", "Europe")):
            rows = Folded(
                newsroom.listing(View(section)), newsroom.told, unread=newsroom.cache.unread_in,
                sources=newsroom.source_ids(View(section)), find=newsroom.cache.article,
            )  # fmt: skip
            shown = [
                (rows[row].headline, list(pile.ids)) for row in range(len(rows)) if (pile := rows.pile(row))
            ]
            assert sorted(told("/".join(section)) if section else told()) == sorted(shown)
    assert told("World") == [("The bridge is shut", [id_of(2, 0), id_of(0, 0), id_of(1, 0)])]
    assert told("World/Europe") == []
