"""The way to the workers: an answer's bytes in, articles as the cache or the reader takes them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tui_news.cache.codec import loads
from tui_news.cache.ready import Ready, unpack
from tui_news.cache.results import Tombstone
from tui_news.model import Article, article_from_dict
from tui_news.text.clean import clean_line
from tui_news.workers import Reply, WorkerError

if TYPE_CHECKING:
    from tui_news.fetch import Response
    from tui_news.model import Source
    from tui_news.sources.discussion import Place
    from tui_news.sources.discussion.answers import Reader
    from tui_news.workers import Pool

JOBS = {"feed": "feed", "page": "channel", "sitemap": "sitemap"}
"""The job that reads a source, by its kind."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The articles of an answer, ready for `Cache.store_ready`, and what the source says of itself."""

    entries: Sequence[Ready]
    title: str = ""
    home: str = ""
    damaged: bool = False
    older: str = ""
    """A channel page's next page, with the headlines before these."""
    pieces: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = ()
    """A channel page's own lists (hot searches, rankings, tags, blogs): label, kind, texts with addresses."""
    children: tuple[str, ...] = ()
    """The sitemaps that an index names."""
    deleted: tuple[Tombstone, ...] = ()
    """Entries that a feed says to be deleted."""


async def read_source(
    workers: Pool,
    source: Source,
    response: Response,
    *,
    now: datetime,
    seen: datetime,
    limit: int,
    first: bool = False,
) -> Batch:
    """The articles in a source's answer, `limit` at most. `seen` is the time of first sight for those that
    are new; the source's own, if it is older and this is the `first` answer. Raises `WorkerError`."""
    reply = await workers.run(
        JOBS[source.kind],
        {
            "source": source.id,
            "url": response.url,
            "content_type": response.content_type,
            "http_charset": response.charset,
            "charset": source.charset,
            "language": source.language,
            "selectors": [list(pair) for pair in source.selectors],
            "now": now.isoformat(),
            "seen": seen.isoformat(),
            "first": first,
            "limit": limit,
        },
        response.body,
    )
    return _checked(reply)


def _checked(reply: Reply) -> Batch:
    """A worker's answer as a batch; what has another shape than it must have is an error of one line."""
    told = reply.data
    try:
        return Batch(
            unpack(reply.body),
            _is(told.get("title", ""), str),
            _is(told.get("home", ""), str),
            _is(told.get("damaged", False), bool),
            _is(told.get("older", ""), str),
            tuple(
                (_is(label, str), _is(kind, str), tuple((_is(t, str), _is(url, str)) for t, url in links))
                for label, kind, links in told.get("pieces", ())
            ),
            tuple(_is(url, str) for url in told.get("children", ())),
            tuple(
                Tombstone(
                    _is(id, str), datetime.fromisoformat(when) if when else None, clean_line(_is(said, str))
                )
                for id, when, said in told.get("deleted", ())
            ),
        )
    except (KeyError, TypeError, ValueError):
        raise _nonsense() from None


def _nonsense() -> WorkerError:
    return WorkerError("could not be read (a worker answered nonsense); please report it", "fault")


def _is(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"not {kind.__name__}")
    return value


async def read_article(
    workers: Pool, body: bytes, *, url: str, http_charset: str = "", charset: str = "", language: str = ""
) -> tuple[Article, str]:
    """The article of a page, and the address of its next page. Raises `WorkerError`."""
    from tui_news.newsroom import now

    params = {
        "url": url, "http_charset": http_charset, "charset": charset, "language": language,
        "now": now().isoformat(),
    }  # fmt: skip
    reply = await workers.run("page", params, body, urgent=True)
    try:
        return article_from_dict(loads(reply.body)), _is(reply.data["next"], str)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise _nonsense() from None


async def read_entries(workers: Pool, source: str, response: Response) -> list[Article]:
    """The entries of a feed that is not followed. Raises `WorkerError`."""
    reply = await workers.run("entries", {**about(response), "source": source}, response.body, urgent=True)
    try:
        return [article_from_dict(data) for data in loads(reply.body)]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise _nonsense() from None


async def read_comments(workers: Pool, place: Place, reader: Reader, response: Response) -> list[str]:
    """Take an answer of a thread into its reader; gives the addresses to ask next. Raises `WorkerError`."""
    from tui_news.sources.discussion.thread import comment_from_dict

    told = ("content-type", "x-wp-total", "x-wp-totalpages")
    params = {
        "kind": place.kind, "url": place.url, "page": place.page,
        "state": reader.state(), "known": reader.ids,
        "headers": {name: response.headers[name] for name in told if name in response.headers},
    }  # fmt: skip
    reply = await workers.run("comments", params, response.body, urgent=True)
    try:
        comments = [comment_from_dict(data) for data in loads(reply.body)]
        following = [_is(url, str) for url in reply.data["next"]]
        reader.resume(reply.data["state"])
        for comment in comments:
            reader.add(comment)
        return following
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise _nonsense() from None


async def places_on(workers: Pool, response: Response) -> list[Place]:
    """Where a page says that its comments are. Raises `WorkerError`."""
    from tui_news.sources.discussion import Place
    from tui_news.sources.discussion.readers import KINDS

    params = {**about(response), "link": response.headers.get("link", "")[:10_000]}
    reply = await workers.run("talked_at", params, response.body, urgent=True)
    try:
        places = [Place(_is(kind, str), _is(url, str), _is(page, str))
                  for kind, url, page in reply.data["places"]]  # fmt: skip
        return [place for place in places if place.kind in KINDS]
    except (KeyError, TypeError, ValueError):
        raise _nonsense() from None


def about(response: Response) -> dict[str, str]:
    """What a job is told of an answer besides its bytes."""
    from tui_news.newsroom import now

    return {
        "url": response.url, "content_type": response.content_type, "http_charset": response.charset,
        "now": now().isoformat(),
    }  # fmt: skip
