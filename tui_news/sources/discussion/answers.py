"""What the readers of all sites share: JSON within limits, its values as cleaned fields of a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Final

from tui_news.i18n import _
from tui_news.model import Block
from tui_news.sources.discussion.thread import MAX_BODY, MAX_COMMENTS, Comment, DiscussionError, Thread
from tui_news.text.clean import clean_line, clean_url, is_web_url

MAX_REQUESTS: Final = 60
"""Answers of a site that one thread is made of at most."""
_ID = re.compile(r"[^\x21-\x7e]")
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\((https?://[^()\s]{1,1000})\)")


class Reader:
    """One site's thread, answer by answer.

    `first` is the address to ask for; `take` gets each answer and gives the addresses to ask for next.
    """

    kind = ""
    _CARRIED: ClassVar[tuple[str, ...]] = ()
    """What else than the comments decides how the reading goes on; plain data."""

    def __init__(self, first: str, page: str = "") -> None:
        self.first = first
        self.page = page
        self.title = ""
        self.total: int | None = None
        self.notes: list[str] = []
        self.reply = ["", "", ""]
        self._comments: dict[str, Comment] = {}
        self._elsewhere: frozenset[str] = frozenset()

    def take(self, body: bytes, headers: Mapping[str, str]) -> Sequence[str]:
        """Read an answer. Raises DiscussionError when it is none of this kind."""
        raise NotImplementedError

    def add(self, comment: Comment | None) -> bool:
        """Keep a comment; False when it is known already, or there are too many."""
        if comment is None or not self.wants(comment.id):
            return False
        self._comments[comment.id] = comment
        return True

    def wants(self, id: str) -> bool:
        """Whether a comment is new and there is room for it: asked before its text is read, which costs."""
        if id in self._comments or id in self._elsewhere:
            return False
        if len(self._comments) + len(self._elsewhere) >= MAX_COMMENTS:
            self.note(_("Only the first {count} comments were read.", count=f"{MAX_COMMENTS:,}"))
            return False
        return True

    def note(self, text: str) -> None:
        """Say something of the whole, once."""
        if text not in self.notes:
            self.notes.append(text)

    # Answers are read in another process, one after the other: the reader there goes on from the state of
    # the one here, which takes over what that one has found.

    def state(self) -> dict[str, Any]:
        """Where the reading stands, without the comments."""
        return {name: getattr(self, name) for name in ("title", "total", "notes", "reply", *self._CARRIED)}

    def resume(self, state: Mapping[str, Any], known: Iterable[str] = ()) -> None:
        """Go on from another's state, which has the comments of the `known` ids. Raises KeyError or
        TypeError for what is no state of such a reader."""
        for name, was in self.state().items():
            value = state[name]
            # The number of comments may be known or not; all else keeps its type.
            if type(value) not in ((int, type(None)) if name == "total" else (type(was),)):
                raise TypeError(name)
            held = [*value, *value.values()] if isinstance(value, dict) else value
            if isinstance(held, list) and not all(isinstance(each, str) for each in held):
                raise TypeError(name)
            setattr(self, name, value)
        self._elsewhere = frozenset(known)

    @property
    def ids(self) -> list[str]:
        return list(self._comments)

    @property
    def fresh(self) -> Sequence[Comment]:
        """What has been added, as it came; `comments` has it in order."""
        return tuple(self._comments.values())

    @property
    def comments(self) -> Sequence[Comment]:
        return tuple(self._comments.values())

    def thread(self, now: datetime) -> Thread:
        """What has been read so far."""
        kind, url, post = self.reply
        return Thread(
            self.kind, tuple(self.comments), self.page, self.title, self.total, now, tuple(self.notes),
            kind, url, post,
        )  # fmt: skip


def load(body: bytes, kind: str) -> Any:
    """JSON. Raises DiscussionError for what is none, also for nesting that nobody writes."""
    import orjson

    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        start = body[:200].lstrip().lower()
        what = _("a web page") if start.startswith(b"<") else _("something that is no JSON")
        raise DiscussionError(
            _("{what} came instead of the comments ({kind})", what=what, kind=kind)
        ) from None


def text(value: Any, limit: int = 300) -> str:
    """A name or a title on one clean line; numbers too."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return clean_line(str(value), limit)


def key(value: Any) -> str:
    """An id as the thread uses it: printable, short; '' for none."""
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value in ("", 0, "0"):
        return ""
    return _ID.sub("", str(value))[:200]


def whole(value: Any) -> int | None:
    """A number of sensible size, or None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if -(10**9) < value < 10**9 else None


def web(value: Any, base: str = "") -> str:
    """An http or https address, resolved; '' for anything else."""
    if not isinstance(value, str) or not value or len(value) > 4_000:
        return ""
    from urllib.parse import urljoin

    try:
        url = clean_url(urljoin(base, value))
    except ValueError:
        return ""
    return url if is_web_url(url) else ""


def moment(value: Any) -> datetime | None:
    """A time as sites write it: seconds since 1970, or ISO 8601 (UTC where no zone stands)."""
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC) if 0 < value < 10**11 else None
        if isinstance(value, str) and 8 <= len(value) <= 40:
            made = datetime.fromisoformat(value)
            return made if made.tzinfo else made.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def html_blocks(value: Any, base: str = "") -> tuple[Block, ...]:
    """A comment's HTML as blocks."""
    if not isinstance(value, str):
        return ()
    from tui_news.extract import blocks_from_html

    return blocks_from_html(value[:MAX_BODY], base)


def markdown_blocks(value: Any, base: str = "") -> tuple[Block, ...]:
    """A comment in Markdown as blocks."""
    return html_blocks(markdown_html(value), base)


def markdown_html(value: Any) -> str:
    """Markdown as HTML: paragraphs, quotes, items, fenced code and links, which is what comments are made of.
    Other marks stay as they are written."""
    if not isinstance(value, str) or not value.strip():
        return ""
    from html import escape

    out: list[str] = []
    code = False
    for line in value[:MAX_BODY].splitlines()[:5_000]:
        bare = line.strip()
        if bare.startswith("```"):
            out.append("</pre>" if code else "<pre>")
            code = not code
            continue
        if code:
            out.append(escape(line) + "\n")
            continue
        quoted = bare.startswith(">")
        item = bare[:2] in ("- ", "* ", "+ ")
        words = bare.lstrip(">").lstrip() if quoted else bare[2:] if item else bare
        made = _MARKDOWN_LINK.sub(_anchor, escape(words, quote=False))
        if quoted:
            out.append(f"<blockquote><p>{made}</p></blockquote>")
        elif item:
            out.append(f"<li>{made}</li>")
        else:
            out.append(made + " " if bare else "<p>")
    return "<p>" + "".join(out) + ("</pre>" if code else "")


def _anchor(match: re.Match[str]) -> str:
    href = match[2].replace('"', "%22")
    return f'<a href="{href}">{match[1] or match[2]}</a>'
