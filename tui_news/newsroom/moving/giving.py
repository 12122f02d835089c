"""What an export holds, line by line (docs/export.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from tui_news import __version__
from tui_news.cache.codec import dumps, hex_ids, unpack_ids
from tui_news.model import article_to_dict, block_to_dict
from tui_news.newsroom import now
from tui_news.newsroom.moving.lines import VERSION
from tui_news.sources.subscriptions import Subscriptions, source_values
from tui_news.sources.subscriptions.addresses import has_credentials

if TYPE_CHECKING:
    from tui_news.cache.versions import Past
    from tui_news.newsroom import Newsroom

PARTS: Final = ("state", "history", "articles", "sources", "searches", "rules")
"""What an export is made of; each can be left out."""
_IDS: Final = 1_000
"""Ids in one line at most: a line stays short enough to be read by eye and by any tool."""


def give(newsroom: Newsroom, without: Collection[str] = ()) -> Iterator[bytes]:
    """The lines of an export, each with its newline. Raises `CacheError` when the state cannot be read."""
    parts = [part for part in PARTS if part not in without]
    count = 0
    head = {
        "tui-news": "export", "version": VERSION, "program": __version__, "exported": now().isoformat(),
        "parts": parts,
    }  # fmt: skip
    yield _line(head)
    givers = {
        "state": _state, "history": _history, "articles": _articles, "sources": _sources,
        "searches": _searches, "rules": _rules,
    }  # fmt: skip
    for part in ("sources", "searches", "rules", "state", "articles", "history"):
        if part in parts:
            for line in givers[part](newsroom):
                count += 1
                yield _line(line)
    yield _line({"type": "end", "lines": count})


def _line(value: dict[str, Any]) -> bytes:
    return dumps(value) + b"\n"


def _state(newsroom: Newsroom) -> Iterator[dict[str, Any]]:
    for field, moment, value, ids in newsroom.cache.changes():
        texts = hex_ids(ids)
        for at in range(0, len(texts), _IDS):
            yield {
                "type": "state", "field": field, "value": value, "time": moment, "ids": texts[at : at + _IDS]
            }  # fmt: skip


def _history(newsroom: Newsroom) -> Iterator[dict[str, Any]]:
    for step in newsroom.cache.steps():
        changes = [
            {"field": field, "from": old, "to": new, "ids": hex_ids(unpack_ids(packed))}
            for field, old, new, packed in step.get("c", ())
        ]
        yield {"type": "step", "what": step.get("w", ""), "time": step.get("t", 0), "changes": changes}


def _articles(newsroom: Newsroom) -> Iterator[dict[str, Any]]:
    """What the reader keeps, with its text: it may be gone from the network by now."""
    seen: set[int] = set()
    for change in newsroom.cache.changes():
        for id in hex_ids([id for id in change.ids if id not in seen]):
            if newsroom.state(id).keep and (article := newsroom.article(id)) is not None:
                own = set(newsroom.cache.tags(id))
                data = article_to_dict(article)
                if own and "tags" in data:
                    data["tags"] = [tag for tag in data["tags"] if tag not in own]
                if (past := newsroom.cache.past(id)) is not None:
                    data["past"] = past_out(past)
                yield {"type": "article", **data}
        seen.update(change.ids)


def past_out(past: Past) -> dict[str, Any]:
    """What became of an article, as its line has it; what is empty is left out."""
    values: dict[str, Any] = {
        "changed": past.changed, "read": past.read, "seen": past.seen, "headline": past.headline,
        "deck": past.deck, "full": past.full, "headlines": [list(one) for one in past.headlines],
        "withdrawn": past.withdrawn, "since": past.since, "comment": past.comment,
    }  # fmt: skip
    if past.blocks is not None:
        values["blocks"] = [block_to_dict(block) for block in past.blocks]
    return {name: value for name, value in values.items() if value}


def _sources(newsroom: Newsroom) -> Iterator[dict[str, Any]]:
    own = newsroom.subscriptions
    for path in own.sections:
        yield {"type": "section", "path": list(path), **({"title": t} if (t := own.titles.get(path)) else {})}
    for source in own.sources:
        values = source_values(source)
        if has_credentials(source.url):
            values["url"] = _bare(source.url)
            values["id"] = source.id
        yield {"type": "source", **values}


def secret(own: Subscriptions) -> list[str]:
    """The names of sources whose address holds a password, which is left out of an export."""
    return [source.title or _bare(source.url) for source in own.sources if has_credentials(source.url)]


def _bare(url: str) -> str:
    """An address without user and password."""
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _searches(newsroom: Newsroom) -> Iterator[dict[str, Any]]:
    for search in newsroom.subscriptions.searches:
        where: Iterable[str] = search.section
        yield {
            "type": "search", "name": search.name, "query": search.query,
            **({"section": list(where)} if where else {}),
        }  # fmt: skip


def _rules(newsroom: Newsroom) -> Iterator[dict[str, Any]]:
    for rule in newsroom.subscriptions.rules:
        yield {"type": "rule", "match": rule.match, "do": list(rule.do)}
