"""The front page and stories in the shell."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli


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
