"""Works the front page out from what is cached: which stories there are, what each is worth and its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tui_news.newsroom.front import front_path, write
from tui_news.portal.front import COLUMN, Front, Item, Phrase, arrange, to_json

if TYPE_CHECKING:
    from tui_news.model import Article
    from tui_news.newsroom import Newsroom
    from tui_news.portal.stories import Folder
    from tui_news.portal.topics import Topic

WINDOW_HOURS: Final = 72
MOST: Final = 20_000
"""Articles of the window that are looked at, the newest."""
QUIET, NEWEST = 40, 400
"""With fewer articles in the window, the page is made of the newest there are: so many of them."""
HOT_HOURS: Final = 36
"""What topics call now."""
BEFORE: Final = 2_000
"""Older articles of the window by which topics tell what was usual; what was before, folding has counted."""
ARTICLES: Final = 12
"""Articles of a topic or tag that the page keeps."""
DECK: Final = 300
"""Characters of a deck that it keeps."""
TOPICS, TAGS = 30, 60


def build(newsroom: Newsroom, moment: datetime | None = None) -> Front:
    """Work the page out and keep it, and one for each site. Costs what the new articles cost; gives the page
    of all sources. Raises `CacheError`."""
    from tui_news.newsroom import now as present
    from tui_news.newsroom.foldstate import fold_window
    from tui_news.newsroom.telling import tell
    from tui_news.newsroom.told import write as write_told

    now = moment or present()
    if newsroom.show_starter:
        return Front(now.timestamp())
    window = _window(newsroom, now)
    folder = fold_window(newsroom, window, (now - timedelta(hours=WINDOW_HOURS)).timestamp())
    told = [story for story in folder.told() if len(story.sources) > 1 or story.copies]
    topics = _topics(newsroom, window, folder, now)
    grouped = {id: story.articles for story in told for id in story.articles}
    # Before the page: whoever sees a new page finds its stories.
    by_id = {article.id: article for article in window}
    write_told(newsroom.places, tell(newsroom, [story.articles for story in told], folder.rows, by_id))
    written: set[str] = set()
    for site in (*newsroom.sites, None):
        page = _page(newsroom, now, window, grouped, topics, site)
        path = front_path(newsroom.places, site)
        write(path, to_json(page))
        written.add(path.name)
    for path in newsroom.places.cache.glob("front.*.json"):
        if path.name not in written:
            path.unlink(missing_ok=True)  # of a site that is no more
    return page


def _page(
    newsroom: Newsroom,
    now: datetime,
    window: Sequence[Article],
    grouped: Mapping[str, Sequence[str]],
    topics: Sequence[Topic],
    site: str | None,
) -> Front:
    """The page of a site, or with None that of all sources: its own articles, and of a story those of its
    reports that it has."""
    from tui_news.newsroom.phrases import choices, holding
    from tui_news.portal.topics import hot_tags
    from tui_news.text.fold import fold

    sources = {source.id: source for source in newsroom.sources if site is None or source.site == site}
    if site is not None:
        window = [article for article in window if article.source in sources]
        topics = [own for topic in topics if (own := _within(topic, window)) is not None]
    muted = choices(newsroom, "muted")
    hides, following = holding(muted), choices(newsroom, "followed")
    maker = _Maker(newsroom, now, window, holding(following))
    maker.make(window, grouped, hides)
    silent = {fold(phrase) for phrase in muted}
    tags = hot_tags(window, now=now, limit=TAGS, topics=topics)
    used = {source.section[:1] for source in sources.values()}
    return arrange(
        maker.items,
        made=now.timestamp(),
        sections=[(node.path, node.title) for node in newsroom.tree if site is None or node.path in used],
        topics=[phrase_of(topic) for topic in topics],
        tags=[phrase_of(tag) for tag in tags if fold(tag.phrase) not in silent],
        followed=[
            (phrase, [item for item in maker.items if phrase in maker.followed[item.id]])
            for phrase in following
        ],
        discussed=_discussed(newsroom, maker, hides, set(sources)),
    )


def _within(topic: Topic, window: Sequence[Article]) -> Topic | None:
    """A topic as far as some articles speak of it; None when fewer than two do."""
    from dataclasses import replace

    wanted = set(topic.articles)
    own = [article for article in window if article.id in wanted]
    if len(own) < 2:
        return None
    told = tuple(article.id for article in own)
    share = len(own) / len(topic.articles)
    return replace(topic, articles=told, sources=len({one.source for one in own}), usual=share * topic.usual)


def _window(newsroom: Newsroom, now: datetime) -> list[Article]:
    """The articles that the page is made of, newest first."""
    from tui_news.newsroom import View

    ids = newsroom.source_ids(View())
    listing = newsroom.cache.listing(ids, since=now - timedelta(hours=WINDOW_HOURS))[:MOST]
    latest = now + timedelta(hours=2)
    window = [article for article in listing if article.when and article.when <= latest]
    # A quiet week, or a newspaper of monthlies.
    return window if len(window) >= QUIET else list(newsroom.cache.listing(ids)[:NEWEST])


class _Maker:
    """Makes the stories of the page, each with the reasons for its place."""

    def __init__(
        self,
        newsroom: Newsroom,
        now: datetime,
        window: Sequence[Article],
        followed: Callable[[Article], list[str]],
    ) -> None:
        self.newsroom, self.now, self._followed = newsroom, now, followed
        self.order = {node.path: number for number, node in enumerate(newsroom.tree)}
        self.positions = positions(window)
        self.items: list[Item] = []
        self.item_of: dict[str, Item] = {}
        """Each story by the id of each of its reports."""
        self.followed: dict[str, set[str]] = {}
        """The phrases that the reader follows in each story, by the story's id."""
        self._columns: dict[str, str] = {}

    def make(
        self,
        window: Iterable[Article],
        grouped: Mapping[str, Sequence[str]],
        muted: Callable[[Article], list[str]],
    ) -> None:
        """The stories of the window; `grouped` maps an id to all reports of its story."""
        by_id = {article.id: article for article in window}
        for article in by_id.values():
            if article.id in self.item_of or not article.headline or muted(article):
                continue
            group = [by_id[id] for id in grouped.get(article.id, (article.id,)) if id in by_id]
            item = self.story(group)
            self.items.append(item)
            self.item_of.update({one.id: item for one in group})

    def story(self, group: Sequence[Article]) -> Item:
        """The story that some articles tell."""
        from tui_news.newsroom.telling import rank
        from tui_news.portal.ranking import Facts, reasons, total

        newsroom, best = self.newsroom, max(group, key=rank)
        source = newsroom.source(best.source)
        section = source.section if source else ()
        latest = max((one.when for one in group if one.when), default=self.now)
        sources = len({one.source for one in group})
        comments = max((one.comments or 0 for one in group), default=0)
        followed = {phrase for one in group for phrase in self._followed(one)}
        why = reasons(
            Facts(
                sources, len(group), (self.now - latest).total_seconds() / 3_600,
                min((self.positions.get(one.id, 99) for one in group), default=99),
                comments, self.order.get(section[:1], len(self.order)), bool(followed),
                sum(newsroom.state(one.id).starred for one in group),
            )
        )  # fmt: skip
        item = Item(
            best.id, best.headline, newsroom.source_name(best.source), section, best.kicker,
            best.deck[:DECK], ", ".join(best.authors[:2]), latest.timestamp(), comments,
            tuple(one.id for one in group) if len(group) > 1 else (), sources,
            tuple((r.kind, round(r.points, 3), round(r.value, 3)) for r in why),
            self._column(best), round(total(why), 3), best.source,
        )  # fmt: skip
        self.followed[item.id] = followed
        return item

    def _column(self, article: Article) -> str:
        """What column an article belongs to: its source's, unless its comments are on a forum."""
        from tui_news.newsroom.scopes import column_of, is_forum

        if article.comments_url and is_forum(article.comments_url):
            return "forum"
        column = self._columns.get(article.source)
        if column is None:
            column = self._columns[article.source] = column_of(self.newsroom.source(article.source))
        return column


