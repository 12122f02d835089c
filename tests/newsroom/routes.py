"""Which path of the newsroom is answered by what."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

from tests.newsroom import channels, discussion, faults, feeds, hostile, pages
from tests.newsroom.feeds import Feed
from tests.newsroom.portal import EDITIONS, edition
from tests.newsroom.story import Story, write, write_many
from tests.newsroom.wire import Answer, Request, code

if TYPE_CHECKING:
    from tests.newsroom.room import Newsroom

_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc330000"
    "000049454e44ae426082"
)

_THREADS = {
    "items": discussion.hn_tree,
    "s": discussion.lobsters,
    "t": discussion.discourse,
}


class Router:
    """Answers the requests to a room, without its faults."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self._memo: dict[str, Answer] = {}
        self._pool: list[Story] = []

    def forget(self) -> None:
        """Drops the kept answers: what they were made from has changed."""
        self._memo.clear()

    def answer(self, request: Request) -> Answer:
        """The right answer, made once where it cannot change."""
        key = f"{request.host}{request.target}"
        if key in self._memo:
            return self._memo[key]
        for pattern, route, keep in self._routes():
            if match := re.fullmatch(pattern, request.path):
                answer = route(request, *(group and unquote(group) for group in match.groups()))
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
            (r"/(hn)/api/v1/search", self._found, False),
            (r"/(discourse)/search\.json", self._found, False),
            (r"(?:/(lemmy))?/api/v3/search", self._found, False),
            (r"/(wordpress|commons|podcasts)/search", self._found, False),
            (r"/talk/(\w+)\.rss", self._talk, True),
            (r"/blog/(\d+)/", self._blog, True),
            (r"/comments/(.+)\.rss", self._comments, True),
            (r"/comments/(.+)/post", self._post, False),
            (r"/wp-json/wp/v2/comments", self._wordpress, False),
            (r"/hn/v0/(?:top|new|best)stories\.json", self._hn_top, True),
            (r"/hn/v0/(item)/(\d+)\.json", self._discussion, True),
            (r"/hn/api/v1/(items)/(\d+)", self._discussion, True),
            (r"/lobsters/(s)/p(\d+)\.json", self._discussion, True),
            (r"/discourse/(t)/(?:[\w-]+/)?(\d+)\.json", self._discussion, True),
            (r"/discourse/t/(\d+)/posts\.json", self._discourse_posts, True),
            (r"(?:/lemmy)?/api/v3/(comment)/list", self._discussion, True),
            (r"/pictures/.+", lambda request: Answer(_PIXEL, "image/png"), True),
            (r"/(?:fault|broken)/([^/]+)(/.*)", self._broken, False),
            (r"/(slow|drip)/([\d.]+)(/.*)", self._slowly, False),
            (r"/moved/(30[12378])(/.*)", self._moved, False),
            (r"/coded/(gzip|deflate|br|zstd)(/.*)", self._coded, True),
            (r"/site/([\w.-]+)/", self._site, True),
            (r"(/portal/[\w-]+/\d{8}/n.+\.shtml)", self._portal_article, True),
            (r"(/portal/[\w-]+/\w+/index(?:_(\d+))?\.shtml)", self._portal_channel, True),
            (r"/portal/([\w-]+)/", self._portal_front, True),
            (r"/sitemap(-news)?\.xml", self._sitemap, True),
            (r"/", self._index, True),
        )

    def _inner(self, request: Request, path: str) -> Answer:
        return self.answer(replace(request, target=path))

    def _feed(self, request: Request, path: str) -> Answer:
        try:
            feed = self.room.feed(path)
        except KeyError:
            return Answer(pages.page("Not found", "<h1>404</h1>"), status=404)
        stories = self.room.stories(path)
        kind, body = feeds.render(feed, self.room.base, stories, self.room.now)
        if buried := self.room.buried(path):
            body = feeds.with_tombstones(body, buried, self.room.now)
        return Answer(body, kind, modified=max(self.room.now, stories[0].published).astimezone(UTC))

    def _sized(self, request: Request, path: str, number: str, entries: str) -> Answer:
        if not self._pool:
            self._pool = write_many("en", "sized", 60, self.room.now, self.room.seed, 1)
        body = feeds.sized(self.room.base, int(number), self._pool, int(entries), self.room.now)
        return Answer(body, "application/rss+xml; charset=utf-8", modified=self.room.now.astimezone(UTC))

    def _hostile(self, request: Request, kind: str) -> Answer:
        return Answer(hostile.feed(kind, self.room.base), hostile.TYPES[kind])

    def _odd(self, request: Request, name: str) -> Answer:
        visit = self.room.hits(request.path)
        return Answer(
            hostile.odd(name, self.room.base, self.room.now, visit), "application/rss+xml; charset=utf-8"
        )

    def _find(self, key: str) -> tuple[Feed, Story] | None:
        for feed in self.room.feeds:
            if key.rpartition("/")[0] == feed.slug:
                for story in self.room.stories(feed.path):
                    if story.key == key:
                        return feed, story
        return None

    def _article(self, request: Request, key: str) -> Answer:
        if key.startswith("sized/"):
            story = write("en", key, self.room.now, self.room.seed)
            return Answer(pages.article(self.room.base, self.room.feeds[0], story))
        if found := self._find(key):
            return Answer(pages.article(self.room.base, *found), modified=found[1].published.astimezone(UTC))
        return Answer(pages.page("Gone", "<h1>This story has been withdrawn.</h1>"), status=410)

    def _comments(self, request: Request, key: str) -> Answer:
        if found := self._find(key):
            feed, story = found
            comments = self.room.thread(feed, story)
            return Answer(
                pages.comment_feed(self.room.base, story, comments), "application/rss+xml; charset=utf-8"
            )
        return Answer(status=404)

    def _wordpress(self, request: Request) -> Answer:
        if request.method == "POST":
            return self._post(request, "")
        query = {name: values[0] for name, values in parse_qs(request.query).items()}
        key, kind = query.get("post", ""), "application/json; charset=UTF-8"
        found = self._numbered(int(key)) if key.isdecimal() else self._find(key)
        if not found:
            return Answer(b"[]", kind)
        feed, story = found
        comments = self.room.thread(feed, story)
        size, page = int(query.get("per_page", "100")), int(query.get("page", "1"))
        part = comments[(page - 1) * size : page * size]
        head = (("X-WP-Total", str(len(comments))), ("X-WP-TotalPages", str(-(-len(comments) // size))))
        return Answer(pages.wordpress_comments(self.room.base, story, part), kind, headers=head)

    def _numbered(self, post: int) -> tuple[Feed, Story] | None:
        """The story of a discussion site's post: those of the first feed, from `discussion.FIRST` on."""
        feed = self.room.feeds[0]
        stories = self.room.stories(feed.path)
        return (
            (feed, stories[post - discussion.FIRST]) if 0 <= post - discussion.FIRST < len(stories) else None
        )

    def _talk(self, request: Request, site: str) -> Answer:
        """The first feed's stories as a site's own feed announces them, with its way to their comments."""
        stories = self.room.stories(self.room.feeds[0].path)
        try:
            body = discussion.talk_feed(site, self.room.base, stories)
        except KeyError:
            return Answer(status=404)
        return Answer(body, "application/rss+xml; charset=utf-8")

    def _found(self, request: Request, site: str) -> Answer:
        """What a site finds in the headlines of the first feed for the words behind `q=`."""
        words = parse_qs(request.query).get("q", [""])[0].casefold().split()
        feed = self.room.feeds[0]
        posts = [
            (discussion.FIRST + at, story)
            for at, story in enumerate(self.room.stories(feed.path))
            if all(word in story.headline.casefold() for word in words)
        ]
        threads = [self.room.thread(feed, story) for _, story in posts]
        body = discussion.found(site or "lemmy", self.room.base, posts, threads)
        return Answer(body, "application/json; charset=utf-8")

    def _blog(self, request: Request, number: str) -> Answer:
        """A post's page on a site by WordPress, whose head leads to the REST interface."""
        if not (found := self._numbered(int(number))):
            return Answer(status=404)
        return Answer(discussion.blog_page(self.room.base, int(number), found[1]))

    def _discourse_posts(self, request: Request, number: str) -> Answer:
        found = self._numbered(int(number))
        if not found:
            return Answer(status=404)
        wanted = {int(id) for id in parse_qs(request.query).get("post_ids[]", ()) if id.isdecimal()}
        body = discussion.discourse_posts(int(number), found[1], self.room.thread(*found), wanted)
        return Answer(body, "application/json; charset=utf-8")

    def _hn_top(self, request: Request) -> Answer:
        count = len(self.room.stories(self.room.feeds[0].path))
        ids = list(range(discussion.FIRST, discussion.FIRST + count))
        return Answer(json.dumps(ids).encode(), "application/json; charset=utf-8")

    def _discussion(self, request: Request, what: str, number: str = "") -> Answer:
        item = int(number or parse_qs(request.query).get("post_id", ["0"])[0])
        post = item if item < 100 * discussion.FIRST else item // 100
        stories = self.room.stories(self.room.feeds[0].path)
        if not 0 <= post - discussion.FIRST < len(stories):
            return Answer(b"null", "application/json; charset=utf-8")
        story = stories[post - discussion.FIRST]
        thread = self.room.thread(self.room.feeds[0], story)
        if what == "item":
            body = discussion.hn_item(self.room.base, post, story, thread, item)
        elif what == "comment":
            query = {name: values[0] for name, values in parse_qs(request.query).items()}
            size, page = int(query.get("limit", "50")), int(query.get("page", "1"))
            body = discussion.lemmy(self.room.base, post, story, thread, (page - 1) * size, page * size)
        else:
            body = _THREADS[what](self.room.base, post, story, thread)
        return Answer(body, "application/json; charset=utf-8")

    def _post(self, request: Request, key: str) -> Answer:
        if request.method != "POST":
            return Answer(status=405, headers=(("Allow", "POST"),))
        if self.room.comments_closed:
            body = b'{"code": "rest_comment_closed", "message": "Sorry, comments are closed for this item."}'
            return Answer(body, "application/json", 403)
        self.room.posted.append(request)
        return Answer(b'{"id": %d, "status": "hold"}' % len(self.room.posted), "application/json", 201)

    def _broken(self, request: Request, mode: str, path: str) -> Answer:
        return faults.spoil(mode, request, lambda: self._inner(request, path), self.room.rng)

    def _slowly(self, request: Request, how: str, seconds: str, path: str) -> Answer:
        return faults.spoil(f"{how}:{seconds}", request, lambda: self._inner(request, path), self.room.rng)

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
        chosen = [feed for feed in self.room.feeds if f"{feed.slug}/".startswith(f"{name}/")]
        if name == "none":
            return Answer(pages.page("No feeds here", "<p>This site announces nothing.</p>"))
        if not chosen:
            return Answer(status=404)
        head = "".join(map(pages.alternate, chosen))
        return Answer(pages.page(chosen[0].title, f"<h1>{chosen[0].title}</h1>", head, chosen[0].language))

    def _portal_article(self, request: Request, path: str) -> Answer:
        found = self.room.portal.find(path)
        if found is None:
            return Answer(status=404)
        article, index = found
        return Answer(article.page(index), article.header(), modified=article.story.published.astimezone(UTC))

    def _portal_channel(self, request: Request, path: str, number: str | None) -> Answer:
        page = int(number or 1)
        for channel in channels.CHANNELS:
            if channel.path(page) == path and page <= channels.PAGES:
                return Answer(channels.render(channel, self.room.portal, page), "text/html")
        return Answer(status=404)

    def _portal_front(self, request: Request, name: str) -> Answer:
        try:
            return Answer(channels.front(edition(name), self.room.portal), "text/html")
        except KeyError:
            return Answer(status=404)

    def _sitemap(self, request: Request, news: str | None) -> Answer:
        if not news:
            return Answer(channels.sitemap_index(self.room.portal, ["/sitemap-news.xml"]), "application/xml")
        english = next(channel for channel in channels.CHANNELS if channel.edition.name == "en")
        return Answer(channels.news_sitemap(self.room.portal, english), "application/xml")

    def _index(self, request: Request) -> Answer:
        more = [("/feeds/hostile.rss", "hostile"), ("/feeds/sized/1/1000.rss", "a feed of 1,000 entries")]
        more += [(f"/portal/{each.name}/", f"the portal in {each.label}") for each in EDITIONS]
        more += [(channel.path(1), f"a channel: {channel.layout}") for channel in channels.CHANNELS]
        return Answer(pages.index(self.room.feeds, more))
