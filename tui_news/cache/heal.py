"""What is done when damage is met: set aside, go on with the rest, have the network fill the gap."""

from __future__ import annotations

from collections.abc import Iterator

from tui_news.cache.codec import hex_id
from tui_news.cache.ledger import Ledger
from tui_news.cache.library import Library
from tui_news.cache.reader import ReaderBook
from tui_news.cache.repair import examine, mend
from tui_news.cache.shelf import Shelf
from tui_news.i18n import _


def forget_validators(statuses: Ledger, source: str) -> None:
    """Have the next refresh fetch a source anew, not be told that nothing changed. Raises `CacheError`."""
    doc = statuses.get(source)
    if doc and (doc.get("etag") or doc.get("last_modified")):
        kept = {key: value for key, value in doc.items() if key not in ("etag", "last_modified")}
        statuses.commit({source: kept})


def heal_shelf(library: Library, shelf: Shelf, statuses: Ledger) -> list[str]:
    """Set a source's damaged files aside and go on with the whole records. Plain lines that say so. Raises
    `CacheError`."""
    with library.lock:
        lines = [line for journal in (shelf.heads, shelf.bodies) if (line := mend(journal))]
        shelf.index_path.unlink(missing_ok=True)
        # The index may name records that are not there any more.
        shelf.reread()
        lost = shelf.without_text()
        for row in lost:
            without_body(shelf, row)
        library.noted(shelf)
    if lines or lost:
        forget_validators(statuses, shelf.source)
        lines = lines or [
            _("{path}: the text of {lost} article(s) is missing", path=shelf.bodies.path, lost=len(lost))
        ]
        lines[-1] += _(" The next refresh of {source} fetches what is missing.", source=shelf.source)
    return lines


def without_body(shelf: Shelf, row: int) -> None:
    """Note that an article's text is lost, so that the feed's next word on it counts as news. The lock is
    held. Raises `CacheError`."""
    head = shelf.head(row)
    if head is not None and head.pop("_b", None):
        head["_f"] = 0
        head.pop("full", None)
        shelf.commit({hex_id(shelf.rows.ids[row]): head})


def inspect(library: Library, book: ReaderBook, ledgers: list[Ledger]) -> Iterator[str]:
    """What is wrong with the files, a line each; nothing is changed."""
    for journal in (book.journal, *(ledger.journal for ledger in ledgers)):
        if line := examine(journal.path, journal.kind):
            yield line
    for shelf in library.select(None):
        for journal in (shelf.heads, shelf.bodies):
            if line := examine(journal.path, journal.kind):
                yield line
        lost = len(shelf.without_text())
        unread = sum(shelf.head(row) is None for row in shelf.rows.living())
        if lost:
            yield _("{path}: the text of {lost} article(s) is missing", path=shelf.bodies.path, lost=lost)
        if unread:
            yield _(
                "{path}: {unread} article(s) of the index cannot be read",
                path=shelf.heads.path,
                unread=unread,
            )
