"""Commands on articles: open, read on, links, copy, full text, facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from tui_news.i18n import _, mark
from tui_news.linear.desk import Desk, Menu, RefusedError
from tui_news.linear.opened import Opened
from tui_news.linear.spoken import fact, joined
from tui_news.model import DELETED, INSERTED, Article, Source
from tui_news.newsroom.reading import (
    PAGE_ERRORS,
    full_text,
    is_private_source,
    read_web_page,
    wants_full_text,
    without_page,
)
from tui_news.text.clean import is_web_url
from tui_news.text.when import long_time
from tui_news.typeset.article import Page

PREFETCH = 10


def page_of(desk: Desk, article: Article, notice: str = "") -> Page:
    source = desk.newsroom.source(article.source)
    name, section = desk.newsroom.source_name(article.source), source.section if source else ()
    if not article.id or desk.newsroom.cache.past(article.id) is None:
        return Page(article, name, section, notice)
    from tui_news.newsroom.past import fate, versions_of

    found = versions_of(desk.newsroom, article)
    said = (*fate(found.past), found.line()) if found else ()
    if found and found.any:
        said = (*said, _("{key} says what changed.", key=desk.key("changes")))
    return Page(article, name, section, notice, standing=tuple(line for line in said if line))


def open_row(desk: Desk, row: int, id: str = "") -> None:
    """Open the article of a row, or of a story's row the one with this id, and say its first page."""
    open_article(desk, id or desk.articles[row].id, row)


def open_article(desk: Desk, id: str, row: int | None = None) -> None:
    """Open an article and say its first page, from where the reader left it."""
    article = desk.newsroom.article(id)
    if article is None:
        raise RefusedError(_("This article is no longer in the cache; {key} asks for it again",
                        key=desk.key("refresh")))  # fmt: skip
    desk.put_away()
    desk.at = desk.row_of(id) if row is None else row
    desk.told, desk.next_row = False, desk.at + 1
    state = desk.newsroom.state(id)
    story = desk.ids_at(desk.at) if desk.at >= 0 else ()
    setting = desk.newsroom.config.text("ui.mark_read")
    ids = {"open": (id,), "story": tuple(dict.fromkeys((id, *story)))}.get(setting, ())
    if unread := [one for one in ids if not desk.newsroom.state(one).read]:
        desk.kept(lambda: desk.newsroom.mark(unread, mark("read"), read=True))
    source = desk.newsroom.source(article.source)
    notice = ""
    if len(story) > 1:
        notice = _("One of {count} reports of this story, {key} says them",
                   count=len(story), key=desk.key("story"))  # fmt: skip
    if source and wants_full_text(article, source):
        article, failed = _completed(desk, article)
        notice = failed or notice
    page = page_of(desk, article, notice)
    if article.changed:
        desk.kept(lambda: desk.newsroom.cache.saw(article.id))
    _show(desk, page, state.position)


def _show(desk: Desk, page: Page, position: int = 0) -> None:
    wide = desk.newsroom.config.flag("ui.ambiguous_wide")
    desk.opened = Opened(page, desk.line.width, wide)
    if position > 0:
        desk.say(page.article.headline, _("From where you left it; {key} reads from the top.",
                                          key=desk.key("top")))  # fmt: skip
        desk.opened.to_block(position)
    say_page(desk)


def _completed(desk: Desk, article: Article, charset: str = "") -> tuple[Article, str]:
    """The article with the text of its page, and what to say when that did not come."""
    desk.say(_("Fetching the full text."))
    try:
        return desk.wait(full_text(desk.newsroom, article, charset)), ""
    except PAGE_ERRORS as error:
        return desk.newsroom.article(article.id) or article, without_page(article, error)
    except KeyboardInterrupt:
        return article, _("Only the feed's summary: stopped.")


def say_page(desk: Desk) -> None:
    """The next page of the open article."""
    opened = desk.opened
    assert opened is not None
    desk.line.put(opened.take(desk.line.height))
    if not opened.left and desk.line.typed:
        desk.say(_("End. {next} next unread, {back} back.", next=desk.key("next_unread"),
                   back=desk.key("quit")))  # fmt: skip


def go_on(desk: Desk) -> None:
    """The next page; at the end the next unread article."""
    assert desk.opened is not None
    if desk.opened.left:
        say_page(desk)
    else:
        next_unread(desk, "")


def _to_unread(desk: Desk, step: int) -> None:
    row = desk.at + step
    while 0 <= row < len(desk.articles):
        ids = desk.ids_at(row)
        if unread := [id for id in ids if not desk.newsroom.state(id).read]:
            _to_row(desk, row, unread[0])
            return
        row += step
    raise RefusedError(
        _("Nothing unread behind this one") if step > 0 else _("Nothing unread before this one")
    )


