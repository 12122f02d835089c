"""What the front page's worker leaves for lists to fold by: the stories of these days, and those before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tui_news.newsroom.told import Story, Told, told_of
from tui_news.newsroom.views import View

if TYPE_CHECKING:
    from tui_news.model import Article
    from tui_news.newsroom import Newsroom


def rank(article: Article) -> tuple[bool, bool, bool, float, str]:
    """Which report of a story stands for it, the greatest: one with a deck, the newest among those."""
    when = article.when
    return (
        bool(article.deck),
        bool(article.kicker),
        when is not None,
        when.timestamp() if when else 0.0,
        article.id,
    )


def tell(
    newsroom: Newsroom,
    stories: Iterable[Collection[str]],
    folded: Collection[str],
    heads: Mapping[str, Article],
) -> Told:
    """What lists fold from now on: these stories, the newest first, and those that were told before, as far
    as they are not among the `folded` articles any more but still in the cache: what is older than the days
    in which articles are compared stays folded. `heads` are articles at hand."""
    alive = set(newsroom.cache.listing(newsroom.source_ids(View())).ids)
    found: list[list[str]] = [list(ids) for ids in stories]
    number = {id: at for at, ids in enumerate(found) for id in ids}
    older: list[list[str]] = []
    for before in newsroom.told.stories:
        left = [id for id in before.ids if id not in folded and id in alive]
        at = next((number[id] for id in before.ids if id in number), None)
        if at is not None:
            found[at] += left
        elif len(left) > 1:
            older.append(left)

    def head(id: str) -> Article | None:
        return heads.get(id) or newsroom.cache.article(id)

    told: list[tuple[float, Story]] = []
    since = newsroom.told.since if older else float("inf")
    for ids in found:
        reports = sorted((one for id in ids if (one := head(id)) is not None), key=rank, reverse=True)
        if len(reports) > 1:
            times = [one.when.timestamp() for one in reports if one.when]
            since = min((since, *times))
            told.append((max(times, default=0.0), _story(reports)))
    told.sort(key=lambda pair: pair[0], reverse=True)
    kept = {id: story for story in newsroom.told.stories for id in story.ids}
    rest = []
    for left in older:
        sources = dict(zip(kept[left[0]].ids, kept[left[0]].sources, strict=True))
        rest.append(Story.of(left, [sources[id] for id in left]))
    return told_of([*(story for _latest, story in told), *rest], since if told or rest else 0.0)


def _story(reports: Sequence[Article]) -> Story:
    return Story.of([one.id for one in reports], [one.source for one in reports])
