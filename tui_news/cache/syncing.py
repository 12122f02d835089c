"""One sync of a cache with a shared folder: hear the others, merge, tell them what is new here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui_news.cache.codec import loads
from tui_news.cache.errors import CacheError
from tui_news.cache.folder import Folder, Synced
from tui_news.cache.latest import Change, changes_of
from tui_news.cache.locks import Lock
from tui_news.cache.repair import scan
from tui_news.i18n import _
from tui_news.model import digest

if TYPE_CHECKING:
    from tui_news.cache import Cache

MEMORY: Final = "sync"
"""Where it is remembered how far each file was read, and how the own one was left."""
MACHINES: Final = "machines"


def sync(cache: Cache, path: Path) -> Synced:
    """Sync with the folder at `path`. One at a time on a machine. Raises `CacheError`."""
    if not path.is_dir():
        raise CacheError(
            _("{path}: not synced: there is no such folder; make it, or mount what it is on", path=path)
        )
    # A lock of its own: the folder may be slow, and nobody who reads or marks must wait for it.
    with Lock(cache.places.data / "sync"):
        return _sync(cache, path)


def _sync(cache: Cache, path: Path) -> Synced:
    folder = Folder(path, machine(cache), os.uname().nodename)
    key = f"{MEMORY}:{digest(os.fsencode(os.path.abspath(path)), 6).hex()}"
    memory = _remembered(cache.get_memory(key))
    # The own file is read like another's where it may know more than this machine: when it is not as it was
    # left (a home that was brought back from a backup), or the journal was written anew.
    cache.book.refresh()
    as_left = bool(memory["mine"][0]) and memory["mine"] == folder.mine()
    as_left = as_left and memory["journal"][0] == cache.book.journal.gen
    heard = folder.listen(memory["known"], own=not as_left)
    merged = cache.merge(heard.changes)
    written, journal = _tell(cache, folder, memory["journal"] if as_left else ["", 0])
    known = {**{n: place for n, place in memory["known"].items() if (path / n).exists()}, **heard.places}
    known.pop(folder.own.name, None)
    cache.put_memory(key, {"known": known, "mine": folder.mine(), "journal": journal})
    return Synced(tuple(heard.machines), merged, written, tuple(heard.messages))


def _tell(cache: Cache, folder: Folder, told: list[Any]) -> tuple[int, list[Any]]:
    """Write what the others do not know yet; bytes written, and up to where the journal is told. `told` is
    that of the last time."""
    book = cache.book
    book.refresh()
    journal = book.journal
    gen, end = journal.gen, journal.end
    if told[0] == gen and told[1] <= end and not folder.overgrown():
        found: list[Change] = []
        for offset, _, payload in scan(journal.path, told[1]):
            if offset >= end:
                break
            try:
                found += changes_of(loads(payload)) if payload else ()
            except (ValueError, KeyError, TypeError, IndexError, AttributeError):
                continue
        return folder.append(found), [gen, end]
    # Nothing is there yet, it is not as it was left, or what was told was put together meanwhile.
    return folder.rewrite(cache.changes()), [gen, end]


def _remembered(value: Any) -> dict[str, Any]:
    """What was remembered; nothing when it is not what was written."""
    blank = {"known": {}, "mine": ["", 0], "journal": ["", 0]}
    if not isinstance(value, dict):
        return blank
    known = value.get("known")
    places = {n: p for n, p in known.items() if _is_place(p)} if isinstance(known, dict) else {}
    rest = {name: p if _is_place(p := value.get(name)) else ["", 0] for name in ("mine", "journal")}
    return {"known": places, **rest}


def _is_place(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    return isinstance(value[0], str) and isinstance(value[1], int)


def machine(cache: Cache) -> str:
    """What this machine calls itself in shared folders. A home that was copied to another machine, or that
    two machines share, has one name for each of them: a file must never have two writers."""
    host = digest(_host().encode("utf-8", "replace"), 6).hex()
    names = cache.get_memory(MACHINES)
    names = dict(names) if isinstance(names, dict) else {}
    if not isinstance(names.get(host), str):
        names[host] = os.urandom(6).hex()
        cache.put_memory(MACHINES, names)
    return str(names[host])


def _host() -> str:
    try:
        return Path("/etc/machine-id").read_text("ascii").strip() + os.uname().nodename
    except (OSError, ValueError):
        return os.uname().nodename