def _to_row(desk: Desk, row: int, id: str = "") -> None:
    """To a row: opened where an article is open, else said alone. `id` names the one of a story to open."""
    if not 0 <= row < len(desk.articles):
        raise RefusedError(_("That was the last headline") if row > 0 else _("This is the first headline"))
    if desk.opened is not None:
        open_row(desk, row, id)
        return
    desk.menu, desk.at, desk.told, desk.next_row = None, row, True, row + 1
    desk.say(desk.row(row))


def next_unread(desk: Desk, text: str) -> None:
    _to_unread(desk, 1)


def previous_unread(desk: Desk, text: str) -> None:
    _to_unread(desk, -1)


def next_article(desk: Desk, text: str) -> None:
    _to_row(desk, desk.at + 1)


def previous_article(desk: Desk, text: str) -> None:
    _to_row(desk, desk.at - 1)


def subjects(desk: Desk, text: str) -> list[Article]:
    """The articles that a command means: those numbered, else the open one, else the current one."""
    return [desk.articles[row] for row in desk.rows_of(text)] if text else [desk.subject]


# --- links ---------------------------------------------------------------------------------------------


def browser(desk: Desk, text: str) -> None:
    for article in subjects(desk, text):
        open_url(desk, article.url, desk.newsroom.source(article.source))


def open_url(desk: Desk, url: str, source: Source | None = None) -> None:
    """Open a URL in the browser; one of another host than its source's is said, and asked about, before."""
    from tui_news.newsroom.opening import leads_away

    if not url:
        raise RefusedError(_("This article has no link"))
    if question := leads_away(url, source):
        desk.say_menu(Menu(question, [_("Open it")], lambda at: _launch(desk, url)))
        return
    _launch(desk, url)


def _launch(desk: Desk, url: str) -> None:
    from tui_news.newsroom.opening import OpenError, open_in_browser

    try:
        desk.say(open_in_browser(url, desk.newsroom.config))
    except OpenError as error:
        desk.say(str(error), url)


def copy(desk: Desk, text: str) -> None:
    for article in subjects(desk, text)[:1]:
        _copy(desk, article.url)


def _copy(desk: Desk, url: str) -> None:
    """Copy by OSC 52 where the terminal takes sequences; the link is said in any case."""
    if not url:
        raise RefusedError(_("This article has no link"))
    if desk.line.moves:
        from base64 import b64encode

        desk.line.send(f"\x1b]52;c;{b64encode(url.encode()).decode()}\a")
        desk.say(_("Copied {url}", url=url))
    else:
        desk.say(url)


def links(desk: Desk, text: str) -> None:
    """The links of the article; `# 3` opens one, `# 3 copy` copies it, `# 3 read` reads it here."""
    if desk.opened is None:
        raise RefusedError(_("Open an article first"))
    found = desk.opened.links
    if not found:
        raise RefusedError(_("No links in this article"))
    if text:
        _follow_link(desk, found, text)
        return
    desk.say(_("A number opens it in the browser, “{key} 1 read” reads it here, “{key} 1 copy” copies it.",
               key=desk.key("links")))  # fmt: skip
    rows = [f"{said}, {href}" if said != href else href for _number, said, href in found]
    desk.say_menu(Menu(_("Links"), rows, lambda at: open_url(desk, found[at][2])))


def _follow_link(desk: Desk, found: Sequence[tuple[int, str, str]], text: str) -> None:
    number, _space, how = text.strip().partition(" ")
    if not (number.isdecimal() and 1 <= int(number[:9]) <= len(found)):
        raise RefusedError(_("There is no link {text}; this article has {count}",
                             text=number, count=len(found)))  # fmt: skip
    url = found[int(number) - 1][2]
    if how.strip()[:1] in ("c", "y"):
        _copy(desk, url)
    elif not is_web_url(url):
        raise RefusedError(_("Not opened, only http and https are: {url}", url=url))
    elif how.strip()[:1] == "r":
        read_url(desk, url)
    else:
        opened = desk.opened
        open_url(desk, url, desk.newsroom.source(opened.page.article.source) if opened else None)


def read_url(desk: Desk, text: str) -> None:
    """Read a web page here; it is not kept in the cache."""
    url = text.strip()
    if not is_web_url(url):
        raise RefusedError(_("Write an address behind it that begins with http"))
    here = desk.newsroom.source(desk.opened.page.article.source) if desk.opened else None
    desk.say(_("Fetching {url}", url=url))
    # What the reader types himself may lie on his own network, what a page links to may not.
    allowed = desk.opened is None or is_private_source(here)
    try:
        article = desk.wait(read_web_page(desk.newsroom, url, allow_private=allowed))
    except PAGE_ERRORS as error:
        raise RefusedError(str(error)) from error
    desk.put_away()
    _show(desk, page_of(desk, replace(article, id="", source=here.id if here else "")))


