"""Writing a comment where an open interface takes it: draft, exact request, and sending it after a yes.

Anonymous unless the reader signs; an e-mail address is sent only when he writes one. It goes to the address
that the source declared, by http or https, once; nothing is sent by itself.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from tui_news.fetch import FetchError
from tui_news.i18n import _
from tui_news.model import Article
from tui_news.newsroom.reading import is_private_source
from tui_news.sources.discussion import Thread
from tui_news.text.clean import clean_body, clean_line, is_web_url

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom

MAX_TEXT = 20_000
"""Characters of a comment."""
ACCEPT = "application/json, */*;q=0.5"


class ReplyError(Exception):
    """Nothing was published; the message says why in one plain line."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A comment that is being written."""

    text: str = ""
    parent: str = ""
    """The id of the comment that it answers; empty for one on the article."""
    name: str = ""
    """Empty: anonymous (匿名)."""
    email: str = ""
    """Empty: not sent (隐藏地址)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A request as it would be sent, to the byte."""

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content_type: str

    @property
    def text(self) -> str:
        """The request as it goes over the line, for the reader to see before he says yes."""
        parts = urlsplit(self.url)
        path = parts.path or "/"
        query = f"?{parts.query}" if parts.query else ""
        head = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return f"POST {path}{query} HTTP/1.1\n{head}\n\n{self.body.decode('utf-8', 'replace')}"


# --- drafts --------------------------------------------------------------------------------------------


def draft(newsroom: Newsroom, id: str, parent: str = "") -> Draft | None:
    """What was written and not sent, for a comment on an article or an answer to one."""
    kept = (newsroom.cache.talk.get(id) or {}).get("drafts") if id else None
    found = kept.get(parent) if isinstance(kept, dict) else None
    if not isinstance(found, dict):
        return None
    return Draft(str(found.get("text", "")), parent, str(found.get("name", "")), str(found.get("email", "")))


def drafts(newsroom: Newsroom, id: str) -> list[Draft]:
    """All that was written on an article and not sent."""
    kept = (newsroom.cache.talk.get(id) or {}).get("drafts") if id else None
    found = [draft(newsroom, id, str(parent)) for parent in kept] if isinstance(kept, dict) else []
    return [one for one in found if one is not None]


def keep_draft(newsroom: Newsroom, id: str, written: Draft) -> None:
    """Keep what was written, over restarts; one without text is dropped. Raises `CacheError`."""
    if not id:
        return
    left: dict[str, Any] = dict(newsroom.cache.talk.get(id) or {})
    kept = left.get("drafts")
    kept = dict(kept) if isinstance(kept, dict) else {}
    kept.pop(written.parent, None)
    if written.text.strip():
        kept[written.parent] = {"text": written.text, "name": written.name, "email": written.email}
    left.pop("drafts", None)
    if kept:
        left["drafts"] = kept
    if left != (newsroom.cache.talk.get(id) or {}):
        newsroom.cache.talk.put(id, left)


# --- the request -----------------------------------------------------------------------------------------


def why_not(newsroom: Newsroom, article: Article, thread: Thread, parent: str = "") -> str:
    """Why nothing can be written here, in one line; empty when it can."""
    name = newsroom.source_name(article.source) or urlsplit(thread.page or article.url).hostname or ""
    if not thread.reply_kind or not is_web_url(thread.reply_url):
        return _("{name} has no open way to write a comment; the browser opens its page", name=name)
    if parent and thread.reply_kind == "commentapi":
        return _("{name} takes comments on the article only, not answers to others", name=name)
    return ""


