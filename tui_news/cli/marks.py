"""`tui-news mark` and `tui-news undo`: the state of articles changed, and changed back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui_news.cli.desk import open_newsroom
from tui_news.cli.output import DONE, NOTHING, PARTLY, complain, write
from tui_news.i18n import _, many

if TYPE_CHECKING:
    from argparse import Namespace

MARKS: Mapping[str, tuple[str, dict[str, bool]]] = {
    "read": ("marked read", {"read": True}),
    "unread": ("marked unread", {"read": False}),
    "star": ("starred", {"starred": True}),
    "unstar": ("star removed", {"starred": False}),
    "later": ("kept for later", {"later": True}),
    "unlater": ("no longer kept for later", {"later": False}),
    "debate": ("put up for debate", {"debate": True}),
    "undebate": ("no longer up for debate", {"debate": False}),
}


def mark(options: Namespace) -> int:
    """`mark`: change the state of articles, as one step that `undo` takes back."""
    from tui_news.newsroom.targets import TargetError, find_id

    with open_newsroom() as newsroom:
        ids: list[str] = []
        unknown: list[str] = []
        for target in options.target:
            try:
                ids.append(find_id(newsroom, target))
            except TargetError as error:
                unknown.append(str(error))
        for message in unknown:
            complain(message)
        if not ids:
            return NOTHING
        ids = list(dict.fromkeys(ids))
        what, changes = MARKS[options.what]
        step = newsroom.mark(ids, what, **changes)
        articles = many(len(ids), "{count} article", "{count} articles")
        write(f"{articles} {_(what)}" if step else _("{articles} already so", articles=articles))
        return PARTLY if unknown else DONE


def undo(options: Namespace) -> int:
    """`undo`: take the last step back; 4 when there is none."""
    with open_newsroom() as newsroom:
        step = newsroom.undo()
        if step is None:
            complain(_("nothing to undo"))
            return NOTHING
        articles = many(len(step.ids), "{count} article", "{count} articles")
        write(_("Undone: {what} ({articles})", what=_(step.what), articles=articles))
        return DONE
