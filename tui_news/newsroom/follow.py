"""Following sources: finding a site's feeds, adding, removing, bringing lists in and out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote, urlsplit

from tui_news.config.secrets import split_credentials
from tui_news.fetch import FetchError
from tui_news.i18n import _
from tui_news.model import SectionPath, Source, SourceKind, source_id
from tui_news.sources.subscriptions import SubscriptionsError, add_all, update
from tui_news.text.address import shown_url
from tui_news.text.clean import clean_url, is_web_url
from tui_news.workers import WorkerError

if TYPE_CHECKING:
    from tui_news.fetch import Fetcher, Response
    from tui_news.newsroom import Newsroom


T = TypeVar("T")


class FollowError(Exception):
    """A source cannot be followed; the message names the address and the next step."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something at an address that can be followed."""

    url: str
    title: str
    kind: SourceKind = "feed"
    what: str = ""
    """What it is, for the question which one: `rss 2.0, 25 articles`."""
    user: str = ""
    password: str = ""


def complete_url(text: str) -> str:
    """What a reader types as an address, as a URL: `example.org` becomes `https://example.org`.

    Raises FollowError when it is no http or https address.
    """
    text = text.strip()
    url = clean_url(text) if text and len(text.split()) == 1 else " "
    if url.startswith("feed:"):
        url = url.removeprefix("feed:").lstrip("/")
    # `host:8000` is a port; any other word before a colon is a scheme, and no scheme but http(s) will do.
    if "://" not in url and not url.startswith("//") and not re.match(r"[A-Za-z][\w+.-]*:(?!\d)", url):
        url = "https://" + url
    if not is_web_url(url) or " " in url:
        text = shown_url(text)
        raise FollowError(_("“{text}” is no web address; write one like https://example.org/feed", text=text))
    return url


async def discover(newsroom: Newsroom, text: str, tell: Callable[[str], None] | None = None) -> list[Found]:
    """What there is to follow at an address: the feed itself, the feeds that the page announces, or, when
    it has none, the page as a source of its own. Raises FollowError with the reason when nothing is.

    A page of the open web may not lead into a private network: what it announces there is left out, and
    `tell` gets a line that says so. Typed by the reader himself, the same address is taken.
    """
    given = complete_url(text)
    url, user, password = split_credentials(given)
    fetcher = await newsroom.fetcher()
    try:
        response = await fetcher.get(given)
    except FetchError as error:
        raise FollowError(f"{url}: {error}") from error
    found_all = await _found(newsroom, fetcher, response, url, tell)
    if not user and not password:
        return found_all
    # What lies on the same host is asked with the same password, which is shown nowhere.
    host = urlsplit(url).netloc
    return [
        replace(found, user=user, password=password) if urlsplit(found.url).netloc == host else found
        for found in found_all
    ]


async def _found(
    newsroom: Newsroom,
    fetcher: Fetcher,
    response: Response,
    url: str,
    tell: Callable[[str], None] | None,
) -> list[Found]:
    """What there is to follow in an answer. Raises FollowError for nothing."""
    refused = ""
    try:
        found = await _as_feed(newsroom, response, split_credentials(response.moved)[0] or url)
        if found:
            return [found]
        announced, guesses, page = await _on_page(newsroom, response)
        if response.public:
            announced, refused = await _outside(fetcher, announced, response.url)
        if not announced:
            for guess in guesses:
                try:
                    answer = await fetcher.get(guess, allow_private=not response.public)
                except FetchError:
                    continue
                if feed := await _as_feed(newsroom, answer, guess):
                    announced = [feed]
                    break
    except WorkerError as error:
        raise FollowError(f"{url}: {error}") from error
    found_all = [*announced, *([page] if page else [])]
    if refused and tell and found_all:
        tell(refused)
    if not found_all:
        raise FollowError(
            refused
            or _("{url} announces no feed and has no list of headlines; look for an RSS link there", url=url)
        )
    return found_all


async def _outside(fetcher: Fetcher, announced: list[Found], page: str) -> tuple[list[Found], str]:
    """What a page of the open web announces there, and a line on what it names in a private network."""
    urls = {urlsplit(found.url).netloc: found.url for found in announced}
    urls.pop(urlsplit(page).netloc, None)  # it came from there
    inside = await asyncio.gather(*map(fetcher.leads_inside, urls.values()))
    hosts = {host for host, is_inside in zip(urls, inside, strict=True) if is_inside}
    left = [found for found in announced if urlsplit(found.url).netloc not in hosts]
    first = next((found.url for found in announced if urlsplit(found.url).netloc in hosts), "")
    if not first:
        return left, ""
    return left, _(
        "{page} announces {url}, which is on a private network and was left out; if you know it, add that"
        " address itself",
        page=page,
        url=first,
    )


async def _as_feed(newsroom: Newsroom, response: Response, url: str) -> Found | None:
    from tui_news.newsroom.desk import about

    told = (await newsroom.workers.run("feed_at", about(response), response.body, urgent=True)).data
    return Found(url, str(told["title"]) or url, "feed", str(told["what"])) if told else None


async def _on_page(newsroom: Newsroom, response: Response) -> tuple[list[Found], list[str], Found | None]:
    """The feeds that a page announces, addresses where it may have one, and itself if it lists headlines."""
    from tui_news.newsroom.desk import about

    told = (await newsroom.workers.run("feeds_on", about(response), response.body, urgent=True)).data
    announced = [Found(url, title or url, "feed", kind or "feed") for url, title, kind in told["announced"]]
    page = None
    if (headlines := told.get("headlines", 0)) >= 3:
        what = _("the page itself, {headlines} headlines", headlines=headlines)
        page = Found(response.url, told["title"] or response.url, "page", what)
    return announced, told["guesses"], page


def follow(newsroom: Newsroom, sources: Iterable[Source]) -> list[Source]:
    """Add sources to `sources.toml`; those already followed are left out of the answer.

    Raises FollowError when the file cannot be changed; the same goes for the other changes below.
    """
    subscriptions, result = changed(lambda: add_all(newsroom.places, sources))
    newsroom.reload(subscriptions)
    return list(result.added)


def changed(change: Callable[[], T]) -> T:
    """Do a change of `sources.toml`; what goes wrong with the file is a FollowError."""
    try:
        return change()
    except SubscriptionsError as error:
        raise FollowError(str(error)) from error


def as_source(found: Found, section: SectionPath, title: str = "") -> Source:
    """What was found, as a source in a section."""
    url = found.url
    if found.user or found.password:
        # It is split again where the source is added, and kept apart.
        scheme, _colon, rest = url.partition("://")
        url = f"{scheme}://{quote(found.user, safe='')}:{quote(found.password, safe='')}@{rest}"
    return Source(source_id(url), url, title or found.title, section, found.kind)


def change(newsroom: Newsroom, source: Source, **values: object) -> None:
    """Change keys of a source."""
    newsroom.reload(changed(lambda: update(newsroom.places, source.id, **values)))


def pause(newsroom: Newsroom, source: Source, paused: bool) -> None:
    """Ask a source no more, or again; one that was gone (410) gets another try."""
    newsroom.reload(changed(lambda: update(newsroom.places, source.id, paused=paused)))
    if not paused:
        resume(newsroom, source)


def resume(newsroom: Newsroom, source: Source) -> None:
    """Forget that a source was gone or backing off, so that the next refresh asks it."""
    status = newsroom.cache.status(source.id)
    if status.gone or status.next_try:
        newsroom.cache.put_status(replace(status, gone=False, next_try=None, hold=None, failures=0))