async def compose(newsroom: Newsroom, article: Article, thread: Thread, written: Draft) -> Letter:
    """The request that would publish a comment. Raises ReplyError."""
    if reason := why_not(newsroom, article, thread, written.parent):
        raise ReplyError(reason)
    text = clean_body(written.text, MAX_TEXT + 1).strip()
    if not text:
        raise ReplyError(_("Nothing is written yet"))
    if len(text) > MAX_TEXT:
        raise ReplyError(_("Longer than {count} characters; no site takes that", count=MAX_TEXT))
    name, email = clean_line(written.name, 100), clean_line(written.email, 200)
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise ReplyError(_("“{email}” is no e-mail address; leave it empty, and none is sent", email=email))
    if thread.reply_kind == "wordpress":
        content_type = "application/json"
        body = _wordpress(thread, text, written.parent, name, email)
    else:
        content_type = "text/xml; charset=utf-8"
        body = _comment_api(article, text, name, email)
    fetcher = await newsroom.fetcher()
    host = ("Host", urlsplit(thread.reply_url).netloc.rpartition("@")[2])
    headers = [host, *fetcher.send_head(content_type, ACCEPT), ("Content-Length", str(len(body)))]
    return Letter(thread.reply_url, tuple(headers), body, content_type)


def _wordpress(thread: Thread, text: str, parent: str, name: str, email: str) -> bytes:
    """WordPress' REST interface: `POST /wp/v2/comments`."""

    def number(value: str) -> int | str:
        return int(value) if value.isascii() and value.isdecimal() else value

    data: dict[str, Any] = {"post": number(thread.reply_post), "content": text}
    if parent:
        data["parent"] = number(parent)
    if name:
        data["author_name"] = name
    if email:
        data["author_email"] = email
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _comment_api(article: Article, text: str, name: str, email: str) -> bytes:
    """The CommentAPI (`wfw:comment`): one RSS item."""
    author = " ".join(part for part in (email, f"({name})" if name and email else name) if part)
    parts = [f"  <title>{escape(f'Re: {article.headline}')}</title>"]
    if author:
        parts.append(f"  <author>{escape(author)}</author>")
    parts.append(f"  <description>{escape(text)}</description>")
    lines = "\n".join(parts)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<item>\n{lines}\n</item>\n'.encode("utf-8", "replace")


async def send(newsroom: Newsroom, article: Article, letter: Letter, parent: str = "") -> str:
    """Send it, once; what became of it, in one line. The draft is dropped.

    Raises ReplyError, with the server's own words when it was refused; then the draft stays.
    """
    from tui_news.cache import CacheError

    fetcher = await newsroom.fetcher()
    private = is_private_source(newsroom.source(article.source))
    try:
        answer = await fetcher.send(
            letter.url, letter.body, letter.content_type, accept=ACCEPT, allow_private=private
        )
    except FetchError as error:
        raise ReplyError(_("Not sent: {error}", error=error)) from error
    said, held = _said(answer.body)
    host = urlsplit(letter.url).hostname or ""
    if not 200 <= answer.status < 300:
        reason = said or _("it gives no reason")
        raise ReplyError(_("{host} refused it (HTTP {status}): {reason}", host=host, status=answer.status,
                           reason=reason))  # fmt: skip
    with contextlib.suppress(CacheError):  # it is published all the same; an old draft does no harm
        keep_draft(newsroom, article.id, Draft(parent=parent))
    return (
        _("Sent; it appears when {host} has approved it", host=host)
        if held
        else _("Sent to {host}", host=host)
    )


def _said(body: bytes) -> tuple[str, bool]:
    """The server's own words, and whether the comment waits for approval.

    Read here and not in a worker: the fetcher has capped the answer, what is looked at is capped again, and
    each step is linear in that: JSON, which stops at its depth, one bounded pattern, 20 KB of HTML at most.
    """
    try:
        data = json.loads(body[:100_000])
    except (ValueError, RecursionError):
        from tui_news.extract import text_from_html

        text = body[:20_000].decode("utf-8", "replace")
        title = re.search(r"<(?:message|title)[^>]{0,100}>([^<]{1,300})", text)
        return clean_line(text_from_html(title[1] if title else text), 200), False
    if not isinstance(data, Mapping):
        return "", False
    message = data.get("message") or data.get("error")
    held = data.get("status") in ("hold", "0", "unapproved", "pending")
    return (clean_line(str(message), 200) if isinstance(message, str) else ""), held
