"""Keeps the screen with which the program will open next time, for `tui_news.early` to show at once."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tui_news.early import FILE, day, stamp
from tui_news.newsroom import now
from tui_news.paths import Places
from tui_news.ui.painter.cells import Row
from tui_news.ui.painter.frame import pack

if TYPE_CHECKING:
    from tui_news.ui.app import NewsApp

DAYS = 2
"""Times look otherwise on another day: a screen for this day and one for the next."""
PATIENCE = 0.5
"""Seconds after which a busy program ends without."""

Screens = dict[str, list[Row]]


async def rehearse(app: NewsApp) -> Screens:
    """The first screen of the next start, by day, drawn but not painted. Empty where there is none: without
    the painter, under a dialog, or when the program is too busy."""
    found: Screens = {}
    if (
        app.painter is None
        or app.is_headless
        or app.newsroom.cache.read_only
        or app.screen is not app.browser
    ):
        return found
    app.still = True
    for days in range(DAYS):
        moment = now() + timedelta(days=days)
        if not await _rewound(app, moment):
            return {}
        found[day(moment.timestamp())] = app.all_rows()
    return found


async def _rewound(app: NewsApp, moment: datetime) -> bool:
    """Bring the browser back to its beginning, and whether it got there: keys that were typed before may come
    in between."""
    for _ in range(3):
        app.browser.rewind(lambda: moment)
        for _ in range(2):  # what is scrolled is scrolled after a refresh
            drawn = asyncio.Event()
            app.browser.call_after_refresh(drawn.set)
            with suppress(TimeoutError):
                await asyncio.wait_for(drawn.wait(), PATIENCE)
            app.browser._refresh_layout()
        if drawn.is_set() and not app.browser.reading and app.screen is app.browser:
            return True
    return False


def keep(app: NewsApp, places: Places, screens: Screens) -> None:
    """Write them, when all else is written. A disk that takes no more does not matter here."""
    if not screens or app.painter is None:
        return
    path = places.cache / FILE
    if app.looks_otherwise_next_time:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return
    marked = stamp(str(places.config), str(places.cache), str(places.data))
    data = pack(screens, marked, fills=app.painter.policy.erase_colored)
    new = Path(f"{path}.new")
    with suppress(OSError):
        if data is None:
            path.unlink(missing_ok=True)
            return
        file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(file, "wb") as out:
            out.write(data)
        os.replace(new, path)
