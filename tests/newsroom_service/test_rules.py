"""Saved searches that are sections, and rules that hide, mark and tag, on what comes and on what is here."""

from __future__ import annotations

from typing import Any

import pytest

from tests.newsroom_service.conftest import BRIEFS, WORLD
from tui_news.cache import CacheError
from tui_news.newsroom import Newsroom, View, arrange, rules
from tui_news.newsroom.follow import FollowError
from tui_news.portal.query import QueryError
from tui_news.sources.subscriptions import Rule, SavedSearch, add_search


async def refreshed(newsroom: Newsroom) -> None:
    await newsroom.refresh()
    newsroom.open_starter(False)


def more(newsroom: Newsroom, text: str) -> None:
    file = newsroom.places.sources_file
    file.write_text(file.read_text() + text)
    newsroom.reload(type(newsroom.subscriptions).load(newsroom.places))


def word_of(newsroom: Newsroom) -> tuple[str, str]:
    """An article, and a word that only its headline has."""
    heads = [article.headline for article in newsroom.listing(View())]
    for article in newsroom.listing(View()):
        for word in article.headline.split():
            if word.isalpha() and len(word) > 4:
                hits = newsroom.listing(View(query=f"title:{word}"))
                if [hit.id for hit in hits] == [article.id]:
                    return article.id, word.lower()
    raise AssertionError(heads)


async def test_a_saved_search_is_a_section_with_counts(reader: Any) -> None:
    async with reader(WORLD, BRIEFS) as newsroom:
        await refreshed(newsroom)
        id, word = word_of(newsroom)
        newsroom.reload(add_search(newsroom.places, SavedSearch("Mine", f"title:{word}")))
        assert [node.title for node in newsroom.tree] == ["News", "Mine"]
        view = View(("Mine",))
        assert [article.id for article in newsroom.listing(view)] == [id]
        assert (newsroom.counts(view).total, newsroom.counts(view).unread) == (1, 1)
        newsroom.mark([id], "read", read=True)
        assert newsroom.counts(view).unread == 0
        assert list(newsroom.listing(View(("Mine",), unread=True))) == []
        assert list(newsroom.listing(view.narrowed("-" + word))) == []
        # The sections around it count what is theirs.
        assert newsroom.counts(View(("News",))).total == newsroom.counts(View()).total
        arrange.remove_search(newsroom, ("Mine",))
        assert [node.title for node in newsroom.tree] == ["News"]
        assert arrange.take_back(newsroom) == "removed search Mine"
        assert newsroom.node(("Mine",)) is not None


async def test_keeping_a_search_is_undone_with_the_other_steps(reader: Any) -> None:
    async with reader(WORLD) as newsroom:
        await refreshed(newsroom)
        with pytest.raises(QueryError):
            arrange.keep_search(newsroom, "Bad", "is:nonsense")
        with pytest.raises(FollowError, match="already"):
            arrange.keep_search(newsroom, "News", "water")
        path = arrange.keep_search(newsroom, "Water / sea", "water")
        assert path == ("Water / sea",)
        assert newsroom.node(path) is not None
        step = newsroom.undo()
        assert step is not None
        assert step.what == "kept search Water / sea"
        assert newsroom.node(path) is None
        assert "search" not in newsroom.places.sources_file.read_text()


async def test_a_rule_hides_what_comes_and_says_why(reader: Any) -> None:
    async with reader(WORLD) as newsroom:
        await refreshed(newsroom)
        id, word = word_of(newsroom)
    newsroom.cache.drop_source("s0")
    async with reader() as newsroom:
        more(newsroom, f'\n[[rule]]\nmatch = "title:{word}"\ndo = ["hide", "tag:noise"]\n')
        await refreshed(newsroom)
        total = newsroom.cache.counts()["s0"].total
        shown = [article.id for article in newsroom.listing(View())]
        assert id not in shown
        assert len(shown) == total
        assert newsroom.counts(View()).unread == total
        found = newsroom.listing(View(query="is:hidden"))
        assert [article.id for article in found] == [id]
        assert [a.id for a in newsroom.finder.look_through(View(), query("is:hidden"))] == [id]
        assert list(newsroom.listing(View(query=f"title:{word}"))) == []
        assert "noise" in found[0].tags
        assert rules.why_hidden(newsroom, found[0]) == f"hidden by rule hide tag:noise “title:{word}”"
        # What a rule does by itself is no step of the reader's.
        assert newsroom.undo() is None
        # The feed says the same again: it stays hidden and tagged.
        await refreshed(newsroom)
        assert newsroom.state(id).hidden
        rules.remove(newsroom, newsroom.subscriptions.rules[0])
        assert id in [article.id for article in newsroom.listing(View())]
        assert "noise" not in newsroom.article(id).tags


