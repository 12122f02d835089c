"""Commands on sources: refresh with sparse progress, their state and errors, adding, the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_news.i18n import _, many
from tui_news.linear.desk import Desk, Menu, RefusedError
from tui_news.linear.reading import read_url
from tui_news.linear.spoken import fact, joined
from tui_news.model import FeedStatus, Source
from tui_news.newsroom import View, now
from tui_news.text.when import ago

TOPICS = 20


# --- refreshing ----------------------------------------------------------------------------------------


def refresh(desk: Desk, text: str) -> None:
    """This section, or the sources and sections named behind it."""
    if text:
        sources, unknown = desk.newsroom.find_sources([text])
        if unknown:
            raise RefusedError(_("No section or source is called “{name}”. {key} says them all.",
                            name=text, key=desk.key("tree")))  # fmt: skip
    else:
        ids = set(desk.newsroom.source_ids(desk.view))
        sources = [source for source in desk.newsroom.subscriptions.sources if source.id in ids]
    if not sources:
        raise RefusedError(_("The starter edition comes with the program; {key} asks your own sources",
                        key=desk.key("refresh_all")))  # fmt: skip
    _ask(desk, sources)


def refresh_all(desk: Desk, text: str) -> None:
    sources = list(desk.newsroom.subscriptions.sources)
    if not sources:
        raise RefusedError(_("No sources yet. {catalog} says the catalogue, {add} adds an address.",
                        catalog=desk.key("catalog"), add=desk.key("add")))  # fmt: skip
    _ask(desk, sources)


def _ask(desk: Desk, sources: Sequence[Source]) -> None:
    """Ask sources for news; a line at each quarter of the way, and one for the end."""
    from tui_news.newsroom.events import Event, Finished

    desk.say(many(len(sources), "Asking {count} source. Ctrl-c stops.",
                  "Asking {count} sources. Ctrl-c stops."))  # fmt: skip
    new = quarter = 0

    def heard(event: Event) -> None:
        nonlocal new, quarter
        if not isinstance(event, Finished):
            return
        new += len(event.new)
        reached = 4 * event.done // max(1, event.total)
        if event.total >= 8 and quarter < reached < 4:
            quarter = reached
            desk.say(_("{done} of {total} asked, {new} new.", done=event.done, total=event.total, new=new))
            desk.line.send("")

    try:
        report = desk.wait(desk.newsroom.refresh(sources, listener=heard))
    except KeyboardInterrupt:
        desk.say(_("Stopped; what came is kept."))
    else:
        said = many(report.new, "{count} new article", "{count} new articles")
        said += " " + many(report.asked, "from {count} source.", "from {count} sources.")
        desk.say(said)
        _say_failures(desk, [(outcome.source, outcome.status.error) for outcome in report.failed],
                      len(report.failed) == report.asked)  # fmt: skip
        for outcome in report.outcomes:
            if outcome.skipped and len(report.outcomes) == 1:
                desk.say(fact(outcome.source.name, outcome.skipped))
    if desk.newsroom.show_starter and new:
        # It is there for want of news.
        desk.newsroom.open_starter(False)
        desk.go(View())
    elif new and desk.opened is None:
        desk.go(desk.view)
    else:
        desk.reload()


def _say_failures(desk: Desk, failed: list[tuple[Source, str]], all_failed: bool) -> None:
    for source, error in failed[:3]:
        desk.say(fact(desk.newsroom.source_name(source.id), error))
    if len(failed) > 3:
        desk.say(_("{count} more failed; {key} says why.", count=len(failed) - 3, key=desk.key("sources")))
    if all_failed and len(failed) > 1:
        desk.say(_("No source could be reached: are you offline?"))


# --- state ---------------------------------------------------------------------------------------------


def sources(desk: Desk, text: str) -> None:
    """All sources, those in error first. A number says more of one, and what can be done with it."""
    cache = desk.newsroom.cache
    own = sorted(desk.newsroom.subscriptions.sources, key=lambda one: (not cache.status(one.id).error,))

    def said(source: Source) -> str:
        return fact(desk.newsroom.source_name(source.id), state(source, cache.status(source.id)))

    desk.say(_("A number says more of one."))
    desk.say_menu(Menu(_("Sources"), [said(source) for source in own], lambda at: _detail(desk, own[at])))


def state(source: Source, status: FeedStatus) -> str:
    """How a source is, in words."""
    if source.paused:
        return _("paused")
    if status.gone:
        return _("gone (410)")
    if status.error:
        return status.error
    if not status.checked:
        return _("not asked yet")
    return _("damaged, read in part") if status.damaged else _("well")


def _detail(desk: Desk, source: Source) -> None:
    """A source's facts, and a menu of what can be done."""
    from tui_news.newsroom.arrange import remove_source
    from tui_news.newsroom.follow import pause

    newsroom = desk.newsroom
    status = newsroom.cache.status(source.id)
    counts = newsroom.cache.counts([source.id]).get(source.id)
    rows = (
        (_("Source"), newsroom.source_name(source.id)), (_("Link"), source.address),
        (_("Section"), joined(source.section)), (_("State"), state(source, status)),
        (_("HTTP status"), str(status.status or "")),
        (_("Last success"), ago(status.succeeded, now())),
        (_("Articles"), str(counts.total if counts else 0)),
    )  # fmt: skip
    desk.say(*(fact(name, value) for name, value in rows if value))
    stopped = source.paused or status.gone

    def go() -> None:
        desk.go(View(source.section, source.id))

    def ask() -> None:
        desk.menu = None
        _ask(desk, [source])

    def stop() -> None:
        pause(newsroom, source, not stopped)
        desk.say(_("Asked again from now on.") if stopped else _("Asked no more until you resume it."))
        desk.menu = None

    def remove() -> None:
        question = _("Remove “{name}” and its cached articles? Write yes", name=source.name)
        if (desk.line.ask(question + ": ") or "").strip().casefold() not in ("y", "yes", _("yes")):
            raise RefusedError(_("Nothing done"))
        remove_source(newsroom, source)
        desk.say(_("Removed {name}.", name=source.name))
        desk.put_away()
        desk.go(View())

    steps = (go, ask, stop, remove)
    names = [
        _("go to its headlines"), _("ask it now"), _("resume") if stopped else _("pause"), _("remove"),
    ]  # fmt: skip
    desk.say_menu(Menu(_("Do"), names, lambda at: steps[at]()))


