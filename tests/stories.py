"""A home whose stories are known: articles of several sources, and which of them tell of one event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tui_news.cache import Cache
from tui_news.model import Article, Source, source_id
from tui_news.newsroom.told import Story, told_of, write
from tui_news.paths import Places

CONFIG = "[refresh]\non_start = false\n\n[cache]\ndays = 100000\nper_source = 1000000\n"
NAMES = ("Elder Courier", "Tramway Bulletin", "Harbour Post", "北港晚报", "Glass Observer", "Mill Gazette")
SECTIONS = ("World", "World/Europe", "World", "中文", "Science", "Science")


def url_of(number: int) -> str:
    return f"https://news.example/{number}.rss"


def id_of(source: int, number: int) -> str:
    """The id of a source's article."""
    return f"{source:02x}{number:010x}"


def plant(
    home: Path, now: datetime, articles: Sequence[tuple[int, int, str]], stories: Sequence[Sequence[str]]
) -> Places:
    """A home with these articles (source, minutes ago, headline; numbered within their source from 0 on), of
    which `stories` names those that are one, the one that stands for it first."""
    places = Places(home / "config", home / "cache", home / "data")
    places.config.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text(CONFIG, encoding="utf-8")
    places.sources_file.write_text(
        "\n".join(
            f'[[source]]\nurl = "{url_of(number)}"\ntitle = "{name}"\nsection = "{section}"\n'
            for number, (name, section) in enumerate(zip(NAMES, SECTIONS, strict=True))
        ),
        encoding="utf-8",
    )
    by_source: dict[int, list[Article]] = {}
    for source, minutes, headline in articles:
        own = by_source.setdefault(source, [])
        when = now - timedelta(minutes=minutes)
        own.append(
            Article(
                id_of(source, len(own)), source_id(url_of(source)), url=f"{url_of(source)}/{len(own)}",
                headline=headline, deck=f"What {NAMES[source]} has to say of it.", published=when,
                fetched=when,
            )
        )  # fmt: skip
    with Cache.open(places) as cache:
        for source, own in by_source.items():
            cache.store(source_id(url_of(source)), own, now=now)
    times = {article.id: article.published for own in by_source.values() for article in own}
    write(
        places,
        told_of(
            [Story.of(ids, [source_id(url_of(int(id[:2], 16))) for id in ids]) for ids in stories],
            min((times[id].timestamp() for ids in stories for id in ids), default=0.0),  # type: ignore[union-attr]
        ),
    )
    return places


def source(number: int) -> Source:
    return Source(source_id(url_of(number)), "feed", url_of(number))
