"""Commands that mark: read, starred, for later, all of it read, and taking it back."""

from __future__ import annotations

from collections.abc import Callable

from tui_news.i18n import _, many, mark
from tui_news.linear.desk import Desk, RefusedError
from tui_news.linear.spoken import sentence


def targets(desk: Desk, text: str) -> list[str]:
    """The ids that a mark is for: all of a story's where its row is meant, the open article's alone."""
    if text:
        return [id for row in desk.rows_of(text) for id in desk.ids_at(row)]
    if desk.opened is None and 0 <= desk.at < len(desk.articles):
        return list(desk.ids_at(desk.at))
    return [article.id for article in [desk.subject] if article.id]


def _toggle(desk: Desk, text: str, name: str, on: str, off: str) -> None:
    """Turn a mark on, or off when all of the articles have it."""
    ids = targets(desk, text)
    if not ids:
        raise RefusedError(_("This page is not kept in the cache, so it cannot be marked"))
    value = not all(getattr(desk.newsroom.state(id), name) for id in ids)
    what = on if value else off
    desk.newsroom.mark(ids, what, **{name: value})
    said = _(what)
    if len(ids) > 1:
        said = f"{many(len(ids), '{count} article', '{count} articles')} {said}"
    undo_key = _("{key} undoes it.", key=desk.key("undo"))
    desk.say(sentence(f"{said[:1].upper()}{said[1:]}") + " " + undo_key)


def star(desk: Desk, text: str) -> None:
    _toggle(desk, text, "starred", mark("starred"), mark("star removed"))


def later(desk: Desk, text: str) -> None:
    _toggle(desk, text, "later", mark("kept for later"), mark("no longer kept for later"))


def toggle_read(desk: Desk, text: str) -> None:
    _toggle(desk, text, "read", mark("marked read"), mark("marked unread"))


def mark_all(desk: Desk, text: str) -> None:
    from tui_news.newsroom.folded import ids_of

    ids = ids_of(desk.folded.articles if desk.folded else desk.articles)
    unread = [id for id in ids if not desk.newsroom.state(id).read]
    if not unread:
        raise RefusedError(_("Everything here is read already"))
    desk.newsroom.mark(unread, mark("mark all read"), read=True)
    said = many(len(unread), "{count} article marked read.", "{count} articles marked read.")
    desk.say(f"{said} {_('{key} undoes it.', key=desk.key('undo'))}")


def undo(desk: Desk, text: str) -> None:
    step = desk.newsroom.undo()
    if step is None:
        raise RefusedError(_("Nothing to undo"))
    articles = many(len(step.ids), "{count} article", "{count} articles")
    desk.say(_("Undone: {what}, {articles}.", what=_(step.what), articles=articles))


COMMANDS: dict[str, Callable[[Desk, str], None]] = {
    "star": star, "later": later, "toggle_read": toggle_read, "mark_all": mark_all, "undo": undo,
}  # fmt: skip