# --- adding --------------------------------------------------------------------------------------------


def add(desk: Desk, text: str) -> None:
    """Follow an address: what is found there, which of it, the section, and its first news."""
    from tui_news.newsroom.follow import Found, discover

    address = text or (desk.line.ask(_("Address of a feed or of a site") + ": ") or "").strip()
    if not address:
        raise RefusedError(_("Nothing done"))
    desk.say(_("Looking at {address}", address=address))
    found: list[Found] = desk.wait(discover(desk.newsroom, address, desk.say))
    if len(found) == 1:
        _follow(desk, found[0])
        return
    desk.say(_("Which of these? A number chooses."))
    rows = [f"{one.title}, {one.what}, {one.url}" for one in found]
    desk.say_menu(Menu(_("Found"), rows, lambda at: _follow(desk, found[at])))


def _follow(desk: Desk, found: object) -> None:
    from tui_news.newsroom.follow import Found, as_source, follow

    assert isinstance(found, Found)
    desk.menu = None
    here = " / ".join(desk.view.section) if desk.view.section in desk.newsroom.subscriptions.sections else ""
    desk.say(f"{found.title}, {found.what}")
    hint = _("Enter for {section}", section=here) if here else _("Enter for none")
    answer = desk.line.ask(_("Section, “World / Asia” for one inside another, {hint}", hint=hint) + ": ")
    path = tuple(part.strip() for part in (answer or here).split("/") if part.strip())
    _added(desk, follow(desk.newsroom, [as_source(found, path)]), found.url)


def _added(desk: Desk, added: list[Source], url: str) -> None:
    if not added:
        raise RefusedError(_("{url} is among your sources already", url=url))
    where = joined(added[0].section) or _("no section")
    desk.say(_("Following {name} in {where}.", name=added[0].name, where=where))
    _ask(desk, added)


