"""Random use against a dictionary, with the cache opened anew in between."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.cache.material import NOW, make, places_in
from tui_news.cache import Cache
from tui_news.cache import files as disk
from tui_news.model import UNTOUCHED, Article, FeedStatus, ReaderState, paragraphs
from tui_news.text.clean import clean_body, clean_line

SOURCES = ("alpha", "beta", "Ü")
numbers = st.integers(0, 12)
sources = st.sampled_from(SOURCES)
texts = st.text("ab 新\n\u2028é", max_size=6).map(clean_body)
lines = texts.map(clean_line)


class Against(RuleBasedStateMachine):
    """One or two open caches on one folder, and what should be in it."""

    def __init__(self) -> None:
        super().__init__()
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(prefix="tui-news-", dir=memory if memory.is_dir() else None))
        self.places = places_in(self.folder)
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(disk, "fsync", lambda fd: None)
        self.articles: dict[str, Article] = {}
        self.states: dict[str, ReaderState] = {}
        self.done: list[dict[str, ReaderState]] = []
        self.undone: list[dict[str, ReaderState]] = []
        self.statuses: dict[str, FeedStatus] = {}
        self.memory: dict[str, object] = {}

    @initialize()
    def begin(self) -> None:
        self.caches = [Cache.open(self.places), Cache.open(self.places)]

    def teardown(self) -> None:
        for cache in getattr(self, "caches", []):
            cache.close()
        self.patch.undo()
        shutil.rmtree(self.folder, ignore_errors=True)

    def pick(self, which: int) -> Cache:
        return self.caches[which]

    @rule(which=st.integers(0, 1), source=sources, wanted=st.lists(st.tuples(numbers, lines), max_size=6))
    def store(self, which: int, source: str, wanted: list[tuple[int, str]]) -> None:
        batch = [
            make(source, n, deck=text, blocks=paragraphs(f"{text}.")) for n, text in dict(wanted).items()
        ]
        told = self.pick(which).store(source, batch, now=NOW)
        new = [a for a in batch if a.id not in self.articles]
        assert set(told.new) == {a.id for a in new}
        for article in batch:
            old = self.articles.get(article.id)
            kept = {"full": True, "blocks": old.blocks} if old and old.full else {}
            deck = article.deck or (old.deck if old and old.full else "")
            seen = replace(article, fetched=NOW, deck=deck)
            self.articles[article.id] = replace(seen, **kept)  # type: ignore[arg-type]

    @rule(which=st.integers(0, 1), source=sources, number=numbers, text=texts)
    def full_text(self, which: int, source: str, number: int, text: str) -> None:
        article = make(source, number)
        old = self.articles.get(article.id)
        self.pick(which).put_body(
            article.id, replace(article, blocks=paragraphs(f"whole {text}."), full=True)
        )
        if old is not None:
            self.articles[article.id] = replace(old, blocks=paragraphs(f"whole {text}."), full=True)

    @rule(
        which=st.integers(0, 1),
        source=sources,
        wanted=st.lists(numbers, min_size=1, max_size=5),
        changes=st.fixed_dictionaries(
            {},
            optional={"read": st.booleans(), "starred": st.booleans(), "later": st.booleans(), "note": texts},
        ),
    )
    def mark(self, which: int, source: str, wanted: list[int], changes: dict[str, bool | str]) -> None:
        ids = [make(source, n).id for n in wanted]
        before = {id: self.states.get(id, UNTOUCHED) for id in ids}
        after = {id: replace(state, **changes) for id, state in before.items()}  # type: ignore[arg-type]
        step = self.pick(which).mark(ids, "mark", **changes)
        assert (step is None) == (before == after)
        if step is not None:
            self.states.update(after)
            self.done.append({"before": before, "after": after})  # type: ignore[dict-item]
            self.undone.clear()

    @rule(which=st.integers(0, 1), source=sources, number=numbers, position=st.integers(0, 9))
    def move(self, which: int, source: str, number: int, position: int) -> None:
        id = make(source, number).id
        assert self.pick(which).mark([id], "", position=position) is None
        self.states[id] = replace(self.states.get(id, UNTOUCHED), position=position)

    def _swing(self, side: str, states: dict[str, ReaderState]) -> None:
        for id, state in states.items():
            position = self.states.get(id, UNTOUCHED).position
            self.states[id] = replace(state, position=position)

    @rule(which=st.integers(0, 1))
    def undo(self, which: int) -> None:
        step = self.pick(which).undo()
        assert (step is None) == (not self.done)
        if step is not None:
            change = self.done.pop()
            self._swing("before", change["before"])  # type: ignore[arg-type]
            self.undone.append(change)

    @rule(which=st.integers(0, 1))
    def redo(self, which: int) -> None:
        step = self.pick(which).redo()
        assert (step is None) == (not self.undone)
        if step is not None:
            change = self.undone.pop()
            self._swing("after", change["after"])  # type: ignore[arg-type]
            self.done.append(change)

    @rule(which=st.integers(0, 1), source=sources, failures=st.integers(0, 3), error=lines)
    def status(self, which: int, source: str, failures: int, error: str) -> None:
        status = FeedStatus(source, failures=failures, error=error, checked=NOW + timedelta(seconds=failures))
        self.pick(which).put_status(status)
        self.statuses[source] = status

    @rule(which=st.integers(0, 1), key=st.sampled_from("ab"), value=st.none() | texts | st.integers(0, 9))
    def remember(self, which: int, key: str, value: object) -> None:
        self.pick(which).put_memory(key, value)
        self.memory[key] = value

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        self.caches[which].close()
        self.caches[which] = Cache.open(self.places)

    @rule(which=st.integers(0, 1))
    def vanish(self, which: int) -> None:
        """A process that ends without a word."""
        self.caches[which] = Cache.open(self.places)

    @rule(which=st.integers(0, 1), source=sources)
    def compact(self, which: int, source: str) -> None:
        cache = self.pick(which)
        shelf = cache.library.shelf(source)
        with cache.library.lock:
            shelf.refresh()
            if shelf.heads.gen:
                shelf.compact()
        cache.library.noted(shelf)

    @rule(which=st.integers(0, 1))
    def compact_state(self, which: int) -> None:
        cache = self.pick(which)
        cache.book.load()
        if cache.book.journal.gen:
            cache.book.compact_if_due(force=True)

    @rule(which=st.integers(0, 1))
    def save_indices(self, which: int) -> None:
        cache = self.pick(which)
        cache.poll()
        for shelf in cache.library.shelves.values():
            shelf.save_index(force=True)
        cache.book.save_index(force=True)

    @precondition(lambda self: hasattr(self, "caches"))
    @invariant()
    def agrees(self) -> None:
        for cache in self.caches:
            cache.poll()
            expected = sorted(self.articles.values(), key=lambda a: (a.when, a.id), reverse=True)
            assert list(cache.listing().ids) == [a.id for a in expected]
            assert {a.id for a in cache.edition(5)} == {a.id for a in expected[:5]}
            for article in expected:
                assert cache.article(article.id) == article
            for source in SOURCES:
                for number in range(13):
                    id = make(source, number).id
                    assert cache.state(id) == self.states.get(id, UNTOUCHED)
                assert cache.status(source) == self.statuses.get(source, FeedStatus(source))
            unread = [a.id for a in expected if not self.states.get(a.id, UNTOUCHED).read]
            assert list(cache.listing(unread=True).ids) == unread
            assert sum(count.unread for count in cache.counts().values()) == len(unread)
            assert sum(count.total for count in cache.counts().values()) == len(expected)
            for key, value in self.memory.items():
                assert cache.get_memory(key) == value
            assert cache.messages == []
            assert cache.check() == []


TestAgainst = Against.TestCase
TestAgainst.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
