"""Passwords of sources: in the system's keyring where there is one, else in a file of mode 0600.

What is kept is a name and a password for a source's id. Neither ever stands in `sources.toml`, in an export,
in a log or in the text of an error.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from tui_news.config.files import FileError, read_text
from tui_news.config.writing import edit_lock, replace_text
from tui_news.folders import plain
from tui_news.i18n import _
from tui_news.paths import Places

FILE: Final = "passwords.json"
LIMIT: Final = 4_000_000
MAX_SECRET: Final = 4_096


class SecretError(Exception):
    """A password could not be kept; the message is one plain line without it."""


def split_credentials(url: str) -> tuple[str, str, str]:
    """A URL without name and password, and the two of them, decoded; empty where it has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, "", ""
    credentials, at, host = parts.netloc.rpartition("@")
    if not at:
        return url, "", ""
    user, _, password = credentials.partition(":")
    return parts._replace(netloc=host).geturl(), unquote(user), unquote(password)


class Secrets:
    """The passwords of a reader's sources. Reading never raises: what cannot be read is not there."""

    def __init__(self, places: Places) -> None:
        self.path = places.data / FILE
        self._folder = places.data
        self._held: dict[str, dict[str, Any]] | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The sources that have one."""
        return tuple(self._read())

    def get(self, id: str) -> tuple[str, str] | None:
        """Name and password of a source."""
        entry = self._read().get(id)
        if entry is None or not isinstance(user := entry.get("user"), str):
            return None
        if entry.get("keyring"):
            ring = _keyring()
            with contextlib.suppress(Exception):  # whatever a desktop's keyring raises when it is locked
                password = ring.get_password(self._service, id) if ring else None
                return (user, password) if isinstance(password, str) else None
            return None
        password = entry.get("password")
        return (user, password) if isinstance(password, str) else None

    def userinfo(self, id: str) -> bytes:
        """Name and password as they stand in an address (RFC 3986), b"" for none."""
        found = self.get(id)
        return b"" if found is None else ":".join(quote(each, safe="") for each in found).encode("ascii")

    def put(self, id: str, user: str, password: str) -> str:
        """Keep a password; says where, `keyring` or the file's path. Raises SecretError."""
        if len(user) > MAX_SECRET or len(password) > MAX_SECRET or "\n" in user + password:
            raise SecretError(
                _(
                    "a name or password of more than {count} characters or lines is not kept",
                    count=MAX_SECRET,
                )
            )
        entry: dict[str, Any] = {"user": user, "password": password}
        ring = _keyring()
        if ring is not None:
            with contextlib.suppress(Exception):  # a keyring that is locked or cannot be written
                ring.set_password(self._service, id, password)
                entry = {"user": user, "keyring": True}
        with self._changing() as held:
            held[id] = entry
        return "keyring" if "keyring" in entry else str(self.path)

    def remove(self, id: str) -> bool:
        """Forget a password; whether there was one. Raises SecretError."""
        if id not in self._read():
            return False
        with self._changing() as held:
            entry = held.pop(id, {})
        if entry.get("keyring") and (ring := _keyring()):
            with contextlib.suppress(Exception):
                ring.delete_password(self._service, id)
        return True

    @property
    def _service(self) -> str:
        return f"tui-news {self._folder}"

    def _read(self) -> dict[str, dict[str, Any]]:
        if self._held is None:
            self._held = {}
            with contextlib.suppress(FileError, ValueError, AttributeError):
                text = read_text(self.path, LIMIT)
                data = json.loads(text) if text else {}
                self._held = {
                    str(id): entry for id, entry in data.get("sources", {}).items() if isinstance(entry, dict)
                }
                if text and os.stat(self.path).st_mode & 0o077:
                    # Copied or unpacked by other programs: nobody else is to read it.
                    with contextlib.suppress(OSError):
                        os.chmod(self.path, 0o600)
        return self._held

    @contextlib.contextmanager
    def _changing(self) -> Iterator[dict[str, dict[str, Any]]]:
        try:
            with edit_lock(self._folder):
                self._held = None
                held = dict(self._read())
                if not held and self.path.exists() and self.path.stat().st_size and not _whole(self.path):
                    # What cannot be read is set aside, not lost.
                    os.replace(self.path, self.path.with_suffix(".damaged"))
                yield held
                if not self.path.exists():
                    # Private from its first byte on.
                    os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
                os.chmod(self.path, 0o600)
                replace_text(self.path, json.dumps({"version": 1, "sources": held}, ensure_ascii=True) + "\n")
                self._held = held
        except (FileError, OSError) as error:
            raise SecretError(_("the password was not kept: {error}", error=error)) from error


def _whole(path: os.PathLike[str]) -> bool:
    try:
        with open(path, encoding="utf-8", opener=plain) as file:
            return isinstance(json.load(file), dict)
    except (OSError, ValueError):
        return False


def _keyring() -> Any:
    """The system's keyring when the optional package is there and has one to use; None else."""
    try:
        import keyring
    except ImportError:
        return None
    with contextlib.suppress(Exception):
        ring = keyring.get_keyring()
        # Backends that keep nothing, or refuse, say so by a priority of 0 and less.
        if ring.priority >= 1:
            return ring
    return None
