"""Commands on stories: who else tells one, and whether lists say a story once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_news.i18n import _, many
from tui_news.linear.desk import Desk, Menu, RefusedError
from tui_news.linear.reading import open_article, subjects
from tui_news.linear.spoken import joined
from tui_news.newsroom import now
from tui_news.newsroom.folding import choose, folds
from tui_news.newsroom.told import story_of
from tui_news.text.when import short_time

if TYPE_CHECKING:
    from tui_news.model import Article


def story(desk: Desk, text: str) -> None:
    """The reports of a story, the first of them first; a number opens one."""
    article = subjects(desk, text)[0]
    found = [one for id in story_of(desk.newsroom, article.id) if (one := desk.newsroom.article(id))]
    if len(found) < 2:
        raise RefusedError(_("Nobody else tells this story, as far as the cached sources go"))
    found.sort(key=lambda one: (one.when is not None, one.when, one.id))

    def said(one: Article) -> str:
        read = desk.newsroom.state(one.id).read
        time = short_time(one.when, now())
        return joined(
            (desk.newsroom.source_name(one.source), one.headline, time, "" if read else _("unread"))
        )

    desk.say(many(len(found), "{count} report", "{count} reports") + ". " + _("A number opens."))
    desk.say_menu(Menu(_("Story"), [said(one) for one in found], lambda at: open_article(desk, found[at].id)))


def fold_stories(desk: Desk, text: str) -> None:
    """Say each story once in this list, or each of its articles; kept for this list."""
    on = not folds(desk.newsroom, desk.view)
    desk.kept(lambda: choose(desk.newsroom, desk.view, on))
    desk.reload()
    desk.menu, desk.told, desk.next_row = None, False, 0
    desk.say(_("Each story is said once.") if on else _("Each article is said by itself."), desk.summary())


COMMANDS: dict[str, Callable[[Desk, str], None]] = {"story": story, "fold_stories": fold_stories}
