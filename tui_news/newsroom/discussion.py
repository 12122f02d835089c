"""The comments on an article: found, fetched when asked for, kept for reading offline; which are new."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tui_news.fetch import FetchError
from tui_news.i18n import _, many
from tui_news.model import Article
from tui_news.newsroom.reading import is_private_source
from tui_news.sources.discussion import Comment, Place, Thread, places_of, thread_from_dict, thread_to_dict
from tui_news.sources.discussion.thread import unseen
from tui_news.text.when import ago
from tui_news.workers import WorkerError

if TYPE_CHECKING:
    from tui_news.fetch import Response
    from tui_news.newsroom import Newsroom

MAX_BYTES = 8_000_000
"""Bytes of one answer of a discussion, over the line; twice as many decompressed."""
AT_ONCE = 6
"""Answers of one thread that are asked for together."""
PATIENCE = 60
"""Seconds after which no further answer of a thread is asked for."""
ACCEPT = "application/json, application/atom+xml, application/rss+xml, text/xml;q=0.9, */*;q=0.5"

Progress = Callable[[int, int], None]
"""Called with how many comments have come and how many answers are still to come."""


class NoCommentsError(Exception):
    """There are no comments to show; the message names the source and the next step."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A thread as the reader meets it."""

    thread: Thread
    new: frozenset[str] = frozenset()
    """Ids of the comments that have come since the last visit."""
    notice: str = ""
    """Why this is what was kept and not what is there now."""


def kept(newsroom: Newsroom, id: str) -> Talk | None:
    """The thread of an article as it was last read; None when it never was."""
    if not id:
        return None
    document = newsroom.cache.threads.get(id)
    if document is None:
        return None
    try:
        thread = thread_from_dict(document)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return Talk(thread, unseen(thread.comments, seen(newsroom, id)))


def seen(newsroom: Newsroom, id: str) -> frozenset[str] | None:
    """The ids of the comments that the reader had before him on the last visit; None before the first."""
    left = newsroom.cache.talk.get(id) or {}
    ids = left.get("seen")
    return frozenset(map(str, ids)) if isinstance(ids, list) else None


def visited(newsroom: Newsroom, id: str, thread: Thread) -> None:
    """The reader leaves a thread: all of it counts as seen. Raises `CacheError`."""
    if not id:
        return
    left = dict(newsroom.cache.talk.get(id) or {})
    left["seen"] = [comment.id for comment in thread.comments]
    newsroom.cache.talk.put(id, left)


def head_of(comment: Comment, moment: datetime, new: bool) -> tuple[str, str]:
    """Who wrote a comment, and what else its head says: when, how many points, whether it is new."""
    when = ago(comment.when, moment) if comment.when else ""
    score = many(comment.score, "{count} point", "{count} points") if comment.score is not None else ""
    gone = _("deleted") if comment.gone and not comment.blocks else ""
    rest = " · ".join(part for part in (when, score, gone, _("new") if new else "") if part)
    return comment.author or _("anonymous"), f"  {rest}" if rest else ""


async def fetch(newsroom: Newsroom, article: Article, progress: Progress | None = None) -> Talk:
    """The comments on an article as they are now, which the cache keeps.

    Raises NoCommentsError, one plain line, when there are none to be had; `kept` may have older ones.
    """
    places = places_of(article)
    problems: list[str] = []
    for place in places:
        try:
            return _keep(newsroom, article, await _read(newsroom, article, place, progress))
        except (FetchError, WorkerError) as error:
            problems.append(str(error))
    for place in await _look_at_page(newsroom, article, problems):
        if place not in places:
            try:
                return _keep(newsroom, article, await _read(newsroom, article, place, progress))
            except (FetchError, WorkerError) as error:
                problems.append(str(error))
    name = newsroom.source_name(article.source) or article.url or article.comments_url
    if problems:
        raise NoCommentsError(f"{name}: {problems[0]}")
    raise NoCommentsError(_("{name} names no comments for this article, and its page shows none", name=name))


def _keep(newsroom: Newsroom, article: Article, thread: Thread) -> Talk:
    from tui_news.cache import CacheError

    if article.comments_post and not thread.reply_kind:
        thread = replace(thread, reply_kind="commentapi", reply_url=article.comments_post)
    before = seen(newsroom, article.id) if article.id else None
    notice = ""
    if article.id:
        try:
            newsroom.cache.threads.put(article.id, thread_to_dict(thread), lambda id: newsroom.state(id).keep)
        except CacheError as error:
            notice = str(error)
    return Talk(thread, unseen(thread.comments, before), notice)


async def _read(newsroom: Newsroom, article: Article, place: Place, progress: Progress | None) -> Thread:
    """All answers of a place. What fails after the first answer is said in a note, and the rest is kept."""
    from tui_news.newsroom import now
    from tui_news.newsroom.desk import read_comments
    from tui_news.sources.discussion.readers import reader_of

    reader = reader_of(place)
    fetcher = await newsroom.fetcher()
    private = is_private_source(newsroom.source(article.source)) or not article.source

    async def get(url: str) -> Response:
        return await fetcher.get(
            url, accept=ACCEPT, allow_private=private, max_received=MAX_BYTES, max_decoded=2 * MAX_BYTES
        )

    # The first answer decides whether this is the place at all.
    waiting = deque(await read_comments(newsroom.workers, place, reader, await get(reader.first)))
    until = time.monotonic() + PATIENCE
    while waiting:
        if time.monotonic() > until:
            text = _("Some comments are missing: the site took more than {seconds} s.", seconds=PATIENCE)
            reader.note(text)
            break
        if progress:
            progress(len(reader.ids), len(waiting))
        batch = [waiting.popleft() for _each in range(min(AT_ONCE, len(waiting)))]
        answers = await asyncio.gather(*(get(url) for url in batch), return_exceptions=True)
        for answer in answers:
            if isinstance(answer, FetchError):
                reader.note(_("Some comments are missing: {error}", error=answer))
            elif isinstance(answer, BaseException):
                raise answer
            else:
                try:
                    waiting.extend(await read_comments(newsroom.workers, place, reader, answer))
                except WorkerError as error:
                    reader.note(_("Some comments are missing: {error}", error=error))
    return reader.thread(now())


async def _look_at_page(newsroom: Newsroom, article: Article, problems: list[str]) -> list[Place]:
    """The places that an article's own page names."""
    from tui_news.newsroom.desk import places_on

    url = (article.url or article.comments_url).partition("#")[0]
    if not url:
        return []
    fetcher = await newsroom.fetcher()
    private = is_private_source(newsroom.source(article.source)) or not article.source
    try:
        return await places_on(newsroom.workers, await fetcher.get(url, allow_private=private))
    except (FetchError, WorkerError) as error:
        problems.append(str(error))
        return []