def catalog(desk: Desk, text: str) -> None:
    """The catalogue, narrowed by the words behind it; a number follows."""
    from tui_news.newsroom.follow import follow
    from tui_news.sources.catalog import CATEGORY_NAMES, LANGUAGES, search_catalog

    entries = list(search_catalog(text))
    if not entries:
        raise RefusedError(_("Nothing in the catalogue answers “{text}”", text=text))
    desk.say(_("A number follows. Words behind the command narrow it down, as in “{key} science”.",
               key=desk.key("catalog")))  # fmt: skip

    def chosen(at: int) -> None:
        menu, entry = desk.menu, entries[at]
        if entry.kind == "search":
            text = (desk.line.ask(_("{name}: search for", name=entry.name) + ": ") or "").strip()
            if text:
                search_web(desk, text, entry.name)
            return
        _added(desk, follow(desk.newsroom, [entry.source()]), entry.url)
        desk.menu = menu

    rows = [
        joined((entry.name, _(CATEGORY_NAMES[entry.category]), LANGUAGES[entry.language], entry.description))
        for entry in entries
    ]
    desk.say_menu(Menu(_("Catalogue"), rows, chosen))


# --- what pages and the cache have besides ---------------------------------------------------------------


def _page_source(desk: Desk) -> Source:
    article = desk.opened.page.article if desk.opened else None
    if article is None and 0 <= desk.at < len(desk.articles):
        article = desk.articles[desk.at]
    source = desk.newsroom.source(desk.view.source or (article.source if article else ""))
    if source is None or source.kind != "page":
        raise RefusedError(_("Only pages without a feed have that; go to such a source first"))
    return source


def older(desk: Desk, text: str) -> None:
    from tui_news.newsroom.portal import older as fetch_older

    source = _page_source(desk)
    desk.say(_("Fetching older headlines of {name}.", name=source.name))
    new = desk.wait(fetch_older(desk.newsroom, source))
    desk.say(many(new, "{count} older headline.", "{count} older headlines."))
    desk.reload()


def pieces(desk: Desk, text: str) -> None:
    """Hot searches, rankings and tags of a page: a tag searches, the rest is read here."""
    from tui_news.newsroom.portal import pieces_of

    source = _page_source(desk)
    rows: list[tuple[str, str]] = []
    for piece in pieces_of(desk.newsroom, source.id):
        search = piece.kind in ("searches", "tags")
        label = piece.label or piece.kind
        rows += [(fact(label, run.text), f"?{run.text}" if search else run.href) for run in piece.links]

    def chosen(at: int) -> None:
        value = rows[at][1]
        if value.startswith("?"):
            phrase = value[1:].replace('"', " ")
            desk.go(View(query=f'"{phrase}"'))
        else:
            read_url(desk, value)

    desk.say_menu(Menu(_("Hot searches and rankings"), [said for said, _value in rows], chosen))


def topics(desk: Desk, text: str) -> None:
    """What the cached articles speak of more than before; a number says them."""
    from tui_news.newsroom.searching import current_topics

    hot, _tags = current_topics(desk.newsroom)
    hot = hot[:TOPICS]
    rows = [f"{topic.text}, {many(topic.count, '{count} article', '{count} articles')}" for topic in hot]

    def chosen(at: int) -> None:
        phrase = hot[at].text.replace('"', " ")
        desk.go(View(query=f'"{phrase}"'))

    desk.say_menu(Menu(_("Hot topics"), rows, chosen))


def search_web(desk: Desk, text: str, engine: str = "") -> None:
    """The open web by the configured searches; a number reads a result here."""
    from tui_news.newsroom.searching import search_web as ask_web

    if not text:
        raise RefusedError(_("Write what to search for behind it"))
    desk.say(_("Asking the web."))
    articles, problems = desk.wait(ask_web(desk.newsroom, text, engine=engine))
    desk.say(*problems)
    rows = [joined((one.headline, desk.newsroom.source_name(one.source))) for one in articles]
    desk.say_menu(Menu(_("Web"), rows, lambda at: read_url(desk, articles[at].url)))


COMMANDS: dict[str, Callable[[Desk, str], None]] = {
    "refresh": refresh, "refresh_all": refresh_all, "sources": sources, "add": add, "catalog": catalog,
    "older": older, "pieces": pieces,
}  # fmt: skip
