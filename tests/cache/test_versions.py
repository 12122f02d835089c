"""What was read of an article that changes is kept, and only that; what is withdrawn is said so, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cache.material import NOW, make, places_in, some, with_indices
from tui_news.cache import Cache
from tui_news.cache.keep import due
from tui_news.cache.results import Listed, Tombstone
from tui_news.model import Article, ReaderState, paragraphs
from tui_news.paths import Places
from tui_news.text.substance import substance

FEED = "alpha"
WINDOW = Listed(window=True)
FIRST = "The council met on Monday.\n\nIt will build a bridge for 12 million."
SECOND = "The council met on Tuesday.\n\nIt will build a bridge for 15 million.\n\nWork begins in May."


def article(text: str = FIRST, headline: str = "Council plans a bridge", **fields: object) -> Article:
    return make(FEED, 0, headline=headline, blocks=paragraphs(text), **fields)


def stored(cache: Cache, *articles: Article, read: bool = True, **listed: Listed) -> None:
    cache.store(FEED, articles, now=NOW, **listed)
    if read:
        cache.mark([one.id for one in articles], "read", read=True)


def again(places: Places) -> Cache:
    return Cache.open(places)


def test_what_was_read_is_kept_when_headline_and_text_change(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    with Cache.open(places) as cache:
        stored(cache, article())
        assert cache.past(article().id) is None
        told = cache.store(FEED, [article(SECOND, "Council builds a bridge")], now=NOW + timedelta(hours=1))
        assert told.revised == (article().id,)
    with again(places) as cache:
        now = cache.article(article().id)
        past = cache.past(article().id)
        assert now is not None
        assert past is not None
        assert now.changed
        assert now.standing == ("changed",)
        assert now.headline == "Council builds a bridge"
        assert now.blocks == paragraphs(SECOND)
        assert past.headline == "Council plans a bridge"
        assert past.blocks == paragraphs(FIRST)
        assert [text for _, text in past.headlines] == ["Council plans a bridge"]
        assert cache.listing([FEED])[0].changed
        assert cache.state(now.id) == ReaderState(read=True)


def test_nothing_is_kept_of_what_was_not_read(tmp_path: Path) -> None:
    with Cache.open(places_in(tmp_path)) as cache:
        stored(cache, article(), read=False)
        told = cache.store(FEED, [article(SECOND, "Another headline")], now=NOW)
        assert told.changed
        assert not told.revised
        assert cache.past(article().id) is None


def test_what_says_the_same_is_no_change(tmp_path: Path) -> None:
    with Cache.open(places_in(tmp_path)) as cache:
        stored(cache, article("“Yes”, she said ... (3 comments)\n\n12 comments · 40 views"))
        told = cache.store(
            FEED,
            [
                article(
                    '"Yes", she  said… (31 comments)\n\n1,205 comments · 4k views', "Council Plans a Bridge",
                    comments=9, url="https://alpha.example/articles/0?utm_source=x",
                )
            ],
            now=NOW,
        )  # fmt: skip
        assert told.changed
        assert not told.revised
        assert cache.past(article().id) is None


def test_the_version_that_was_read_stays_through_several_changes_and_goes_when_they_are_taken_back(
    tmp_path: Path,
) -> None:
    with Cache.open(places_in(tmp_path)) as cache:
        stored(cache, article())
        for hour, headline in enumerate(("Second", "Third"), 1):
            cache.store(FEED, [article(SECOND, headline)], now=NOW + timedelta(hours=hour))
        past = cache.past(article().id)
        assert past is not None
        assert past.headline == "Council plans a bridge"
        assert past.blocks == paragraphs(FIRST)
        assert [text for _, text in past.headlines] == ["Council plans a bridge", "Second"]
        assert not cache.store(FEED, [article()], now=NOW + timedelta(hours=3)).revised
        back = cache.article(article().id)
        assert back is not None
        assert not back.changed
        past = cache.past(article().id)
        assert past is not None
        assert past.blocks is None
        assert len(past.headlines) == 3


def test_looked_at_it_is_no_news_until_it_changes_again(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    with Cache.open(places) as cache:
        stored(cache, article())
        cache.store(FEED, [article(SECOND)], now=NOW + timedelta(hours=1))
        cache.saw(article().id)
        cache.saw(article().id)
    with again(places) as cache:
        seen = cache.article(article().id)
        past = cache.past(article().id)
        assert seen is not None
        assert not seen.changed
        assert past is not None
        assert not past.unseen
        assert past.blocks == paragraphs(FIRST)
        cache.store(FEED, [article(SECOND + "\n\nSays who?", "Bridge")], now=NOW + timedelta(hours=2))
        past = cache.past(article().id)
        assert past is not None
        assert past.unseen
        assert past.blocks == paragraphs(SECOND)
        assert past.read > 0


def test_former_headlines_are_a_short_list(tmp_path: Path) -> None:
    with Cache.open(places_in(tmp_path)) as cache:
        stored(cache, article())
        for number in range(40):
            cache.store(FEED, [article(headline=f"Headline {number}")], now=NOW)
        past = cache.past(article().id)
        assert past is not None
        assert [text for _, text in past.headlines] == [f"Headline {number}" for number in range(31, 39)]


def test_a_page_that_is_read_again_is_compared_with_the_page_and_not_with_the_feed(tmp_path: Path) -> None:
    with Cache.open(places_in(tmp_path)) as cache:
        stored(cache, article("A teaser."))
        page = replace(article(FIRST), full=True)
        cache.put_body(page.id, page)
        assert cache.past(page.id) is None
        cache.store(FEED, [article("Another teaser.")], now=NOW)
        kept = cache.article(page.id)
        assert kept is not None
        assert kept.full
        assert kept.stale
        assert not kept.changed
        cache.put_body(page.id, replace(page, blocks=paragraphs(SECOND)))
        kept, past = cache.article(page.id), cache.past(page.id)
        assert kept is not None
        assert kept.changed
        assert not kept.stale
        assert past is not None
        assert past.full
        assert past.blocks == paragraphs(FIRST)
        # Read in another charset, or without its last page, it is no other version.
        cache.saw(page.id)
        cache.put_body(page.id, replace(page, blocks=paragraphs("Mojibake"), charset="big5"))
        cache.put_body(page.id, replace(page, blocks=paragraphs("Half"), charset="big5", notes=("cut",)))
        past = cache.past(page.id)
        assert past is not None
        assert not past.unseen


def test_a_compaction_takes_former_texts_along(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    with Cache.open(places) as cache:
        stored(cache, *some(FEED, 30))
        for turn in range(8):
            changed = [replace(one, blocks=paragraphs(f"Turn {turn}. " * 300)) for one in some(FEED, 30)]
            cache.store(FEED, changed, now=NOW)
        shelf = cache.library.shelf(FEED)
        before = shelf.bodies.signature()[0]
        assert due(shelf)
        while not cache.retain(days=0, per_source=0, now=NOW, budget=100).done:
            pass
        assert shelf.bodies.signature()[0] < before / 3
        assert not due(shelf)
    with again(places) as cache:
        for one in some(FEED, 30):
            past, now = cache.past(one.id), cache.article(one.id)
            assert past is not None
            assert past.blocks == one.blocks
            assert now is not None
            assert now.blocks == paragraphs("Turn 7. " * 300)
        cache.library.shelf(FEED).compact()
        assert cache.past(make(FEED, 3).id) == replace(
            past, headline="Report 3 from alpha", blocks=make(FEED, 3).blocks
        )
        assert not cache.check()


def test_a_former_text_that_is_lost_is_only_not_there(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    with Cache.open(places) as cache:
        stored(cache, article())
        cache.store(FEED, [article(SECOND)], now=NOW)
    (places.cache / "bodies" / f"{FEED}.jsonl").unlink()
    with again(places) as cache:
        past = cache.past(article().id)
        assert past is not None
        assert past.blocks is None
        assert past.headline == "Council plans a bridge"


def test_when_it_was_read_is_found_in_the_journal(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    with Cache.open(places) as cache:
        stored(cache, *some(FEED, 200), read=False)
        cache.mark([one.id for one in some(FEED, 200)[1:]], "all", read=True)
        cache.mark([article().id], "read", read=True)
        cache.mark([article().id], "star", starred=True)
        when = cache.read_at(article().id)
        step = next(step for step in cache.history() if step.what == "read")
        assert when == round(step.time.timestamp() * 1000)
        assert cache.read_at("0123456789ab") == 0
        cache.compact_state(force=True)
        assert cache.read_at(article().id) == when


def test_a_backup_takes_former_versions_along(tmp_path: Path) -> None:
    with Cache.open(places_in(tmp_path / "one")) as cache:
        stored(cache, article())
        cache.store(FEED, [article(SECOND, "Other")], now=NOW)
        past, now = cache.past(article().id), cache.article(article().id)
    assert past is not None
    assert now is not None
    with Cache.open(places_in(tmp_path / "two")) as cache:
        told = cache.restore(FEED, [now], now=NOW, pasts={now.id: past})
        assert told.new == (now.id,)
        assert cache.past(now.id) == past
        assert cache.article(now.id) == now
        assert not cache.restore(FEED, [now], now=NOW, pasts={now.id: past})
    with Cache.open(places_in(tmp_path / "three")) as cache:
        cache.store(FEED, [article(SECOND, "Other")], now=NOW)
        cache.restore(FEED, [now], now=NOW, pasts={now.id: past})
        assert cache.past(now.id) == past
        cache.library.shelf(FEED).compact()
        assert cache.past(now.id) == past
        assert cache.article(now.id) == now


# --- withdrawn ---------------------------------------------------------------------------------------------


def test_what_a_feed_drops_from_its_midst_is_no_longer_listed_and_comes_back(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    articles = some(FEED, 12)
    with Cache.open(places) as cache:
        stored(cache, *articles, read=False, listed=WINDOW)
        told = cache.store(FEED, [*articles[:3], *articles[4:]], now=NOW, listed=WINDOW)
        assert told.withdrawn == (articles[3].id,)
        assert cache.article(articles[3].id).withdrawn == "unlisted"  # type: ignore[union-attr]
    with_indices(places)
    with again(places) as cache:
        assert cache.listing([FEED])[3].standing == ("unlisted",)
        assert not cache.store(FEED, [*articles[:3], *articles[4:]], now=NOW, listed=WINDOW)
        cache.store(FEED, articles, now=NOW, listed=WINDOW)
        assert all(not one.standing for one in cache.listing([FEED]))
        assert cache.past(articles[3].id) is None


def test_what_leaves_a_window_at_its_end_is_not_missed(tmp_path: Path) -> None:
    articles = some(FEED, 30)
    with Cache.open(places_in(tmp_path)) as cache:
        for start in (15, 10, 3, 0):
            told = cache.store(FEED, articles[start : start + 12], now=NOW, listed=WINDOW)
            assert not told.withdrawn


def test_a_list_that_is_not_in_order_of_time_or_another_one_tells_nothing(tmp_path: Path) -> None:
    articles = some(FEED, 20)
    ranked = [*articles[::2], *articles[1::2]]
    ranked = [ranked[(number * 7) % 20] for number in range(20)]
    with Cache.open(places_in(tmp_path)) as cache:
        cache.store(FEED, ranked, now=NOW, listed=WINDOW)
        assert not cache.store(FEED, ranked[:5] + ranked[6:], now=NOW, listed=WINDOW).withdrawn
        cache.store(FEED, articles, now=NOW, listed=WINDOW)
        other = [one for number, one in enumerate(articles) if number % 3 != 1]
        assert not cache.store(FEED, other, now=NOW, listed=WINDOW).withdrawn
        assert not cache.store(FEED, articles[:1] + articles[2:], now=NOW).withdrawn


def test_a_tombstone_withdraws_an_entry_and_a_newer_entry_overrules_it(tmp_path: Path) -> None:
    articles = some(FEED, 6)
    stone = Tombstone(articles[0].id, NOW + timedelta(minutes=5), "retracted")
    listed = Listed(window=True, deleted=(stone, Tombstone("0123456789ab"), Tombstone("nonsense")))
    with Cache.open(places_in(tmp_path)) as cache:
        cache.store(FEED, articles, now=NOW, listed=WINDOW)
        told = cache.store(FEED, articles[1:], now=NOW + timedelta(hours=1), listed=listed)
        assert told.withdrawn == (articles[0].id,)
        past = cache.past(articles[0].id)
        assert past is not None
        assert (past.withdrawn, past.comment) == ("deleted", "retracted")
        assert past.since == round(stone.when.timestamp() * 1000)  # type: ignore[union-attr]
        assert not cache.store(FEED, articles[1:], now=NOW + timedelta(hours=2), listed=listed)
        # Listed once more, with a newer date than its deletion.
        newer = replace(articles[0], published=NOW + timedelta(hours=3), headline="Corrected")
        cache.store(FEED, [newer, *articles[1:]], now=NOW + timedelta(hours=3), listed=listed)
        assert not cache.article(newer.id).withdrawn  # type: ignore[union-attr]


def test_a_page_that_is_gone_is_said_so_until_it_answers_again(tmp_path: Path) -> None:
    with Cache.open(places_in(tmp_path)) as cache:
        stored(cache, article(), listed=WINDOW)
        cache.put_withdrawn(article().id, "gone", now=NOW)
        cache.store(FEED, [article(SECOND)], now=NOW, listed=WINDOW)
        kept = cache.article(article().id)
        assert kept is not None
        assert kept.withdrawn == "gone"
        assert kept.standing == ("changed", "withdrawn")
        cache.put_body(kept.id, replace(kept, full=True))
        assert not cache.article(kept.id).withdrawn  # type: ignore[union-attr]


def test_withdrawn_articles_outlive_retention_while_they_are_unread(tmp_path: Path) -> None:
    articles = [make(FEED, number, published=NOW - timedelta(days=number)) for number in range(100)]
    with Cache.open(places_in(tmp_path)) as cache:
        cache.store(FEED, articles, now=NOW)
        for number in (70, 80):
            cache.put_withdrawn(articles[number].id, "gone", now=NOW)
        cache.mark([articles[80].id], "read", read=True)
        while not cache.retain(days=10, per_source=60, now=NOW, budget=50).done:
            pass
        left = {one.id for one in cache.listing([FEED])}
        assert articles[70].id in left
        assert articles[80].id not in left
        assert len(left) == 51
        cache.mark([articles[70].id], "read", read=True)
        cache.retain(days=10, per_source=60, now=NOW, budget=50)
        assert cache.article(articles[70].id) is None


# --- substance ---------------------------------------------------------------------------------------------


def test_substance_keeps_what_matters() -> None:
    apart = [
        ("Fraud?", "Fraud"), ("1.5 dead", "15 dead"), ("12 dead", "14 dead"), ("-5 degrees", "5 degrees"),
        ("won by 3 votes", "won by 5 votes"), ("死亡12人", "死亡14人"), ("up 5%", "up 5"),
        ("北京", "南京"), ("not guilty", "guilty"),
    ]  # fmt: skip
    same = [
        ("a  b\u00a0c", "a b c"), ("“a” — b…", '"a" - b...'), ("１２人死亡", "12人死亡"),
        ("中国 人民", "中国人民"), ("5,000", "5000"), ("3 hours ago: x", "4 hours ago: x"),
        ("x（12 评论）", "x(15评论)"), ("https://a.example/b?utm_source=c x", "https://a.example/b x"),
        ("x\n评论：12 阅读：5", "x\n评论 130 阅读 44"),
    ]  # fmt: skip
    assert not [pair for pair in apart if substance(pair[0]) == substance(pair[1])]
    assert not [pair for pair in same if substance(pair[0]) != substance(pair[1])]


words = st.lists(st.sampled_from(["council", "bridge", "12", "会议", "桥", "Monday", "no"]), min_size=1)


@settings(max_examples=25)
@given(st.lists(st.tuples(words, st.booleans()), min_size=1, max_size=8))
def test_the_version_that_was_read_last_is_always_the_one_that_is_kept(
    tmp_path_factory: object, turns: list[tuple[list[str], bool]]
) -> None:
    """A model: what the reader looked at last, and whether what is there now differs from it."""
    folder = tmp_path_factory.mktemp("versions")  # type: ignore[attr-defined]
    with Cache.open(places_in(folder)) as cache:
        stored(cache, article("first"))
        read = current = "first"
        for said, looked in turns:
            current = " ".join(said)
            cache.store(FEED, [article(current)], now=NOW)
            now, past = cache.article(article().id), cache.past(article().id)
            assert now is not None
            assert now.blocks == paragraphs(current)
            assert now.changed == (substance(read) != substance(current))
            if now.changed:
                assert past is not None
                assert past.blocks == paragraphs(read)
            if looked:
                cache.saw(article().id)
                if now.changed:
                    read = current