def play(desk: Desk, text: str) -> None:
    from tui_news.newsroom.opening import OpenError, launch, player_command

    article = subjects(desk, text)[0]
    audio = [each for each in article.enclosures if each.type.startswith(("audio/", "video/"))]
    if not audio:
        raise RefusedError(_("No audio in this article"))
    try:
        launch(player_command(desk.newsroom.config.words("player.command")), audio[0].url)
    except OpenError as error:
        raise RefusedError(str(error)) from error
    desk.say(_("Playing {title}", title=audio[0].title or audio[0].url))


# --- the open article ----------------------------------------------------------------------------------


def full(desk: Desk, text: str, charset: str = "") -> None:
    article = _opened_article(desk)
    if not article.url:
        raise RefusedError(_("This article has no link to fetch its text from"))
    article, notice = _completed(desk, article, charset)
    _show(desk, page_of(desk, article, notice))


def charset(desk: Desk, text: str) -> None:
    """Read the page again in the charset that is named."""
    article = _opened_article(desk)
    if not text:
        now = article.charset or _("unknown")
        raise RefusedError(
            _("Write a charset behind it, such as gb18030, big5 or shift_jis; now it is {name}", name=now)
        )
    full(desk, "", text.strip())


def prefetch(desk: Desk, text: str) -> None:
    wanted = desk.newsroom.stubs(desk.articles, max(0, desk.at), PREFETCH)
    if not wanted:
        raise RefusedError(_("The next unread articles are here in full already"))
    failed = 0
    for article in wanted:
        try:
            desk.wait(full_text(desk.newsroom, article))
        except PAGE_ERRORS:
            failed += 1
    desk.say(_("{done} fetched, {failed} failed.", done=len(wanted) - failed, failed=failed))


def changes(desk: Desk, text: str) -> None:
    """What changed in the article since it was read, in words."""
    from tui_news.newsroom.past import versions_of

    if text or desk.opened is None:
        for row in desk.rows_of(text)[:1] if text else [max(0, desk.at)]:
            open_row(desk, row)
    article = _opened_article(desk)
    found = versions_of(desk.newsroom, article) if article.id else None
    if found is None or not found.any:
        raise RefusedError(_("It has not changed since you read it"))
    signs = {DELETED: (_("[removed:") + " ", "]"), INSERTED: (_("[added:") + " ", "]")}
    desk.put_away()
    page = replace(page_of(desk, article), comparison=found.compared(signs), standing=(found.line(),))
    _show(desk, page)


def outline(desk: Desk, text: str) -> None:
    _opened_article(desk)
    opened = desk.opened
    assert opened is not None
    heads = opened.outline
    if not heads:
        raise RefusedError(_("No subheads in this article"))

    def chosen(index: int) -> None:
        desk.menu = None
        opened.to_block(heads[index][0])
        say_page(desk)

    if text.isdecimal() and 1 <= int(text[:9]) <= len(heads):
        chosen(int(text) - 1)
        return
    desk.say_menu(Menu(_("Outline"), [said for _block, _level, said in heads], chosen))


def info(desk: Desk, text: str) -> None:
    article = subjects(desk, text)[0]
    source = desk.newsroom.source(article.source)
    rows = [
        (_("Headline"), article.headline), (_("Source"), desk.newsroom.source_name(article.source)),
        (_("Section"), joined(source.section) if source else ""), (_("Agency"), article.agency),
        (_("By"), joined(article.authors)), (_("Editor"), article.editor), (_("Place"), article.place),
        (_("Published"), long_time(article.published)), (_("Updated"), long_time(article.updated)),
        (_("First seen"), long_time(article.fetched)), (_("Language"), article.language),
        (_("Charset"), article.charset), (_("Tags"), joined(article.tags)), (_("Link"), article.url),
        (_("Comments"), article.comments_url),
    ]  # fmt: skip
    desk.say(*(fact(name, value) for name, value in rows if value))


def _opened_article(desk: Desk) -> Article:
    if desk.opened is None:
        raise RefusedError(_("Open an article first"))
    return desk.opened.page.article


COMMANDS: dict[str, Callable[[Desk, str], None]] = {
    "next_unread": next_unread, "previous_unread": previous_unread, "next_article": next_article,
    "previous_article": previous_article, "browser": browser, "copy": copy, "links": links,
    "play": play, "full_text": full, "charset": charset, "prefetch": prefetch,
    "outline": outline, "info": info, "changes": changes,
}  # fmt: skip
