"""TinyDB over the journals, through its own extension points: a `Storage`, a `Table`, a `TinyDB`.

Stock TinyDB reads everything for each query and writes everything for each change. Here `read()` hands
out lazy mappings, and a table's update collects what it touched and hands that alone to the keeper,
which appends it as one write. Loaded late: importing tinydb takes 15 ms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any, Protocol

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

Doc = Mapping[str, Any]


class Keeper(Protocol):
    """What stands behind a table: documents by id, and a commit of changes as one append."""

    def docs(self) -> Mapping[str, Any]: ...

    def commit(self, puts: Mapping[str, Doc], drops: Iterable[str] = ()) -> None: ...


class JournalStorage(Storage):
    """Tables by name, each kept by a journal. `write` of a whole database appends the differences only."""

    def __init__(self, keepers: Mapping[str, Keeper]) -> None:
        self.keepers = keepers

    def read(self) -> dict[str, Any]:
        return {name: keeper.docs() for name, keeper in self.keepers.items()}

    def write(self, data: Mapping[str, Mapping[Any, Doc]]) -> None:
        for name, keeper in self.keepers.items():
            old = keeper.docs()
            new = {str(key): doc for key, doc in data.get(name, {}).items()}
            puts = {key: doc for key, doc in new.items() if key not in old or old[key] != doc}
            keeper.commit(puts, [key for key in old if key not in new])
        if unknown := [name for name in data if name not in self.keepers]:
            raise ValueError(f"no journal is kept for the table {unknown[0]!r}")


class _Overlay(MutableMapping[str, dict[str, Any]]):
    """What an updater sees: the table as it is, with its changes on top. Documents are handed out as
    copies and compared afterwards, so that a change in place is noticed."""

    def __init__(self, base: Mapping[str, Any]) -> None:
        self.base = base
        self.out: dict[str, dict[str, Any]] = {}
        self.gone: set[str] = set()

    def __getitem__(self, key: str) -> dict[str, Any]:
        key = str(key)
        if key in self.out:
            return self.out[key]
        if key in self.gone:
            raise KeyError(key)
        self.out[key] = dict(self.base[key])
        return self.out[key]

    def __setitem__(self, key: str, value: dict[str, Any]) -> None:
        self.gone.discard(str(key))
        self.out[str(key)] = value

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self.out.pop(str(key), None)
        self.gone.add(str(key))

    def __contains__(self, key: object) -> bool:
        return str(key) in self.out or (str(key) not in self.gone and str(key) in self.base)

    def __iter__(self) -> Iterator[str]:
        yield from [key for key in self.base if key not in self.gone]
        yield from [key for key in self.out if key not in self.base]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def changes(self) -> tuple[dict[str, dict[str, Any]], list[str]]:
        puts = {
            key: doc for key, doc in self.out.items() if key not in self.base or dict(self.base[key]) != doc
        }
        return puts, [key for key in self.gone if key in self.base]


class JournalTable(Table):
    """A table whose change costs one journal record for each document touched, whatever its size.

    Document ids are strings; the query cache is off, because other processes write too.
    """

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0

    def __init__(self, storage: JournalStorage, name: str, **options: Any) -> None:
        super().__init__(storage, name, cache_size=0)
        self._keeper = storage.keepers[name]

    def _get_next_id(self) -> str:
        import os

        return os.urandom(6).hex()

    def _read_table(self) -> Mapping[str, Any]:  # type: ignore[override]
        return self._keeper.docs()

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        overlay = _Overlay(self._keeper.docs())
        updater(overlay)
        puts, drops = overlay.changes()
        if puts or drops:
            self._keeper.commit(puts, drops)

    def put(self, documents: Mapping[str, Doc]) -> None:
        """Insert or replace documents by id, all in one append. Raises `CacheError`."""
        self._keeper.commit(documents)


class JournalDB(TinyDB):
    """A TinyDB whose tables are the given journals."""

    table_class = JournalTable  # type: ignore[assignment]

    def __init__(self, **keepers: Keeper) -> None:
        super().__init__(storage=lambda: JournalStorage(keepers))

    def journal_table(self, name: str) -> JournalTable:
        """The table of that name, with what `JournalTable` adds."""
        table = self.table(name)
        if not isinstance(table, JournalTable):
            raise TypeError(f"{name} is not kept by a journal")
        return table


__all__ = ["Document", "JournalDB", "JournalStorage", "JournalTable", "Keeper"]
