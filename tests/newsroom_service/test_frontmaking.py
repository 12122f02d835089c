"""The front page worked out from a cache: what is folded, what is ranked, and that nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tui_news.cache import Cache
from tui_news.model import Article, article_id, source_id
from tui_news.newsroom import Newsroom, foldstate, frontchild
from tui_news.newsroom.discussed import most_discussed
from tui_news.newsroom.front import front_path
from tui_news.newsroom.frontmaking import build
from tui_news.newsroom.phrases import choose, holding
from tui_news.newsroom.told import stories_of, story_of
from tui_news.paths import Places

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAPERS = ("Courier", "Herald", "Echo")
SYLLABLES = ("ba", "ko", "du", "fe", "gi", "lo", "mu", "na", "pe", "ri", "sa", "tu", "vo", "wa", "ze", "hy")


def word(number: int) -> str:
    """A word of its own for each number."""
    return "".join(SYLLABLES[number >> shift & 15] for shift in (0, 4, 8, 12))


def url_of(paper: str) -> str:
    return f"https://{paper.casefold()}.example/feed"


def article(paper: str, number: int, headline: str, hours: float, **more: object) -> Article:
    source = source_id(url_of(paper))
    when = NOW - timedelta(hours=hours)
    made = Article(
        article_id(source, guid=str(number)), source, f"https://x.example/{number}", headline, published=when,
        fetched=when,
    )  # fmt: skip
    return replace(made, **more)


def filler(paper: str, number: int, hours: float) -> Article:
    """An article on something of its own."""
    first, second, third = (word(5 * number + step * 7_919) for step in (1, 2, 3))
    return article(paper, number, f"{first.title()} {second} {third}", hours)


def store(cache: Cache, *articles: Article) -> None:
    for source in dict.fromkeys(one.source for one in articles):
        cache.store(source, [one for one in articles if one.source == source], now=NOW)


@pytest.fixture
def newsroom(places: Places) -> Iterator[Newsroom]:
    places.config.mkdir()
    places.sources_file.write_text(
        "\n".join(
            f'[[source]]\nurl = "{url_of(paper)}"\ntitle = "{paper}"\nsection = "{paper}"' for paper in PAPERS
        )
    )
    with Cache.open(places) as cache:
        store(cache, *(filler(paper, number, number % 70) for paper in PAPERS[:1] for number in range(60)))
    with Newsroom.open(places) as opened:
        yield opened


def event(hours: float = 1.0) -> list[Article]:
    return [
        article("Courier", 900, "Ferry Zephyr runs aground off Quillport", hours),
        article("Herald", 901, "Zephyr ferry aground near Quillport, hundreds taken off", hours - 0.5),
        article("Echo", 902, "Hundreds leave ferry Zephyr after it ran aground at Quillport", hours - 0.7),
    ]


def test_a_report_that_comes_later_joins_the_story_that_was(newsroom: Newsroom) -> None:
    first, second, third = event()
    store(newsroom.cache, first, second)
    build(newsroom, NOW)
    assert set(story_of(newsroom, second.id)) == {first.id, second.id}
    store(newsroom.cache, third)
    front = build(newsroom, NOW)
    assert set(story_of(newsroom, first.id)) == {first.id, second.id, third.id}
    assert front.blocks[0].items[0].sources == 3
    assert newsroom.front == front


def test_with_very_many_articles_old_ones_that_nobody_else_told_are_left(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = article("Herald", 950, "Ferry Zephyr is to sail again from Quillport, hundreds cheer", 60)
    store(newsroom.cache, *event(), old)
    monkeypatch.setattr(foldstate, "ALL", 20)
    folded = build(newsroom, NOW)
    assert old.id not in stories_of(newsroom)
    assert len(stories_of(newsroom)) == 3
    # It has its place on the page all the same, and what was a story stays one as it grows old.
    assert old.id in {item.id for item in folded.items()}
    build(newsroom, NOW + timedelta(hours=60))
    assert len(stories_of(newsroom)) == 3


def test_what_is_derived_may_be_thrown_away_or_be_anything(newsroom: Newsroom) -> None:
    store(newsroom.cache, *event())
    good = build(newsroom, NOW)
    for path in newsroom.places.cache.glob("*.json"):
        if path.name != "format.json":
            path.write_bytes(b'deadbeef {"folding":2,"told":[1],"discussed":1}')
    assert build(newsroom, NOW) == good
    assert len(stories_of(newsroom)) == 3


def test_followed_and_muted_phrases_change_the_page(newsroom: Newsroom) -> None:
    store(newsroom.cache, *event(), article("Echo", 960, "Nothing much", 1, tags=("Gardening",)))
    choose(newsroom, "followed", "gardening", True)
    choose(newsroom, "muted", "Zephyr", True)
    front = build(newsroom, NOW)
    followed = front.blocks[0].items[0]
    assert followed.headline == "Nothing much", "what is followed leads, when nobody tells anything else"
    assert "followed" in {kind for kind, _points, _value in followed.reasons}
    assert not any("Zephyr" in item.headline for item in front.items())
    phrases = [phrase.text for block in front.blocks for phrase in block.phrases]
    assert not any(text.casefold() == "zephyr" for text in phrases)
    test = holding(["art", "港口"])
    assert test(article("Echo", 1, "Smart start", 1)) == []
    assert test(article("Echo", 1, "Art at the 新港口", 1)) == ["art", "港口"]


def test_each_site_has_a_front_page_of_its_own(
    newsroom: Newsroom, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_NEWS_HOME", str(places.config.parent))
    assert str(Places.of_user().cache) == str(places.cache)
    first, second, third = event()
    store(newsroom.cache, first, second, replace(third, comments=7))
    path = places.sources_file
    path.write_text(path.read_text().replace('section = "Echo"', 'section = "Echo"\nsite = "Night"'))
    with Newsroom.open() as opened:
        everything = build(opened, NOW)
        assert everything.blocks[0].items[0].sources == 3
        opened.show_site("Night")
        night = opened.front
        assert night is not None
        assert {item.id for item in night.items()} == {third.id}
        assert night.blocks[0].items[0].sources == 1
        assert [block.items[0].comments for block in night.blocks if block.kind == "discussed"] == [7]
        opened.show_site("")
        main = opened.front
        assert main is not None
        assert main.blocks[0].items[0].sources == 2
        assert third.id not in {id for item in main.items() for id in (item.id, *item.story)}
        opened.show_site(None)
        assert opened.front == everything
    path.write_text(path.read_text().replace('site = "Night"', ""))
    with Newsroom.open() as opened:
        build(opened, NOW)
        assert [path.name for path in places.cache.glob("front*.json")] == ["front.json"]


def test_the_most_discussed_are_those_of_all_that_is_cached(newsroom: Newsroom, places: Places) -> None:
    def talked(paper: str, number: int, hours: float, comments: int | None) -> Article:
        return replace(filler(paper, number, hours), comments=comments)

    old = talked("Herald", 2000, 24 * 50, 2_000_000_000)
    store(
        newsroom.cache, old, talked("Herald", 2001, 2, 90), talked("Echo", 2002, 2, 80),
        *(talked("Echo", 3000 + n, 10, 1) for n in range(250)),
    )  # fmt: skip

    def ranked(limit: int = 3) -> list[int]:
        return [one.comments for one in most_discussed(newsroom, limit=limit, now=NOW)]

    # Fifty days old and still before all others; the thirty days and 20,000 articles of old are no bound.
    assert ranked() == [90, 80, 2_000_000_000]
    assert len(ranked(1_000)) == 202, "two hundred of each source"
    front = build(newsroom, NOW)
    block = next(block for block in front.blocks if block.kind == "discussed")
    assert [item.comments for item in block.items[:3]] == [90, 80, 2_000_000_000]
    assert block.items[2].id == old.id
    placed = [item.id for other in front.blocks if other.kind != "discussed" for item in other.items]
    assert old.id not in placed

    # Kept up: a number that grows, one that is no longer told, an article that is dropped.
    store(newsroom.cache, talked("Echo", 2002, 2, 100), talked("Herald", 2001, 2, None))
    assert ranked(2) == [100, 2_000_000_000]
    newsroom.cache.drop_source(source_id(url_of("Echo")))
    assert ranked() == [2_000_000_000]
    # Another program, and one with nothing kept, come to the same.
    with Newsroom.open(places) as other:
        assert [one.article.id for one in most_discussed(other, now=NOW)] == [old.id]
    (places.cache / "discussed.json").unlink()
    assert ranked() == [2_000_000_000]


def test_a_page_that_another_child_has_begun_meanwhile_is_not_made_again(
    newsroom: Newsroom, places: Places
) -> None:
    store(newsroom.cache, *event())
    newsroom.close()
    arguments = [str(places.config), str(places.cache), str(places.data), NOW.isoformat()]
    assert frontchild.main([*arguments, "1000.0"]) == 0
    made = front_path(places).stat()
    assert frontchild.main([*arguments, "2000.0"]) == 0
    assert front_path(places).stat() == made, "asked for before the first one began"
    later = Path("/proc/uptime").exists() and datetime.now(UTC).timestamp() + 1
    assert frontchild.main([*arguments, repr(later)]) == 0
    assert front_path(places).stat() != made
