"""Readers of the discussion sites' own interfaces: Hacker News, Lobsters, Discourse, Lemmy, WordPress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tui_news.i18n import _
from tui_news.sources.discussion.answers import (
    MAX_REQUESTS,
    Reader,
    html_blocks,
    key,
    load,
    markdown_blocks,
    moment,
    text,
    web,
    whole,
)
from tui_news.sources.discussion.thread import MAX_COMMENTS, Comment, DiscussionError

PER_PAGE = 100


class Algolia(Reader):
    """Hacker News by its search interface, `/api/v1/items/N`: the whole tree in one answer."""

    kind = "hackernews"

    def take(self, body: bytes, headers: Mapping[str, str]) -> Sequence[str]:
        root = load(body, "Hacker News")
        if not isinstance(root, dict) or not isinstance(root.get("children"), list):
            raise DiscussionError(_("Hacker News knows no such item"))
        self.title = text(root.get("title"))
        waiting: list[tuple[Any, str]] = [(child, "") for child in reversed(root["children"])]
        while waiting and len(self._comments) < MAX_COMMENTS:
            item, parent = waiting.pop()
            if not isinstance(item, dict):
                continue
            id = key(item.get("id"))
            if not id or not self.wants(id):
                continue
            blocks = html_blocks(item.get("text"))
            page = (
                f"https://news.ycombinator.com/item?id={id}" if "ycombinator.com" in self.page else self.page
            )
            self.add(
                Comment(
                    id, parent, text(item.get("author")), moment(item.get("created_at")),
                    whole(item.get("points")), page, blocks, not blocks,
                )
            )  # fmt: skip
            children = item.get("children")
            if isinstance(children, list):
                waiting += [(child, id) for child in reversed(children)]
        return ()


class Firebase(Reader):
    """Hacker News by its own interface, `/v0/item/N.json`: one answer for each comment."""

    kind = "hackernews"
    _CARRIED = ("_root", "_asked")

    def __init__(self, first: str, page: str = "") -> None:
        super().__init__(first, page)
        self._root = ""
        self._asked = 1

    def take(self, body: bytes, headers: Mapping[str, str]) -> Sequence[str]:
        item = load(body, "Hacker News")
        if not isinstance(item, dict) or not (id := key(item.get("id"))):
            if self._root:
                return ()
            raise DiscussionError(_("Hacker News knows no such item"))
        if not self._root:
            self._root = id
            self.title = text(item.get("title"))
            self.total = whole(item.get("descendants"))
        else:
            parent = key(item.get("parent"))
            gone = bool(item.get("deleted") or item.get("dead"))
            self.add(
                Comment(
                    id, "" if parent == self._root else parent, text(item.get("by")),
                    moment(item.get("time")), whole(item.get("score")), self.page,
                    html_blocks(item.get("text")), gone,
                )
            )  # fmt: skip
        kids = item.get("kids")
        wanted = [kid for kid in (kids if isinstance(kids, list) else []) if key(kid)]
        room = max(0, MAX_REQUESTS - self._asked)
        more = _("Not all comments were fetched; the browser shows the rest.")
        if len(wanted) > room and more not in self.notes:
            self.notes.append(more)
        wanted = wanted[:room]
        self._asked += len(wanted)
        return [urljoin(self.first, f"{key(kid)}.json") for kid in wanted]


class Lobsters(Reader):
    """Lobsters and its sisters, `/s/ID.json`: a flat list in reading order."""

    kind = "lobsters"

    def take(self, body: bytes, headers: Mapping[str, str]) -> Sequence[str]:
        data = load(body, "Lobsters")
        listed = data.get("comments") if isinstance(data, dict) else None
        if not isinstance(listed, list):
            raise DiscussionError(_("this is no story of Lobsters"))
        self.title = text(data.get("title"))
        self.total = whole(data.get("comment_count"))
        last_at: list[str] = []
        for item in listed[:MAX_COMMENTS]:
            if not isinstance(item, dict) or not (id := key(item.get("short_id"))):
                continue
            if not self.wants(id):
                continue
            # Older versions name no parent, only how deep a comment stands.
            depth = whole(item.get("depth"))
            if "parent_comment" in item:
                parent = key(item.get("parent_comment"))
            else:
                depth = whole(item.get("indent_level")) or 1
                parent = last_at[depth - 2] if 2 <= depth <= len(last_at) + 1 else ""
                del last_at[max(0, depth - 1) :]
                last_at.append(id)
            user = item.get("commenting_user")
            name = user.get("username") if isinstance(user, dict) else user
            gone = bool(item.get("is_deleted") or item.get("is_moderated"))
            self.add(
                Comment(
                    id, parent, text(name), moment(item.get("created_at")), whole(item.get("score")),
                    web(item.get("short_id_url") or item.get("url"), self.first) or self.page,
                    html_blocks(item.get("comment"), self.first), gone,
                )
            )  # fmt: skip
        return ()


class Discourse(Reader):
    """Discourse, `/t/ID.json`: the first posts with the numbers of all, the others by their numbers."""

    kind = "discourse"
    _CARRIED = ("_begun", "_by_number")

    def __init__(self, first: str, page: str = "") -> None:
        super().__init__(first, page)
        self._begun = False
        self._by_number: dict[str, str] = {}
        """Ids by the numbers that replies name."""

    def take(self, body: bytes, headers: Mapping[str, str]) -> Sequence[str]:
        data = load(body, "Discourse")
        stream = data.get("post_stream") if isinstance(data, dict) else None
        if not isinstance(stream, dict) or not isinstance(stream.get("posts"), list):
            raise DiscussionError(_("this is no topic of Discourse"))
        ids = {key(post.get("id")) for post in stream["posts"] if isinstance(post, dict)}
        for post in stream["posts"]:
            self._post(post)
        if self._begun:
            return ()
        self._begun = True
        self.title = text(data.get("title"))
        count = whole(data.get("posts_count"))
        self.total = max(0, count - 1) if count else None
        listed = stream.get("stream")
        rest = [id for id in map(key, listed[:MAX_COMMENTS] if isinstance(listed, list) else ()) if id]
        rest = [id for id in rest if id not in ids]
        head = self.first.removesuffix(".json")
        return [
            f"{head}/posts.json?" + "&".join(f"post_ids%5B%5D={id}" for id in rest[at : at + PER_PAGE])
            for at in range(0, len(rest), PER_PAGE)
        ][: MAX_REQUESTS - 1]

    def _post(self, post: Any) -> None:
        if not isinstance(post, dict):
            return
        id, number = key(post.get("id")), whole(post.get("post_number"))
        # Number 1 is the topic itself; small actions (closed, moved) are no posts.
        if not id or not number or number == 1 or post.get("action_code") or not self.wants(id):
            return
        answered = whole(post.get("reply_to_post_number"))
        page = f"{self.page}/{number}" if self.page else ""
        actions = post.get("actions_summary")
        likes = next(
            (
                whole(action.get("count"))
                for action in (actions if isinstance(actions, list) else ())
                if isinstance(action, dict) and action.get("id") == 2
            ),
            None,
        )
        gone = bool(post.get("deleted_at") or post.get("user_deleted") or post.get("hidden"))
        if self.add(
            Comment(
                id, f"#{answered}" if answered and answered > 1 else "",
                text(post.get("name") or post.get("username")), moment(post.get("created_at")), likes,
                page, html_blocks(post.get("cooked"), self.first), gone,
            )
        ):  # fmt: skip
            self._by_number[str(number)] = id

    @property
    def comments(self) -> Sequence[Comment]:
        """In the order of the topic, with the numbers that replies name turned into ids."""
        from dataclasses import replace

        made = []
        for number in sorted(self._by_number, key=int):
            comment = self._comments.get(self._by_number[number])
            if comment is None:
                continue
            if comment.parent.startswith("#"):
                answered = comment.parent[1:]
                # An answer to the post right above needs no step inwards, and Discourse shows none.
                comment = replace(comment, parent=self._by_number.get(answered, ""))
            made.append(comment)
        return tuple(made)


class Lemmy(Reader):
    """Lemmy, `/api/v3/comment/list?post_id=N`: paths of ids say what answers what; pages until all came."""

    kind = "lemmy"
    _CARRIED = ("_page",)

    def __init__(self, first: str, page: str = "") -> None:
        super().__init__(first, page)
        self._page = 1

    def take(self, body: bytes, headers: Mapping[str, str]) -> Sequence[str]:
        data = load(body, "Lemmy")
        listed = data.get("comments") if isinstance(data, dict) else None
        if not isinstance(listed, list):
            what = text(data.get("error")) if isinstance(data, dict) else ""
            raise DiscussionError(
                _("Lemmy refused: {what}", what=what) if what else _("this is no list of Lemmy's")
            )
        fresh = 0
        for view in listed:
            item = view.get("comment") if isinstance(view, dict) else None
            if not isinstance(item, dict) or not (id := key(item.get("id"))) or not self.wants(id):
                continue
            creator = view.get("creator")
            creator = creator if isinstance(creator, dict) else {}
            counts = view.get("counts")
            path = item.get("path")
            steps = path[:4_000].split(".") if isinstance(path, str) else []
            gone = bool(item.get("deleted") or item.get("removed"))
            fresh += self.add(
                Comment(
                    id, key(steps[-2]) if len(steps) > 2 else "",
                    text(creator.get("display_name") or creator.get("name")), moment(item.get("published")),
                    whole(counts.get("score")) if isinstance(counts, dict) else None,
                    web(item.get("ap_id"), self.first),
                    () if gone else markdown_blocks(item.get("content"), self.first), gone,
                )
            )  # fmt: skip
        # With a depth asked for some versions give all at once and the same again for every page.
        if not fresh or self._page >= MAX_REQUESTS:
            return ()
        self._page += 1
        return [with_query(self.first, page=str(self._page))]


class WordPress(Reader):
    """WordPress' REST interface, `/wp-json/wp/v2/comments?post=N`, page by page."""

    kind = "wordpress"
    _CARRIED = ("_page",)

    def __init__(self, first: str, page: str = "") -> None:
        super().__init__(with_query(first, per_page=str(PER_PAGE), order="asc"), page)
        self._page = 1
        parts = urlsplit(self.first)
        post = dict(parse_qsl(parts.query)).get("post", "")
        self.reply = ["wordpress", urlunsplit(parts._replace(query="", fragment="")), post]

    def take(self, body: bytes, headers: Mapping[str, str]) -> Sequence[str]:
        listed = load(body, "WordPress")
        if not isinstance(listed, list):
            what = text(listed.get("message")) if isinstance(listed, dict) else ""
            raise DiscussionError(
                _("WordPress says: {what}", what=what) if what else _("this is no list of comments")
            )
        for item in listed:
            if not isinstance(item, dict) or not (id := key(item.get("id"))) or not self.wants(id):
                continue
            content = item.get("content")
            body_html = content.get("rendered") if isinstance(content, dict) else content
            self.add(
                Comment(
                    id, key(item.get("parent")), text(item.get("author_name")),
                    moment(item.get("date_gmt") or item.get("date")), None,
                    web(item.get("link"), self.first), html_blocks(body_html, self.first),
                )
            )  # fmt: skip
        self.total = _number(headers.get("x-wp-total")) if "x-wp-total" in headers else self.total
        pages = _number(headers.get("x-wp-totalpages")) or 1
        if self._page >= min(pages, MAX_REQUESTS):
            return ()
        self._page += 1
        return [with_query(self.first, page=str(self._page))]


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 9 else None


def with_query(url: str, **values: str) -> str:
    """An address with some values of its query set."""
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query)), **values}
    return urlunsplit(parts._replace(query=urlencode(query)))
