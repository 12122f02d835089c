"""Keeping the reader's state the same on several machines, in the background: when it starts, after a refresh
and at the end."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from tui_news.paths import Places

if TYPE_CHECKING:
    from tui_news.cache.folder import Synced


class Syncer:
    """Syncs in a thread with a cache of its own, as another process would."""

    def __init__(self, places: Places, folder: Path) -> None:
        self.places = places
        self.folder = folder
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = False
        self._told: Synced | str | None = None

    def start(self) -> None:
        """Sync now, or once more after the sync that is under way."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                self._again = True
                return
            self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait until it is done, at most so long; whether it is."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def news(self) -> Synced | str | None:
        """What the last sync did, or why it failed, once; None when there is nothing new."""
        told, self._told = self._told, None
        return told

    def _run(self) -> None:
        from tui_news.cache import Cache, CacheError
        from tui_news.cache.syncing import sync

        while True:
            try:
                with Cache.open(self.places) as cache:
                    self._told = sync(cache, self.folder)
            except (CacheError, OSError) as error:
                self._told = str(error)
            with self._lock:
                if not self._again:
                    # Under the lock, so that a start that comes now begins anew.
                    self._thread = None
                    return
                self._again = False
