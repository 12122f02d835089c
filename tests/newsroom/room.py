"""The newsroom: a loopback site with feeds, pages, a portal and every fault, the same for the same seed."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from random import Random
from typing import Any, Self

from tests.newsroom import channels, faults, pages
from tests.newsroom.catalogue import FEEDS
from tests.newsroom.feeds import Feed
from tests.newsroom.labels import LABELS
from tests.newsroom.portal import Portal
from tests.newsroom.routes import Router
from tests.newsroom.story import EPOCH, Story, write, write_many
from tests.newsroom.wire import Answer, Request, Server, code
from tests.newsroom.words import lexicon


class Newsroom:
    """A server on 127.0.0.1 (and any further loopback `hosts`), from `start` to `close`, or as a context.

    `seed` decides every word; `now` is the time that the newest stories are just older than (`EPOCH`
    unless given: pass the real time where retention or "2 hours ago" matters); `port` 0 takes a free one.
    Links in what it serves lead back to it, so bytes differ between ports.

    Thread-safe: tests call it from their thread while the server's own thread answers.
    """

    feeds = FEEDS

    def __init__(
        self, seed: int = 1, now: datetime = EPOCH, port: int = 0, hosts: Sequence[str] = ("127.0.0.1",)
    ) -> None:
        self.seed, self.now, self.hosts = seed, now, tuple(hosts)
        self._lock = threading.RLock()
        self._made_portal: Portal | None = None
        self._router = Router(self)
        self._server = Server(self._respond, self.hosts, port)
        self.reset()

    # --- life ---

    def start(self) -> Self:
        """Binds and serves. Raises OSError when the port or an address is not to be had."""
        self._server.start()
        return self

    def close(self) -> None:
        """Drops all connections."""
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def base(self) -> str:
        """`http://127.0.0.1:PORT`, without a slash."""
        return f"http://{self.hosts[0]}:{self.port}"

    def url(self, path: str, host: int = 0) -> str:
        """The address of a path; `host` counts through `hosts`."""
        return f"http://{self.hosts[host]}:{self.port}{path}"

    # --- what tests look at and change ---

    @property
    def requests(self) -> list[Request]:
        """All requests since the start or the last `reset`, oldest first."""
        with self._lock:
            return list(self._requests)

    def hits(self, path: str) -> int:
        """How many requests came for a path."""
        with self._lock:
            return sum(request.path == path for request in self._requests)

    def reset(self) -> None:
        """Forgets the log, all faults and everything published, revised or withdrawn."""
        with self._lock:
            self._requests: list[Request] = []
            self._faults: dict[str, tuple[str, int]] = {}
            self._stories: dict[str, list[Story]] = {}
            self._buried: dict[str, list[tuple[Story, str]]] = {}
            self._said: dict[str, list[dict[str, Any]]] = {}
            self._router.forget()
            self.comments_closed = False
            """Whether comments are refused, with the words of WordPress."""
            self.posted: list[Request] = []
            """The comments that clients have sent, as requests."""
            self.rng = Random(self.seed)
            """Decides what is left to chance, such as a flaky answer."""

    def fault(self, path: str, mode: str = "ok", times: int = 0) -> None:
        """From now on answers `path` (a name or an fnmatch pattern) by a mode of `faults.MODES`; for
        `times` requests if given, else until "ok". Raises ValueError for a mode that there is not."""
        faults.spoil(mode, Request("GET", path, {}), lambda: Answer(b"probe"), Random(0))
        with self._lock:
            if mode == "ok":
                self._faults.pop(path, None)
            else:
                self._faults[path] = (mode, times)

    def stories(self, path: str) -> list[Story]:
        """What a feed of `feeds` carries now, newest first. Raises KeyError for an unknown feed."""
        with self._lock:
            if path not in self._stories:
                feed = self.feed(path)
                self._stories[path] = write_many(
                    feed.language, feed.slug, feed.count, self.now, self.seed, feed.paragraphs, feed.rich
                )
            return list(self._stories[path])

    def feed(self, path: str) -> Feed:
        """The feed at a path. Raises KeyError when there is none."""
        for feed in self.feeds:
            if feed.path == path:
                return feed
        raise KeyError(path)

    def thread(self, feed: Feed, story: Story) -> list[dict[str, Any]]:
        """The comments on a story, oldest first, with those added by `remark`."""
        with self._lock:
            made = pages.thread(story, feed.language, self.seed)
            return [*made, *self._said.get(story.key, ())]

    def remark(self, feed: Feed, story: Story, text: str, *, author: str = "", parent: int = 0) -> int:
        """Adds a comment to a story in every place that shows them; gives its number."""
        with self._lock:
            before = self.thread(feed, story)
            number = len(before) + 1
            said = {
                "id": number, "parent": parent, "author": author or "Late Reader", "text": text,
                "when": story.published + timedelta(minutes=7 * number),
            }  # fmt: skip
            self._said.setdefault(story.key, []).append(said)
            self._router.forget()
            return number

    def prepare(self, *paths: str, coding: str = "gzip") -> None:
        """Makes answers and their coded bodies beforehand, so that a benchmark does not pay for them."""
        for path in paths:
            for host in self.hosts:
                with self._lock:
                    answer = self._router.answer(Request("GET", path, {}, host=host))
                    if coding and answer.compress and coding not in answer.coded:
                        answer.coded[coding] = code(answer.body, coding)

    def sources(self) -> list[dict[str, str]]:
        """Its sources as `sources.toml` has them: url, title, section, and kind, charset, language if any."""
        made = [
            {
                "url": self.url(feed.path),
                "title": feed.title,
                "section": "/".join(feed.section),
                "language": lexicon(feed.language).code,
            }
            for feed in self.feeds
        ]
        for channel in channels.CHANNELS:
            site = LABELS[channel.edition.language].site
            made.append(
                {
                    "url": self.url(channel.path(1)),
                    "title": f"{site} · {channel.section[-1]}",
                    "section": "/".join(("Portal", *channel.section)),
                    "kind": "page",
                    "charset": channel.edition.encoding,
                    "language": lexicon(channel.edition.language).code,
                }
            )
        sitemap = {"title": "Elder Portal, by its sitemap", "section": "Portal/Sitemap", "kind": "sitemap"}
        return [*made, {"url": self.url("/sitemap-news.xml"), "language": "en", **sitemap}]

    @property
    def truth(self) -> list[dict[str, Any]]:
        """What 100 article pages of the portal say: ten editions, five layouts, on one page and on many.

        Each has url, pages (all addresses), edition, layout, language, encoding (WHATWG name), content_type,
        headline, kicker, deck, agency, place, authors, published (ISO 8601), editor, breadcrumb, body (texts
        in order), blocks ([kind, text] with kind paragraph, subhead, item), page_bodies (the texts of each
        page), not_body (strings that belong to no text), caption, pieces (kind, label, items). English
        datelines print the place in capitals. Empty strings where a page has none.
        """
        return self.portal.truth()

    @property
    def channels(self) -> list[dict[str, Any]]:
        """What the portal's twelve channels list: url, edition, layout, language, encoding, section, dates
        (how exactly they are shown: minute, day, none), and pages, each with url, next, and headlines
        (headline, url, published)."""
        return [channels.truth(channel, self.portal) for channel in channels.CHANNELS]

    @property
    def portal(self) -> Portal:
        """The portal, for the truth of any article: `portal.article("utf-8", 1003).truth()`."""
        # The address is known once the server is bound.
        if self._made_portal is None or self._made_portal.base != self.base:
            self._made_portal = Portal(self.seed, self.now, self.base)
        return self._made_portal

    def publish(self, path: str, count: int = 1) -> list[Story]:
        """Adds stories at the top of a feed, a minute apart, newer than all; gives them, newest first."""
        with self._lock:
            feed, old = self.feed(path), self.stories(path)
            fresh = [
                write(
                    feed.language,
                    f"{feed.slug}/new{len(old) + number}",
                    max(self.now, old[0].published) + timedelta(minutes=number + 1),
                    self.seed,
                    feed.paragraphs,
                    feed.rich,
                )
                for number in range(count)
            ][::-1]
            self._set(path, fresh + old)
            return fresh

    def revise(
        self, path: str, index: int, headline: str = "", blocks: Sequence[tuple[str, str]] = ()
    ) -> Story:
        """Gives a story of a feed another headline, another text, or both; its id stays."""
        with self._lock:
            stories = self.stories(path)
            old = stories[index]
            stories[index] = replace(
                old, headline=headline or old.headline, blocks=tuple(blocks) or old.blocks
            )
            self._set(path, stories)
            return stories[index]

    def withdraw(self, path: str, index: int, comment: str | None = None) -> Story:
        """Takes a story out of a feed, its page answering 410; with a `comment` an Atom feed says that it is
        deleted (RFC 6721)."""
        with self._lock:
            stories = self.stories(path)
            gone = stories.pop(index)
            if comment is not None:
                self._buried.setdefault(path, []).append((gone, comment))
            self._set(path, stories)
            return gone

    def put_back(self, path: str, index: int, story: Story) -> None:
        """Lists a story again that was withdrawn."""
        with self._lock:
            stories = self.stories(path)
            stories.insert(index, story)
            self._buried.pop(path, None)
            self._set(path, stories)

    def buried(self, path: str) -> list[tuple[Story, str]]:
        """The stories that a feed says to be deleted, with its comments."""
        with self._lock:
            return list(self._buried.get(path, ()))

    def _set(self, path: str, stories: list[Story]) -> None:
        self._stories[path] = stories
        self._router.forget()

    # --- answering ---

    def _respond(self, request: Request) -> Answer:
        with self._lock:
            self._requests.append(request)
            try:
                for pattern, (mode, times) in self._faults.items():
                    if fnmatchcase(request.path, pattern):
                        if times == 1:
                            del self._faults[pattern]
                        elif times:
                            self._faults[pattern] = (mode, times - 1)
                        return faults.spoil(mode, request, lambda: self._router.answer(request), self.rng)
                return self._router.answer(request)
            except Exception as error:
                return Answer(f"{type(error).__name__}: {error}\n".encode(), "text/plain; charset=utf-8", 500)
