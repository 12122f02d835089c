"""The newsroom: a loopback site with feeds, pages, a portal and every fault, the same for the same seed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from hashlib import blake2b
from random import Random
from typing import Self
from urllib.parse import parse_qs, unquote

from tests.newsroom import faults, feeds, hostile, pages
from tests.newsroom.catalogue import FEEDS
from tests.newsroom.feeds import Feed
from tests.newsroom.story import EPOCH, Story, write, write_many
from tests.newsroom.wire import Answer, Request, Server, code
from tests.newsroom.words import lexicon

_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc330000"
    "000049454e44ae426082"
)


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
            self._memo: dict[str, Answer] = {}
            self._posted: list[Request] = []
            self._rng = Random(self.seed)

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

    def prepare(self, *paths: str, coding: str = "gzip") -> None:
        """Makes answers and their coded bodies beforehand, so that a benchmark does not pay for them."""
        for path in paths:
            for host in self.hosts:
                with self._lock:
                    answer = self._answer(Request("GET", path, {}, host=host))
                    if coding and answer.compress and coding not in answer.coded:
                        answer.coded[coding] = code(answer.body, coding)

    def sources(self) -> list[dict[str, str]]:
        """Its sources as `sources.toml` has them: url, title, section, and kind, charset, language if any."""
        return [
            {
                "url": self.url(feed.path),
                "title": feed.title,
                "section": "/".join(feed.section),
                "language": lexicon(feed.language).code,
            }
            for feed in self.feeds
        ]

    @property
    def truth(self) -> list[dict[str, object]]:
        """What the portal's article pages say."""
        return []

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

    def revise(self, path: str, index: int, headline: str) -> Story:
        """Gives a story of a feed another headline; its id stays."""
        with self._lock:
            stories = self.stories(path)
            stories[index] = replace(stories[index], headline=headline)
            self._set(path, stories)
            return stories[index]

    def withdraw(self, path: str, index: int) -> Story:
        """Takes a story out of a feed, its page answering 410."""
        with self._lock:
            stories = self.stories(path)
            gone = stories.pop(index)
            self._set(path, stories)
            return gone

    @property
    def posted(self) -> list[Request]:
        """The comments that clients have sent, as requests."""
        with self._lock:
            return list(self._posted)

    def _set(self, path: str, stories: list[Story]) -> None:
        self._stories[path] = stories
        self._memo.clear()

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
                        return faults.spoil(mode, request, lambda: self._answer(request), self._rng)
                return self._answer(request)
            except Exception as error:
                return Answer(f"{type(error).__name__}: {error}\n".encode(), "text/plain; charset=utf-8", 500)

    def _answer(self, request: Request) -> Answer:
        key = f"{request.host}{request.target}"
        if key in self._memo:
            return self._memo[key]
        path = unquote(request.path)
        for pattern, route, keep in self._routes():
            if match := re.fullmatch(pattern, path):
                answer = route(request, *match.groups())
                if keep and answer.status == 200:
                    answer.etag = answer.etag or f'"{blake2b(answer.body, digest_size=8).hexdigest()}"'
                    self._memo[key] = answer
                return answer
        return Answer(pages.page("Not found", "<h1>404</h1>"), status=404)

    def _routes(self) -> tuple[tuple[str, Callable[..., Answer], bool], ...]:
        """Path pattern, what answers, and whether the answer is kept with an ETag."""
        return (
            (r"(/feeds/sized/(\d+)/(\d+)\.rss)", self._sized, True),
            (r"/feeds/hostile\.(rss|atom|json)", self._hostile, True),
            (r"/feeds/odd/([\w-]+)\.rss", self._odd, False),
            (r"(/feeds/.+)", self._feed, True),
            (r"/articles/(.+)\.html", self._article, True),
            (r"/comments/(.+)\.rss", self._comments, True),
            (r"/comments/(.+)/post", self._post, False),
            (r"/wp-json/wp/v2/comments", self._wordpress, False),
            (r"/pictures/.+", lambda request: Answer(_PIXEL, "image/png"), True),
            (r"/(?:fault|broken)/([^/]+)(/.*)", self._broken, False),
            (r"/(slow|drip)/([\d.]+)(/.*)", self._slowly, False),
            (r"/moved/(30[12378])(/.*)", self._moved, False),
            (r"/coded/(gzip|deflate|br|zstd)(/.*)", self._coded, True),
            (r"/site/([\w.-]+)/", self._site, True),
            (r"/", self._index, True),
        )

    def _inner(self, request: Request, path: str) -> Answer:
        return self._answer(replace(request, target=path))

    def _feed(self, request: Request, path: str) -> Answer:
        try:
            feed = self.feed(path)
        except KeyError:
            return Answer(pages.page("Not found", "<h1>404</h1>"), status=404)
        stories = self.stories(path)
        kind, body = feeds.render(feed, self.base, stories, self.now)
        return Answer(body, kind, modified=max(self.now, stories[0].published).astimezone(UTC))

    def _sized(self, request: Request, path: str, number: str, entries: str) -> Answer:
        pool = self._stories.get("sized")
        if pool is None:
            pool = self._stories["sized"] = write_many("en", "sized", 60, self.now, self.seed, 1)
        body = feeds.sized(self.base, int(number), pool, int(entries), self.now)
        return Answer(body, "application/rss+xml; charset=utf-8", modified=self.now.astimezone(UTC))

    def _hostile(self, request: Request, kind: str) -> Answer:
        return Answer(hostile.feed(kind, self.base), hostile.TYPES[kind])

    def _odd(self, request: Request, name: str) -> Answer:
        visit = sum(each.path == request.path for each in self._requests)
        return Answer(hostile.odd(name, self.base, self.now, visit), "application/rss+xml; charset=utf-8")

    def _find(self, key: str) -> tuple[Feed, Story] | None:
        for feed in self.feeds:
            if key.rpartition("/")[0] == feed.slug:
                for story in self.stories(feed.path):
                    if story.key == key:
                        return feed, story
        return None

    def _article(self, request: Request, key: str) -> Answer:
        if key.startswith("sized/"):
            story = write("en", key, self.now, self.seed)
            return Answer(pages.article(self.base, self.feeds[0], story))
        if found := self._find(key):
            return Answer(pages.article(self.base, *found), modified=found[1].published.astimezone(UTC))
        return Answer(pages.page("Gone", "<h1>This story has been withdrawn.</h1>"), status=410)

    def _comments(self, request: Request, key: str) -> Answer:
        if found := self._find(key):
            feed, story = found
            comments = pages.thread(story, feed.language, self.seed)
            return Answer(
                pages.comment_feed(self.base, story, comments), "application/rss+xml; charset=utf-8"
            )
        return Answer(status=404)

    def _wordpress(self, request: Request) -> Answer:
        if request.method == "POST":
            return self._post(request, "")
        key = parse_qs(request.query).get("post", [""])[0]
        if found := self._find(key):
            feed, story = found
            comments = pages.thread(story, feed.language, self.seed)
            return Answer(
                pages.wordpress_comments(self.base, story, comments), "application/json; charset=UTF-8"
            )
        return Answer(b"[]", "application/json; charset=UTF-8")

    def _post(self, request: Request, key: str) -> Answer:
        if request.method != "POST":
            return Answer(status=405, headers=(("Allow", "POST"),))
        self._posted.append(request)
        return Answer(b'{"id": %d, "status": "hold"}' % len(self._posted), "application/json", 201)

    def _broken(self, request: Request, mode: str, path: str) -> Answer:
        return faults.spoil(mode, request, lambda: self._inner(request, path), self._rng)

    def _slowly(self, request: Request, how: str, seconds: str, path: str) -> Answer:
        return faults.spoil(f"{how}:{seconds}", request, lambda: self._inner(request, path), self._rng)

    def _moved(self, request: Request, status: str, path: str) -> Answer:
        return Answer(status=int(status), headers=(("Location", path),), compress=False)

    def _coded(self, request: Request, coding: str, path: str) -> Answer:
        good = self._inner(request, path)
        return replace(
            good,
            body=code(good.body, coding),
            headers=(("Content-Encoding", coding),),
            compress=False,
            etag="",
            coded={},
        )

    def _site(self, request: Request, name: str) -> Answer:
        chosen = [feed for feed in self.feeds if feed.slug.startswith(name)]
        if name == "none":
            return Answer(pages.page("No feeds here", "<p>This site announces nothing.</p>"))
        if not chosen:
            return Answer(status=404)
        head = "".join(map(pages.alternate, chosen))
        return Answer(pages.page(chosen[0].title, f"<h1>{chosen[0].title}</h1>", head, chosen[0].language))

    def _index(self, request: Request) -> Answer:
        more = [("/feeds/hostile.rss", "hostile"), ("/feeds/sized/1/1000.rss", "a feed of 1,000 entries")]
        return Answer(pages.index(self.feeds, more))
