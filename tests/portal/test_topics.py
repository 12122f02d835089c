"""Hot topics and tags: planted bursts are found, site names and old hats are not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tui_news.model import Article
from tui_news.portal.topics import hot_tags, hot_topics

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def article(number: int, headline: str, source: str, hours: float, tags: tuple[str, ...] = ()) -> Article:
    return Article(
        id=f"{number:04}", source=source, headline=headline, published=NOW - timedelta(hours=hours), tags=tags
    )


def edition() -> list[Article]:
    filler = [
        "Council votes on budget",
        "Markets close higher",
        "Rain expected in the north",
        "足球联赛昨晚开幕",
    ]
    old = [
        article(number, filler[number % 4] + f" {number}", f"s{number % 5}", 48 + number)
        for number in range(80)
    ]
    new = [
        article(101, "Harbour bridge closed after storm", "s1", 2),
        article(102, "Storm damage: Harbour bridge stays closed", "s2", 3),
        article(103, "Engineers inspect Harbour bridge", "s3", 5),
        article(104, "滨江大桥因台风封闭", "s4", 2),
        article(105, "台风过后滨江大桥仍未开放", "s0", 3),
        article(106, "滨江大桥今晚检修", "s2", 4),
        article(107, "Council votes on budget again", "s1", 1),
        article(108, "The Example Times: Letters", "s1", 1),
        article(109, "The Example Times: Corrections", "s1", 2),
    ]
    return [*old, *new]


def test_planted_bursts_lead_in_english_and_chinese() -> None:
    topics = hot_topics(edition(), now=NOW, source_names=["The Example Times"])
    first = [topic.phrase for topic in topics[:3]]
    assert "Harbour bridge" in first
    assert "滨江大桥" in first
    bridge = next(topic for topic in topics if topic.phrase == "Harbour bridge")
    assert bridge.articles == ("0101", "0102", "0103")
    assert bridge.sources == 3


def test_neither_site_names_nor_stop_words_are_topics() -> None:
    phrases = [t.phrase for t in hot_topics(edition(), now=NOW, source_names=["The Example Times"])]
    assert "The Example Times" not in phrases
    assert not {"the", "on", "after", "The"} & set(phrases)


def test_what_was_always_there_is_not_hot() -> None:
    topics = {topic.phrase: topic.score for topic in hot_topics(edition(), now=NOW)}
    assert topics.get("Council votes", 0) < topics["Harbour bridge"]


def test_words_of_every_day_that_no_story_turns_on_are_no_topic() -> None:
    now = [
        article(1, "滨江大桥因台风封闭", "s1", 2),
        article(2, "台风过后滨江大桥仍未开放", "s2", 3),
        article(3, "城北供水工程完工", "s3", 2),
        article(4, "老街修缮工程招标", "s4", 3),
        article(5, "校园绿化工程启动", "s5", 4),
    ]
    story_of = {"0001": 1, "0002": 1, "0003": 2, "0004": 3, "0005": 4}
    phrases = [topic.phrase for topic in hot_topics(now, now=NOW, story_of=story_of)]
    assert "滨江大桥" in phrases
    assert "工程" not in phrases
    assert "工程" in [topic.phrase for topic in hot_topics(now, now=NOW)]  # nothing is known of stories


def test_tags_are_weighted_by_age_and_sources() -> None:
    tags = hot_tags(
        [
            article(1, "a", "s1", 1, ("Space",)), article(2, "b", "s2", 2, ("space",)),
            article(3, "c", "s1", 700, ("Gardens",)), article(4, "d", "s1", 701, ("Gardens",)),
        ],
        now=NOW,
    )  # fmt: skip
    assert [tag.phrase for tag in tags] == ["Space", "Gardens"]
    assert tags[0].sources == 2


def test_nothing_comes_of_nothing() -> None:
    assert hot_topics([], now=NOW) == []
    assert hot_tags([], now=NOW) == []
