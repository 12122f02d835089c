"""Which of the articles that a source gave are new, which have changed, and what is to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tui_news.cache.codec import dumps, fingerprint, hex_id, loads, micros, parse_id
from tui_news.cache.results import Listed, Stored
from tui_news.cache.shelf import Shelf
from tui_news.model import Article, article_to_dict, block_to_dict

if TYPE_CHECKING:
    from tui_news.cache.ready import Ready
    from tui_news.cache.versions import Past

# What a page tells and a feed's summary does not: kept when the feed's entry changes afterwards.
_OF_PAGE = (
    "kicker", "deck", "agency", "place", "authors", "editor", "breadcrumb", "tags", "picture", "related",
    "charset", "notes", "language", "comments_url", "comments",
)  # fmt: skip
_TRACKING = ("utm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid=", "igshid=", "yclid=")


class Entry:
    """An article made ready before the lock is taken."""

    __slots__ = ("alt", "blocks", "body_print", "dated", "doc", "full", "moment", "number", "print")

    blocks: bytes
    """Its text's JSON; empty when there is none."""

    def __init__(self, number: int, doc: dict[str, Any], blocks: list[Any], article: Article) -> None:
        self.number = number
        self.doc = doc
        made = dumps(blocks)
        self.blocks = made if blocks else b""
        self.dated = article.published is not None or article.updated is not None
        self.full = article.full
        url = canonical(article.url)
        self.body_print = fingerprint(made)
        said = {**doc, "id": "", "url": url, "fetched": ""}
        self.print = fingerprint(b"%x %b" % (self.body_print, dumps(said)))
        self.alt = fingerprint(f"{url}\n{article.headline}".encode("utf-8", "replace")) if url else 0
        self.moment = _time(doc)

    @property
    def text(self) -> bytes:
        """The body record's JSON; empty when there is no text."""
        return self.text_as(self.doc["id"]) if self.blocks else b""

    def text_as(self, id: str) -> bytes:
        """The body record's JSON under another id."""
        return b'{"id":%b,"blocks":%b}' % (dumps(id), self.blocks)

    def record(self, moment: str) -> dict[str, Any]:
        """The head record of an article that is new; `moment` is when it was first seen, if it says none."""
        doc = self.doc
        doc.setdefault("fetched", moment)
        doc.update(_t=_time(doc), _f=self.print, _g=self.body_print, _a=self.alt)
        return doc


class Plan:
    """Head records to append, bodies that go with them, and what to tell."""

    def __init__(self) -> None:
        self.heads: list[dict[str, Any]] = []
        self.bodies: dict[str, bytes] = {}
        self.formers: dict[str, list[Any]] = {}
        self.new: list[str] = []
        self.changed: list[str] = []
        self.revised: list[str] = []
        self.withdrawn: list[str] = []

    @property
    def told(self) -> Stored:
        return Stored(tuple(self.new), tuple(self.changed), tuple(self.revised), tuple(self.withdrawn))


def canonical(url: str) -> str:
    """A permalink without fragment and tracking parameters; '' when it is a site's front page, which
    tells no article from another."""
    url = url.partition("#")[0].strip()
    base, mark, query = url.partition("?")
    if mark:
        kept = [part for part in query.split("&") if part and not part.startswith(_TRACKING)]
        query = "&".join(kept)
    path = base.partition("://")[2].partition("/")[2]
    if not path.strip("/") and not query:
        return ""
    return f"{base}?{query}" if query else base


def prepare(source: str, articles: Sequence[Article]) -> list[Entry]:
    """The articles in the form in which they are kept, each once. Raises ValueError on an id that is not
    12 hex digits."""
    entries: list[Entry] = []
    seen: set[int] = set()
    twins: set[tuple[int, int]] = set()
    for article in articles:
        number = parse_id(article.id)
        if number is None:
            raise ValueError(f"article id {article.id!r} is not 12 lower-case hex digits")
        if number in seen:
            continue
        doc = article_to_dict(article)
        blocks = doc.pop("blocks", [])
        doc["source"] = source
        entry = Entry(number, doc, blocks, article)
        # The same entry twice under two ids: a feed that makes up its guids.
        if entry.alt and (entry.alt, entry.print) in twins:
            continue
        twins.add((entry.alt, entry.print))
        seen.add(number)
        entries.append(entry)
    return entries


WasRead = Callable[[int], bool]
"""Whether the reader has read an article, by its number."""