def query(text: str) -> Any:
    from tui_news.newsroom import now
    from tui_news.portal.query import Query

    return Query.parse(text, now=now())


async def test_a_rule_made_now_works_on_what_is_cached_and_is_undone_as_one(reader: Any) -> None:
    async with reader(WORLD, BRIEFS) as newsroom:
        await refreshed(newsroom)
        id, word = word_of(newsroom)
        before = len(newsroom.listing(View()))
        assert rules.count(newsroom, f"title:{word}") == 1
        text = newsroom.places.sources_file.read_text()
        done = rules.save(newsroom, Rule(f"title:{word}", ("hide", "star", "tag:found")))
        assert (done.hidden, done.starred, done.tagged) == (1, 1, 1)
        assert newsroom.state(id).starred
        assert len(newsroom.listing(View())) == before - 1
        assert [a.id for a in newsroom.listing(View(query="tag:found is:hidden"))] == [id]
        assert rules.count(newsroom, f"title:{word}") == 1
        step = newsroom.undo()
        assert step is not None
        assert step.ids == (id,)
        assert not newsroom.state(id).hidden
        assert "found" not in newsroom.article(id).tags
        assert newsroom.places.sources_file.read_text() == text
        # Also one that has matched nothing yet is a step of its own.
        newsroom.mark([id], "read", read=True)
        rules.save(newsroom, Rule("zzyzx", ("hide",)))
        assert newsroom.undo().what == "rule: hide “zzyzx”"
        assert newsroom.subscriptions.rules == ()
        assert newsroom.undo().what == "read"


async def test_what_the_reader_keeps_is_not_hidden(reader: Any) -> None:
    async with reader(WORLD) as newsroom:
        await refreshed(newsroom)
        id, word = word_of(newsroom)
        newsroom.mark([id], "star", starred=True)
        assert rules.save(newsroom, Rule(f"title:{word}", ("hide",))).hidden == 0
        assert id in [article.id for article in newsroom.listing(View())]


async def test_apply_follows_what_was_edited_by_hand(reader: Any) -> None:
    async with reader(WORLD) as newsroom:
        await refreshed(newsroom)
        ids = [article.id for article in newsroom.listing(View())]
        newsroom.mark(ids[:2], "", hidden=True)
        more(
            newsroom,
            '\n[[rule]]\nmatch = "source:s0"\ndo = "tag:all"\n[[rule]]\nmatch = "is:x"\ndo = "read"\n',
        )
        assert any("is:x is not known" in line for line in newsroom.problems)
        done = rules.apply(newsroom)
        assert (done.shown, done.tagged, done.read) == (2, len(ids), 0)
        assert not rules.apply(newsroom)
        assert len(newsroom.listing(View(query="tag:all"))) == len(ids)
        newsroom.undo()
        assert newsroom.state(ids[0]).hidden


async def test_taking_back_a_rule_after_an_edit_by_hand_says_so(reader: Any) -> None:
    async with reader(WORLD) as newsroom:
        await refreshed(newsroom)
        id, word = word_of(newsroom)
        rules.save(newsroom, Rule(f"title:{word}", ("hide",)))
        more(newsroom, "\n# mine\n")
        with pytest.raises(CacheError, match="edit it by hand"):
            newsroom.undo()
        assert not newsroom.state(id).hidden


async def test_proposals_come_from_the_article_and_match_it(reader: Any) -> None:
    async with reader(WORLD) as newsroom:
        await refreshed(newsroom)
        for article in newsroom.listing(View())[:10]:
            offered = list(rules.proposals(newsroom, article))
            assert {what for what, _ in offered} >= {"source"}
            for _, text in offered:
                assert newsroom.matches(query(text), article), text
