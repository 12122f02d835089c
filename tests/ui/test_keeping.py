"""A search kept as a section and rules made from an article, by keys, and taken back."""

from __future__ import annotations

from pathlib import Path

from tests.ui.desk import open_desk, places_in


async def test_a_search_is_kept_as_a_section_and_undone(home: Path) -> None:
    before = places_in(home).sources_file.read_text()
    async with open_desk(home, (100, 24)) as desk:
        await desk.press("b")
        assert "Search (/) or filter (f) first" in desk.message
        await desk.press("slash")
        await desk.type("the", "enter")
        found, count = set(desk.rows), len(desk.rows)
        assert found
        await desk.press("b")
        assert "Keep “the” as:" in desk.lines[-1]
        await desk.press(*["backspace"] * 3)
        await desk.type("Articles", "enter")
        assert "Articles is a section now · u undoes it" in desk.message
        assert " Articles" in desk.lines[0]
        assert set(desk.rows) == found
        assert f"{count} unread of {count}" in desk.lines[1]
        # It is in the tree with its count, and a filter narrows it further.
        await desk.press("t")
        assert any("Articles" in line and str(count) in line for line in desk.lines)
        await desk.press("escape", "f")
        await desk.type("is:read", "enter")
        assert desk.rows == []
        await desk.press("escape", "b")
        assert "This is a saved search" in desk.message
        await desk.press("u")
        assert "Undone: kept search Articles" in desk.message
        assert " Articles" not in desk.lines[0]
        assert desk.browser.view.section == ()
    assert places_in(home).sources_file.read_text().rstrip() == before.rstrip()


async def test_a_filtered_section_is_kept_renamed_and_removed_in_the_tree(home: Path) -> None:
    async with open_desk(home, (100, 24)) as desk:
        await desk.press("tab", "f")
        section = desk.browser.view.section[0]
        await desk.type("the", "enter")
        found = desk.rows
        await desk.press("b", *["backspace"] * 3)
        await desk.type("Mine", "enter")
        assert desk.rows == found
        (search,) = desk.newsroom.subscriptions.searches
        assert search.query == f'the section:"{section}"'
        await desk.press("t")
        assert search.query in desk.text
        await desk.press("n", *["backspace"] * 4)
        await desk.type("Yours", "enter")
        assert "Mine is Yours now" in desk.text
        await desk.press("D")
        assert "Remove the saved search “Yours”?" in desk.text
        await desk.press("D")
        assert desk.newsroom.subscriptions.searches == ()
        await desk.press("u", "escape")
        assert [search.name for search in desk.newsroom.subscriptions.searches] == ["Yours"]


async def test_a_rule_from_an_article_says_what_it_would_hide_and_is_undone(home: Path) -> None:
    async with open_desk(home, (100, 24)) as desk:
        current = desk.browser.headlines.current
        assert current is not None
        rows = desk.ids
        await desk.press("Z")
        assert "A rule from this article" in desk.text
        assert "this source" in desk.text
        await desk.press("slash")
        await desk.type("title:", "enter", "enter")
        assert "Rule for what matches:" in desk.lines[-1]
        assert "title:" in desk.lines[-1]
        await desk.press("enter")
        question = desk.lines[-1]
        assert "article" in question
        assert "· h hide · r read · s star · t tag ·" in question
        count = int(question.split()[0])
        await desk.press("x")
        assert desk.lines[-1] == question
        await desk.press("h")
        assert f"{count} article" in desk.message
        assert "hidden · u undoes it" in desk.message
        assert current.id not in desk.ids
        (rule,) = desk.newsroom.subscriptions.rules
        await desk.press("slash")
        await desk.type("is:hidden", "enter")
        assert len(desk.rows) == count
        assert current.id in desk.ids
        await desk.press("i")
        assert "hidden by rule hide" in desk.text
        await desk.press("escape", "escape", "u")
        assert "Undone: rule: hide" in desk.message
        assert desk.ids == rows
        assert desk.newsroom.subscriptions.rules == ()
        assert rule.match not in places_in(home).sources_file.read_text()


async def test_a_rule_can_tag_and_a_bad_query_is_said(home: Path) -> None:
    async with open_desk(home, (100, 24)) as desk:
        await desk.press("Z", "G", "enter")
        await desk.press(*["backspace"] * 60)
        await desk.type("is:nonsense", "enter")
        assert "is:nonsense is not known" in desk.message
        await desk.press("Z", "G", "enter", "enter", "t")
        await desk.type("mine", "enter")
        assert "tagged · u undoes it" in desk.message
        await desk.press("slash")
        await desk.type("tag:mine", "enter")
        assert desk.rows
        await desk.press("escape", "Z", "escape", "Z", "j", "enter", "escape")
        assert len(desk.newsroom.subscriptions.rules) == 1
