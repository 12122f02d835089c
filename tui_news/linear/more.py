"""Commands on an article beyond reading it: comments, the reader's note, debate, saving; and sites."""

from __future__ import annotations

from collections.abc import Callable

from tui_news.i18n import _, many
from tui_news.linear.desk import Desk, RefusedError
from tui_news.linear.line import broken
from tui_news.linear.reading import open_url, subjects
from tui_news.linear.spoken import joined, spoken
from tui_news.newsroom import View, now
from tui_news.typeset import Galley, Options


def comments(desk: Desk, text: str) -> None:
    """The comments, a head and a text each, with their level said; `c browser` opens their page."""
    from tui_news.newsroom.discussion import NoCommentsError, fetch, head_of, kept, visited
    from tui_news.sources.discussion.thread import nodes

    page = text.strip().casefold() in ("o", "browser", "page")
    article = subjects(desk, "" if page else text)[0]
    if page:
        if not article.comments_url:
            raise RefusedError(_("This source gives no comments for this article"))
        open_url(desk, article.comments_url)
        return
    desk.say(_("Fetching the comments …"))
    try:
        talk = desk.wait(fetch(desk.newsroom, article))
    except NoCommentsError as error:
        old = kept(desk.newsroom, article.id)
        if old is None:
            raise RefusedError(str(error)) from error
        talk = old
        desk.say(str(error))
    thread = nodes(talk.thread.comments)
    if not thread:
        raise RefusedError(_("No comments yet."))
    desk.say(many(len(thread), "{count} comment", "{count} comments"), *talk.thread.notes)
    width, moment = desk.line.width, now()
    for number, node in enumerate(thread, 1):
        who, about = head_of(node.comment, moment, node.comment.id in talk.new)
        level = _("level {depth}", depth=node.depth + 1) if node.depth else ""
        desk.line.put(broken(f"{number}. " + joined((who, level, about.strip())), width))
        blocks, _origins = spoken(node.comment.blocks)
        galley = Galley(blocks, width, Options(measure=width, indent=False, number_links=False))
        desk.line.put(line.text.rstrip() for line in galley.lines(0, 1_000))
    if article.id:
        desk.kept(lambda: visited(desk.newsroom, article.id, talk.thread))


def note(desk: Desk, text: str) -> None:
    """Say the note on the article; words behind the command become the note, a single minus removes it."""
    from tui_news.newsroom.notes import write_note

    article = subjects(desk, "")[0]
    if not article.id:
        raise RefusedError(_("This page is not kept in the cache, so it cannot be marked"))
    if not text:
        kept = desk.newsroom.state(article.id).note
        desk.say(kept or _("No note yet; write it behind the command, as in “{key} a word”.",
                           key=desk.key("note")))  # fmt: skip
        return
    step = write_note(desk.newsroom, article.id, "" if text.strip() == "-" else text)
    if step is None:
        raise RefusedError(_("Nothing done"))
    desk.say(_("{done} · {undo} undoes it", done=_(step.what), undo=desk.key("undo")))


def debate(desk: Desk, text: str) -> None:
    """Put articles up for debate, or take them off."""
    from tui_news.newsroom.notes import put_up

    for article in subjects(desk, text):
        if not article.id:
            raise RefusedError(_("This page is not kept in the cache, so it cannot be marked"))
        step = put_up(desk.newsroom, article.id, not desk.newsroom.state(article.id).debate)
        if step is not None:
            desk.say(_("{done} · {undo} undoes it", done=_(step.what), undo=desk.key("undo")))


def save(desk: Desk, text: str) -> None:
    """Save the article: the file behind the command, or its folder with a name from the headline."""
    from tui_news.newsroom.documents import document
    from tui_news.newsroom.saving import SaveError, file_name, folder_of, form_of, path_of
    from tui_news.newsroom.saving import save as write

    head = subjects(desk, "")[0]
    article = (desk.newsroom.article(head.id) if head.id else None) or head
    folder = folder_of(desk.newsroom.config.text("save.folder"))
    try:
        path = path_of(text or "./", folder, file_name(article.headline))
        form = form_of(path, "markdown")
        whole = document(article, form, source_name=desk.newsroom.source_name(article.source))
        desk.say(_("Saved {path}", path=write(path, whole)))
    except SaveError as error:
        raise RefusedError(str(error)) from error


def next_site(desk: Desk, text: str) -> None:
    """The newspaper of the next site, all of them behind the last."""
    sites: list[str | None] = [*desk.newsroom.sites, None]
    if len(sites) < 3:
        raise RefusedError(_("All sources are one site"))
    site = sites[(sites.index(desk.newsroom.site) + 1) % len(sites)]
    desk.newsroom.show_site(site)
    desk.remember("site", site)
    desk.say(_("site {site}", site=_("all of them") if site is None else site or _("main")))
    desk.go(View())


COMMANDS: dict[str, Callable[[Desk, str], None]] = {
    "comments": comments, "note": note, "debate": debate, "save": save, "next_site": next_site,
}  # fmt: skip
