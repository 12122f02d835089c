"""Which version of the format a folder is kept in, and how an old one becomes a new one."""

from __future__ import annotations

import os
import time

from tui_news.cache.codec import dumps, loads
from tui_news.cache.errors import CacheError
from tui_news.cache.files import replace_file, set_aside
from tui_news.cache.journal import FORMAT
from tui_news.cache.locks import Lock
from tui_news.folders import plain
from tui_news.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import TypeAlias

Migration: TypeAlias = "Callable[[Path], None]"
_LIMIT = 1 << 16
MIGRATIONS: Mapping[int, Migration] = {}
"""What turns a folder of format n into one of format n + 1."""


def writable(folder: Path) -> bool:
    """Whether files can be made in `folder`, or the folder itself where it is missing."""
    while not os.path.exists(folder) and folder != folder.parent:
        folder = folder.parent
    return os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK)


def read_format(folder: Path) -> int | None:
    """The version that `format.json` names; None when it is absent. Raises ValueError when damaged."""
    try:
        with open(folder / "format.json", "rb", opener=plain) as file:
            data = file.read(_LIMIT)
    except OSError:
        return None
    value = loads(data)
    if not isinstance(value, dict) or not isinstance(value.get("format"), int):
        raise ValueError("no format")
    return int(value["format"])


def write_format(folder: Path, version: int = FORMAT) -> None:
    """Say which version a folder is kept in. Raises `CacheError`."""
    replace_file(folder / "format.json", (dumps({"format": version, "program": "tui-news"}) + b"\n",))


def settle(
    folder: Path,
    lock: Lock,
    *,
    read_only: bool,
    current: int = FORMAT,
    migrations: Mapping[int, Migration] = MIGRATIONS,
) -> tuple[bool, list[str]]:
    """Bring `folder` to format `current`. Gives whether it may be written, and plain messages.

    An older one is copied to `<folder>.format-<n>-<time>` before it is migrated. One written by a newer
    program is only read. Raises `CacheError` when there is no way from the old format to this one.
    """
    try:
        version = read_format(folder)
    except ValueError:
        # Every journal names its own format, so nothing hangs on this file.
        if read_only:
            return False, []
        copy = set_aside(folder / "format.json")
        write_format(folder, current)
        kept = _("; the damaged one is kept as {name}", name=copy.name) if copy else ""
        return True, [_("{folder}: damaged, written anew{kept}.", folder=folder / "format.json", kept=kept)]
    if version == current or version is None:
        return not read_only, []
    if version > current:
        line = _(
            "{folder}: written by a newer tui-news (format {version}, this one knows {current}); opened "
            "read-only, nothing is changed. Update tui-news to go on.",
            folder=folder,
            version=version,
            current=current,
        )
        return False, [line]
    if read_only:
        return False, [
            _(
                "{folder}: format {version} is old; it is brought up to date once it can be written.",
                folder=folder,
                version=version,
            )
        ]
    return True, [_migrate(folder, lock, current, migrations)]


def _migrate(folder: Path, lock: Lock, current: int, migrations: Mapping[int, Migration]) -> str:
    import shutil

    with lock:
        version = read_format(folder)
        if version is None or version >= current:
            return _(
                "{folder}: brought to format {current} by another program.", folder=folder, current=current
            )
        copy = folder.with_name(
            f"{folder.name}.format-{version}-{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}"
        )
        try:
            shutil.copytree(folder, copy)
        except OSError as error:
            raise CacheError(
                _(
                    "{folder}: no copy can be made before migrating ({error}); free some space.",
                    folder=folder,
                    error=error,
                )
            ) from error
        for number in range(version, current):
            step = migrations.get(number)
            if step is None:
                raise CacheError(
                    _(
                        "{folder}: no way is known from format {number} to {following}; move the folder "
                        "away, or use the tui-news that wrote it.",
                        folder=folder,
                        number=number,
                        following=number + 1,
                    )
                )
            step(folder)
            write_format(folder, number + 1)
    return _(
        "{folder}: brought from format {version} to {current}; the old one is kept as {name}.",
        folder=folder,
        version=version,
        current=current,
        name=copy.name,
    )
