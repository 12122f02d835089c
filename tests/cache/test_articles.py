"""Storing, listing and reading articles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cache.material import NOW, make, places_in, some
from tui_news.cache import Cache, Count, Stored, write_starter
from tui_news.cache.ready import pack, unpack
from tui_news.cache.storing import prepare
from tui_news.model import Article, Block, Enclosure, Run, article_id, paragraphs


@pytest.fixture(params=["articles", "packed"])
def cache(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Cache:
    """A cache that is given articles, and one that is given what a worker packed: the same must follow."""
    if request.param == "packed":

        def store(self: Cache, source: str, articles: list[Article], *, now: datetime) -> Stored:
            packed = pack(prepare(source, articles), now)
            return self.store_ready(source, unpack(packed), now=now)

        monkeypatch.setattr(Cache, "store", store)
    return Cache.open(places_in(tmp_path))


def size(cache: Cache) -> int:
    return sum(path.stat().st_size for path in cache.places.cache.rglob("*.jsonl"))


def test_what_is_stored_comes_back_whole(cache: Cache) -> None:
    article = replace(
        make("s", 1),
        kicker="Kicker",
        deck="Deck",
        agency="Agency",
        place="Place",
        authors=("A", "B"),
        editor="Ed",
        updated=NOW,
        breadcrumb=("News", "World"),
        tags=("t",),
        comments_url="https://s.example/c",
        comments=0,
        enclosures=(Enclosure("https://s.example/a.mp3", "audio/mpeg", 5, 7, "Sound"),),
        language="zh-Hans",
        charset="gb18030",
        picture="https://s.example/p.png",
        related=(Run("See", "", "https://s.example/r"),),
        notes=("cut short",),
        blocks=(
            Block("subhead", (Run("Head", "s"),), level=2),
            Block("table", rows=(((Run("a"),), (Run("b"),)),), header=True),
        ),
    )
    assert cache.store("s", [article], now=NOW).new == (article.id,)
    assert cache.article(article.id) == replace(article, fetched=NOW)
    assert cache.listing()[0] == replace(article, fetched=NOW).without_body()
    cache.close()
    again = Cache.open(cache.places)
    assert again.article(article.id) == replace(article, fetched=NOW)
    assert again.edition(5) == [replace(article, fetched=NOW).without_body()]


def test_unchanged_entries_write_nothing(cache: Cache) -> None:
    cache.store("s", some("s", 50), now=NOW)
    before = size(cache)
    later = NOW + timedelta(hours=1)
    assert not cache.store("s", [replace(a, fetched=later) for a in some("s", 50)], now=later)
    assert size(cache) == before


def test_first_seen_stays_when_an_entry_changes(cache: Cache) -> None:
    first = make("s", 1, published=None)
    cache.store("s", [first], now=NOW)
    changed = replace(first, headline="Another headline", blocks=paragraphs("Another text"))
    assert cache.store("s", [changed], now=NOW + timedelta(days=1)).changed == (first.id,)
    got = cache.article(first.id)
    assert got is not None
    assert got.fetched == NOW
    assert got.headline == "Another headline"
    assert got.blocks == paragraphs("Another text")
    assert len(cache.listing()) == 1


def test_a_change_of_the_head_alone_does_not_write_the_body_again(cache: Cache) -> None:
    cache.store("s", [make("s", 1, blocks=paragraphs("x" * 10_000))], now=NOW)
    before = size(cache)
    cache.store("s", [make("s", 1, blocks=paragraphs("x" * 10_000), comments=7)], now=NOW)
    assert 0 < size(cache) - before < 2_000
    got = cache.article(make("s", 1).id)
    assert got is not None
    assert got.comments == 7
    assert got.blocks == paragraphs("x" * 10_000)


def test_feeds_that_make_up_their_guids(cache: Cache) -> None:
    ids = [article.id for article in some("s", 5)]
    cache.store("s", some("s", 5), now=NOW)
    for turn in range(3):
        fresh = [
            replace(a, id=article_id("s", f"{turn}-{n}"), url=f"{a.url}?utm_source=feed{turn}#top")
            for n, a in enumerate(some("s", 5))
        ]
        assert cache.store("s", fresh, now=NOW).new == ()
    assert sorted(cache.listing().ids) == sorted(ids)


def test_entries_of_one_name_and_link_that_are_two_articles(cache: Cache) -> None:
    # A daily thread: the same link and headline each day; both are listed, so both are kept.
    today = make("s", 1, headline="Daily thread", url="https://s.example/threads")
    yesterday = make("s", 25, headline="Daily thread", url="https://s.example/threads")
    assert len(cache.store("s", [today, yesterday], now=NOW).new) == 2
    assert not cache.store("s", [today, yesterday], now=NOW)
    # A site's front page as link tells nothing.
    first = make("s", 2, headline="Update", url="https://s.example/")
    second = make("s", 3, headline="Update", url="https://s.example/")
    cache.store("s", [first], now=NOW)
    assert cache.store("s", [second], now=NOW).new == (second.id,)


def test_an_entry_repeated_in_a_feed_is_stored_once(cache: Cache) -> None:
    one = make("s", 1)
    twin = replace(one, id=article_id("s", "another guid"))
    other = replace(make("s", 2), id=one.id)
    stored = cache.store("s", [one, one, twin, other], now=NOW)
    assert stored.new == (one.id,)
    assert not cache.store("s", [one, one, twin, other], now=NOW)


def test_a_page_read_in_full_is_not_replaced_by_a_stub(cache: Cache) -> None:
    stub = make("s", 1, blocks=paragraphs("Stub."), kicker="From the feed")
    cache.store("s", [stub], now=NOW)
    page = Article(
        article_id("x", "y"), "x", url="https://elsewhere.example", headline="Page headline",
        kicker="From the page", authors=("Reporter",), charset="gb18030", full=True,
        blocks=paragraphs("The whole text."),
    )  # fmt: skip
    cache.put_body(stub.id, page)
    got = cache.article(stub.id)
    assert got is not None
    assert got.full
    assert (got.id, got.source, got.fetched, got.url) == (stub.id, "s", NOW, stub.url)
    assert (got.headline, got.kicker, got.authors) == (stub.headline, "From the feed", ("Reporter",))
    assert got.blocks == paragraphs("The whole text.")
    # The feed repeats its stub, then changes it.
    assert not cache.store("s", [stub], now=NOW)
    cache.store("s", [replace(stub, headline="New headline", blocks=paragraphs("Stub 2."))], now=NOW)
    got = cache.article(stub.id)
    assert got is not None
    assert got.full
    assert got.headline == "New headline"
    assert got.authors == ("Reporter",)
    assert got.blocks == paragraphs("The whole text.")


def test_put_body_of_what_is_not_cached_does_nothing(cache: Cache) -> None:
    cache.put_body(article_id("s", "1"), make("s", 1))
    assert len(cache.listing()) == 0


def test_listing_is_newest_first_and_stable(cache: Cache) -> None:
    cache.store("a", some("a", 3), now=NOW)
    cache.store(
        "b", [make("b", n, published=NOW - timedelta(minutes=30 + 60 * n)) for n in range(3)], now=NOW
    )
    listing = cache.listing()
    assert [(a.source, a.headline.split()[1]) for a in listing] == [
        ("a", "0"), ("b", "0"), ("a", "1"), ("b", "1"), ("a", "2"), ("b", "2"),
    ]  # fmt: skip
    assert listing.ids == tuple(a.id for a in listing)
    assert listing.id(-1) == listing.ids[-1]
    assert [a.id for a in listing[1:3]] == list(listing.ids[1:3])
    cache.store("a", [make("a", 9, published=NOW + timedelta(hours=1))], now=NOW)
    assert len(listing) == 6
    assert len(cache.listing()) == 7
    assert cache.listing()[0].headline == "Report 9 from a"
    assert [a.headline for a in cache.listing(["b"])] == [f"Report {n} from b" for n in range(3)]
    assert len(cache.listing(["b", "nowhere", "b"])) == 3
    assert len(cache.listing([])) == 0
    assert len(cache.listing(since=NOW - timedelta(minutes=61))) == 4
    assert all(not a.blocks for a in listing)


def test_equal_times_are_put_in_order_of_id(cache: Cache) -> None:
    for source in ("a", "b", "c"):
        cache.store(
            source, [make(source, n, published=NOW - timedelta(hours=n // 4)) for n in range(12)], now=NOW
        )
    expected = sorted(((a.published, a.id) for a in cache.listing()), reverse=True)
    assert [(a.published, a.id) for a in cache.listing()] == expected
    # Kept up one by one as it is made at once.
    cache.store("b", [make("b", 100, published=NOW)], now=NOW)
    kept = cache.listing().ids
    assert kept == Cache.open(cache.places).listing().ids


def test_counts_follow_marks_and_arrivals(cache: Cache) -> None:
    cache.store("a", some("a", 4), now=NOW)
    cache.store("b", some("b", 2), now=NOW)
    assert cache.counts() == {"a": Count(4, 4), "b": Count(2, 2)}
    cache.mark([make("a", 1).id, make("b", 0).id], "read", read=True)
    assert cache.counts() == {"a": Count(4, 3), "b": Count(2, 1)}
    cache.store("a", [make("a", 9)], now=NOW)
    assert cache.counts(["a"]) == {"a": Count(5, 4)}
    cache.undo()
    assert cache.counts() == {"a": Count(5, 5), "b": Count(2, 2)}
    assert len(cache.listing(unread=True)) == 7
    cache.close()
    assert Cache.open(cache.places).counts() == {"a": Count(5, 5), "b": Count(2, 2)}


def test_edition_is_true_to_what_changed_since(cache: Cache) -> None:
    cache.store("a", some("a", 600), now=NOW)
    cache.store("b", some("b", 30), now=NOW)
    cache.close()
    assert (cache.places.cache / "edition.jsonl").exists()
    other = Cache.open(cache.places)
    other.store("b", [make("b", 99, published=NOW + timedelta(hours=2))], now=NOW)
    other.mark([make("a", 0).id, make("b", 1).id], "read", read=True)
    # The edition was made before that, and is not made anew until a cache is closed.
    fresh = Cache.open(cache.places)
    assert [a.id for a in fresh.edition(50)] == list(Cache.open(cache.places).listing().ids[:50])
    assert fresh.counts() == {"a": Count(600, 599), "b": Count(31, 30)}
    assert [a.id for a in fresh.edition(630)] == list(fresh.listing().ids[:630])


def test_resolve(cache: Cache) -> None:
    cache.store("a", some("a", 300), now=NOW)
    ids = cache.listing().ids
    assert cache.resolve(ids[0]) == (ids[0],)
    assert cache.resolve(ids[0][:1]) == tuple(sorted(id for id in ids if id[0] == ids[0][0]))
    assert cache.resolve(ids[0][:6].upper()) == (ids[0],)
    assert cache.resolve("") == ()
    assert cache.resolve("xyz") == ()
    assert cache.resolve("0" * 13) == ()


def test_ids_that_are_none_are_refused(cache: Cache) -> None:
    with pytest.raises(ValueError, match="hex"):
        cache.store("a", [replace(make("a", 1), id="../../etc")], now=NOW)
    with pytest.raises(ValueError, match="hex"):
        cache.mark(["ABC"], "read", read=True)
    with pytest.raises(ValueError, match="unknown field"):
        cache.mark([make("a", 1).id], "x", liked=True)
    assert cache.article("../../etc") is None
    assert cache.article("") is None


@pytest.mark.parametrize("source", ["../../evil", "Ü ber", "a" * 300, ".", "", "CON", "a/b", "x\n", "_x"])
def test_any_source_id_gets_a_safe_file(cache: Cache, source: str) -> None:
    article = make("any", 1)
    cache.store(source, [article], now=NOW)
    cache.close()
    names = [path.name for path in (cache.places.cache / "heads").iterdir()]
    assert all(name.replace(".jsonl", "").replace("_", "").isalnum() for name in names)
    again = Cache.open(cache.places)
    got = again.article(article.id)
    assert got is not None
    assert got.source == source
    assert again.listing([source]).ids == (article.id,)


def test_starter_is_read_and_never_written(tmp_path: Path) -> None:
    folder = tmp_path / "starter"
    write_starter(folder, {"guide": some("guide", 3), "日本": [make("jp", 1, published=None)]})
    write_starter(tmp_path / "twin", {"guide": some("guide", 3), "日本": [make("jp", 1, published=None)]})
    before = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    twin = {
        p.relative_to(tmp_path / "twin"): p.read_bytes()
        for p in (tmp_path / "twin").rglob("*")
        if p.is_file()
    }
    assert before == twin
    places = places_in(tmp_path / "home")
    with Cache.open(places, starter=folder) as cache:
        assert len(cache.listing()) == 4
        assert [a.id for a in cache.listing(["guide"])] == [a.id for a in some("guide", 3)]
        got = cache.article(make("guide", 0).id)
        assert got is not None
        assert got.blocks == make("guide", 0).blocks
        cache.mark([make("guide", 0).id], "star", starred=True, read=True)
        assert cache.counts()["guide"] == Count(3, 2)
        cache.put_body(make("guide", 0).id, make("guide", 0))
        cache.store("mine", some("mine", 2), now=NOW)
        assert len(cache.edition(10)) == 6
    with Cache.open(places, starter=folder) as cache:
        assert cache.state(make("guide", 0).id).starred
        assert cache.counts() == {"guide": Count(3, 2), "日本": Count(1, 1), "mine": Count(2, 2)}
        assert len(cache.edition(10)) == 6
    assert len(Cache.open(places).edition(10)) == 2
    after = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert after == before


def test_counts_are_worked_out_once_until_something_changes(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui_news.cache.reader import ReaderBook

    cache.store("a", some("a", 40), now=NOW)
    cache.store("b", some("b", 30), now=NOW)
    cache.close()
    other, fresh = Cache.open(cache.places), Cache.open(cache.places)
    looked: list[int] = []
    real = ReaderBook.changed_since

    def counting(book: ReaderBook, gen: str, offset: int) -> set[int] | None:
        looked.append(offset)
        return real(book, gen, offset)

    monkeypatch.setattr(ReaderBook, "changed_since", counting)
    for _ in range(5):
        assert fresh.counts(["a"]) == {"a": Count(40, 40)}
    assert len(looked) == 1
    fresh.mark([make("a", 1).id], "read", read=True)
    assert fresh.counts() == {"a": Count(40, 39), "b": Count(30, 30)}
    other.mark([make("b", 1).id], "read", read=True)
    other.store("b", [make("b", 77)], now=NOW)
    fresh.poll()
    assert fresh.counts() == {"a": Count(40, 39), "b": Count(31, 30)}
    assert fresh.counts() == Cache.open(cache.places).counts()
