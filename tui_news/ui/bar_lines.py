"""What stands in the one-line bars: masthead with tabs, breadcrumb, sites, status line. Without Textual."""

from __future__ import annotations

from tui_news.i18n import _
from tui_news.model import SectionPath
from tui_news.text.width import cell_len, fit
from tui_news.ui.drawn import L, Piece, spread

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from dataclasses import dataclass
    from typing import TypeAlias
else:
    from tui_news.records import dataclass

NARROW = 40
"""Cells below which counts are left out."""

Look: TypeAlias = "Callable[[str], L]"
"""What draws a look by its name: base, name, active, muted, error, key."""
Targets = list[tuple[int, int, SectionPath]]
"""First cell, cell behind the last one, and the section that a click there means."""
Site = tuple[str | None, int]
"""A site (None: all of them, "": the main one) and its unread articles."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A section as a bar shows it."""

    path: SectionPath
    title: str
    unread: int = 0


def tabs_line(
    tabs: Sequence[Tab], chosen: int, date: str, paper: str, width: int, look: Look[L]
) -> tuple[list[Piece[L]], Targets]:
    """The masthead: the paper's name, the top-level sections, the date."""
    targets: Targets = []
    name = f" {fit(paper, 16).rstrip()} " if width >= 60 else ""
    left = [Piece(name, look("name"))] if name else []
    labels = [f" {tab.title} " for tab in tabs]
    room = width - cell_len(name) - 2
    first, last = _window(labels, chosen, room)
    at = cell_len(name)
    if first > 0:
        left.append(Piece("‹", look("muted")))
        at += 1
    for index in range(first, last):
        label = fit(labels[index], max(1, room))
        left.append(Piece(label, look("active" if index == chosen else "base")))
        targets.append((at, at + cell_len(label), tabs[index].path))
        at += cell_len(label)
    if last < len(labels):
        left.append(Piece("›", look("muted")))
    return spread(left, date, look("muted"), look("base"), width), targets


def _window(labels: Sequence[str], active: int, room: int) -> tuple[int, int]:
    """The range of labels around the active one that fits into `room` cells."""
    if not labels:
        return 0, 0
    first = last = min(active, len(labels) - 1)
    last += 1
    used = cell_len(labels[first])
    while True:
        grown = False
        if first > 0 and used + cell_len(labels[first - 1]) <= room:
            first -= 1
            used += cell_len(labels[first])
            grown = True
        if last < len(labels) and used + cell_len(labels[last]) <= room:
            used += cell_len(labels[last])
            last += 1
            grown = True
        if not grown:
            return first, last


def trail_line(
    trail: Sequence[Tab], below: Sequence[Tab], counts: str, width: int, look: Look[L]
) -> tuple[list[Piece[L]], Targets]:
    """The way from the top to here, the subsections, and how much there is."""
    targets: Targets = []
    muted, base = look("muted"), look("base")
    left: list[Piece[L]] = [Piece(" ", base)]
    at = 1
    # Where it is narrow, the way counts more than the numbers.
    right = counts if width >= NARROW else ""
    room = width - cell_len(right) - (3 if right else 1)
    for index, tab in enumerate(trail):
        if index:
            left.append(Piece(" › ", muted))
            at += 3
        title = fit(tab.title, max(0, room - at))
        targets.append((at, at + cell_len(title), tab.path))
        left.append(Piece(title, look("active") if index == len(trail) - 1 else base))
        at += cell_len(title)
    for index, tab in enumerate(below):
        lead = "   " if index == 0 else " · "
        title = tab.title
        if at + cell_len(lead) + cell_len(title) > room:
            left.append(Piece(" …", muted))
            break
        left.append(Piece(lead, muted))
        at += cell_len(lead)
        targets.append((at, at + cell_len(title), tab.path))
        left.append(Piece(title, muted))
        at += cell_len(title)
    return spread(left, right + " " if right else "", muted, base, width), targets


def hints_line(
    hints: Sequence[tuple[str, str]], right: str, alarm: bool, width: int, look: Look[L]
) -> list[Piece[L]]:
    """What the keys do, and at the other end what is fetched and what failed; the latter is an `alarm`."""
    base, muted = look("base"), look("muted")
    room = width - cell_len(right) - 3
    left = [Piece(" ", base)]
    at = 1
    for key, what in hints:
        piece = f"{key} {what}"
        if at + cell_len(piece) > room:
            break
        left += [Piece(key, look("key")), Piece(f" {what}  ", muted)]
        at += cell_len(piece) + 2
    return spread(left, right, look("error") if alarm else muted, base, width)


def failures(work: str, failed: int, errors_key: str, width: int) -> str:
    """What is being fetched and how many sources failed; `errors_key` shows which."""
    if not failed or width < NARROW:
        return work
    key = f" ({errors_key})" if errors_key else ""
    return f"{work}  {_('{count} failed', count=failed)}{key}".strip()


def site_name(site: str | None) -> str:
    """What a site is called."""
    return _("all of them") if site is None else site or _("main")


def sites_line(
    sites: Sequence[Site], chosen: str | None, width: int, look: Look[L]
) -> tuple[list[Piece[L]], list[tuple[int, int, str | None]]]:
    """The sites with their unread articles, and where each can be clicked."""
    base, muted = look("base"), look("muted")
    left: list[Piece[L]] = [Piece(" ", base)]
    spans: list[tuple[int, int, str | None]] = []
    at = 1
    for index, (site, unread) in enumerate(sites):
        lead = " · " if index else ""
        name = fit(site_name(site), max(4, width - 6))
        count = f" {unread}" if unread and site is not None else ""
        if at + cell_len(lead) + cell_len(name) + cell_len(count) > width - 2:
            left.append(Piece(" ›", muted))
            break
        left.append(Piece(lead, muted))
        at += cell_len(lead)
        left.append(Piece(name, look("active") if site == chosen else base))
        left.append(Piece(count, muted))
        spans.append((at, at + cell_len(name), site))
        at += cell_len(name) + cell_len(count)
    return left, spans