def _discussed(
    newsroom: Newsroom, maker: _Maker, muted: Callable[[Article], list[str]], sources: Set[str]
) -> list[Item]:
    """The most discussed of all that is cached of some sources, as stories with the comments that are
    counted."""
    from dataclasses import replace

    from tui_news.newsroom.discussed import most_discussed

    found: dict[str, Item] = {}
    for one in most_discussed(newsroom, limit=4 * COLUMN, now=maker.now, sources=sources):
        if one.article.id not in maker.item_of and muted(one.article):
            continue
        item = maker.item_of.get(one.article.id) or maker.story([one.article])
        found.setdefault(item.id, replace(item, comments=one.comments))
    return list(found.values())


def _topics(newsroom: Newsroom, window: Sequence[Article], folder: Folder, now: datetime) -> list[Topic]:
    """Hot topics, without what the reader mutes."""
    from tui_news.newsroom.foldstate import rate_of
    from tui_news.newsroom.phrases import choices
    from tui_news.portal.topics import hot_topics
    from tui_news.text.fold import fold

    muted = {fold(phrase) for phrase in choices(newsroom, "muted")}
    names = [newsroom.source_name(source.id) for source in newsroom.sources]
    edge = now - timedelta(hours=HOT_HOURS)
    young = sum(1 for article in window if article.when is not None and article.when >= edge)
    topics = hot_topics(
        window[: young + BEFORE], now=now, source_names=names, limit=TOPICS, rate=rate_of(folder),
        story_of={id: row.story for id, row in folder.rows.items()},
    )  # fmt: skip
    return [topic for topic in topics if fold(topic.phrase) not in muted]


def phrase_of(topic: Topic) -> Phrase:
    """A topic or tag as the page keeps it."""
    return Phrase(
        topic.phrase, topic.articles[:ARTICLES], topic.sources, round(topic.score, 3), round(topic.usual, 3),
        len(topic.articles),
    )  # fmt: skip


def positions(articles: Iterable[Article]) -> dict[str, int]:
    """Where each source put its articles when they were first seen: their first sights are a second apart, in
    the order in which it listed them."""
    by_source: dict[str, list[Article]] = {}
    for article in articles:
        if article.fetched is not None:
            by_source.setdefault(article.source, []).append(article)
    places: dict[str, int] = {}
    for listed in by_source.values():
        listed.sort(key=lambda one: one.fetched or datetime.min.replace(tzinfo=UTC), reverse=True)
        position, last = 0, None
        for article in listed:
            if last is not None and article.fetched and (last - article.fetched).total_seconds() > 60:
                position = 0  # an older answer
            places[article.id] = position
            position += 1
            last = article.fetched
    return places