def plan(
    shelf: Shelf,
    entries: Sequence[Entry] | Sequence[Ready],
    now: datetime,
    was_read: WasRead = lambda number: False,
    listed_now: Listed | None = None,
) -> Plan:
    """Compare with what is cached. The shelf is up to date and its lock held."""
    result = Plan()
    rows = shelf.rows
    listed = {entry.number for entry in entries}
    claimed: set[int] = set()
    buried = {alt for alt, _ in rows.tombs.values()}
    buried_times = set(rows.tombs.values())
    moment = now.isoformat()
    order: list[tuple[int, int]] = []
    for entry in entries:
        row = rows.find(entry.number)
        if row < 0:
            if entry.number in rows.tombs:
                continue
            row = _twin(shelf, entry, listed, claimed)
        order.append((row, entry.moment))
        if row >= 0:
            claimed.add(row)
            if rows.prints[row] != entry.print:
                _alter(result, shelf, row, entry, micros(now) // 1000, was_read)
            continue
        if entry.alt and (
            (entry.alt, entry.moment) in buried_times or (not entry.dated and entry.alt in buried)
        ):
            continue
        record = entry.record(moment)
        result.heads.append(record)
        result.new.append(record["id"])
        if text := entry.text:
            result.bodies[record["id"]] = text
    if listed_now is not None and (listed_now.deleted or listed_now.window or rows.gone):
        from tui_news.cache.withdrawn import settle

        settle(result, shelf, order, listed_now, micros(now) // 1000)
    return result


def lacking(
    shelf: Shelf, entries: Sequence[Entry], now: datetime, pasts: Mapping[str, Past] | None = None
) -> Plan:
    """What is not cached of articles that come from a backup, those that were dropped once included, and of
    what became of them (`pasts`, by id). The shelf is up to date and its lock held."""
    result = Plan()
    moment = now.isoformat()
    for entry in entries:
        row = shelf.rows.find(entry.number)
        head = shelf.head(row) if row >= 0 else None
        past = (pasts or {}).get(entry.doc["id"])
        whole = head is not None and bool(head.get("_b") or not entry.blocks)
        if head is not None and past is not None and ("_v" in head or not past.changed):
            past = None  # what is known here counts
        if whole and past is None:
            continue
        record = {**head} if head is not None else entry.record(moment)
        result.heads.append(record)
        (result.new if head is None else result.changed).append(record["id"])
        if entry.blocks and not whole:
            result.bodies[record["id"]] = entry.text
        if past is not None:
            from tui_news.cache.versions import records_of

            found = records_of(past)
            record.update(found if head is None else {"_v": found["_v"]})
            if past.blocks is not None:
                result.formers[record["id"]] = [block_to_dict(block) for block in past.blocks]
    return result


def _time(doc: dict[str, Any]) -> int:
    text = doc.get("published") or doc.get("updated") or doc.get("fetched")
    return micros(datetime.fromisoformat(text)) if text else 0


def _twin(shelf: Shelf, entry: Entry | Ready, listed: set[int], claimed: set[int]) -> int:
    """The cached row that is the same article under another id, -1 when there is none. A row whose own id
    the feed still lists, or that another entry has claimed, is another article."""
    rows = shelf.rows
    if not entry.alt or not rows.total:
        return -1
    found = [r for r in rows.by_alt(entry.alt) if rows.ids[r] not in listed and r not in claimed]
    if not found:
        return -1
    return min(found, key=lambda r: (rows.prints[r] != entry.print, rows.times[r] != entry.moment, r))


def _alter(
    result: Plan, shelf: Shelf, row: int, entry: Entry | Ready, moment: int, was_read: WasRead
) -> None:
    old = shelf.head(row)
    doc = entry.doc
    id = hex_id(shelf.rows.ids[row])
    doc["id"] = id
    doc.update(_f=entry.print, _g=entry.body_print, _a=entry.alt)
    has_text = bool(entry.text)
    write_body = has_text
    if old is not None:
        for name in ("fetched", "_k", "_v", "_w"):
            if name in old:
                doc[name] = old[name]
        if "_b" in old:
            keep_full = old.get("full") and not entry.full
            if keep_full or not has_text or (old.get("_g") == entry.body_print and not old.get("full")):
                doc["_b"] = old["_b"]
                write_body = False
            if keep_full:
                doc["full"] = True
                if old.get("_o") or _is_news(old, doc):
                    doc["_o"] = 1
                for name in _OF_PAGE:
                    if name in old:
                        doc.setdefault(name, old[name])
        unseen = "_v" in old and "s" not in old["_v"]  # marked unread again, but what was read is known
        if unseen or was_read(shelf.rows.ids[row]):
            from tui_news.cache.versions import note

            blocks = loads(entry.text)["blocks"] if write_body else None
            if note(old, doc, blocks, shelf.blocks, moment):
                result.revised.append(id)
    doc["_t"] = _time(doc) or shelf.rows.times[row]
    result.heads.append(doc)
    result.changed.append(id)
    if write_body:
        result.bodies[id] = entry.text_as(id)


def _is_news(old: Mapping[str, Any], doc: Mapping[str, Any]) -> bool:
    """Whether what a feed says now of an article whose page was read may mean that the page says more too."""
    if old.get("_g") != doc["_g"] or doc.get("updated", "") != old.get("updated", ""):
        return True
    return bool(doc.get("headline", "") != old.get("headline", ""))


def reread(old: Mapping[str, Any], doc: dict[str, Any], text: bytes, shelf: Shelf, now: datetime) -> None:
    """Note in `doc`, the head record of an article that was read, after its page was read again, what was
    read of it. A page in another charset, or of which a part is missing now, is no other version."""
    from tui_news.cache.versions import note

    whole = len(doc.get("notes", ())) <= len(old.get("notes", ()))
    if old.get("full") and text and whole and old.get("charset") == doc.get("charset"):
        note(old, doc, loads(text)["blocks"], shelf.blocks, micros(now) // 1000)


def filled(old: Mapping[str, Any], page: Article) -> tuple[dict[str, Any], bytes]:
    """The head record of an article after its page was read, and its new body record. What the feed said
    stays; empty fields are filled; charset, notes and related links are the page's."""
    new = article_to_dict(page)
    blocks = new.pop("blocks", [])
    doc = dict(old)
    for name, value in new.items():
        if name in ("charset", "notes", "related"):
            doc[name] = value
        elif name not in ("id", "source", "fetched"):
            doc.setdefault(name, value)
    doc["full"] = True
    doc["_t"] = _time(doc) or old.get("_t", 0)
    doc.pop("_b", None)
    doc.pop("_o", None)
    if doc.get("_w", {}).get("k") in ("gone", "moved"):
        del doc["_w"]  # its page is there again
    return doc, dumps({"id": doc["id"], "blocks": blocks}) if blocks else b""
