"""What a reader points at in the shell: a URL, a file, stdin, an id, a number of the last headlines."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui_news.fetch import FetchError
from tui_news.i18n import _
from tui_news.model import Article

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom

MAX_FILE = 50_000_000
"""Bytes of a file or of stdin that are read."""

_ID = re.compile(r"[0-9a-f]{4,12}")


class TargetError(Exception):
    """The target is nothing that can be read; `code` is the command line's exit code."""

    def __init__(self, message: str, code: int = 4) -> None:
        super().__init__(message)
        self.code = code


def _shown(target: str) -> str:
    """A target in a message: quoted when empty, cut when long."""
    return (target if len(target) <= 80 else target[:79] + "…") or "“”"


def find_id(newsroom: Newsroom, target: str) -> str:
    """The id of a cached article from its id, the beginning of one, or a number. Raises TargetError."""
    text = target.strip().lstrip("#")
    numbers = newsroom.cache.numbers()
    if text.isdecimal() and 1 <= int(text) <= len(numbers):
        return numbers[int(text) - 1]
    if _ID.fullmatch(text):
        found = newsroom.cache.resolve(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise TargetError(
                _(
                    "{target} is the beginning of {count} ids; write more of it",
                    target=_shown(target),
                    count=len(found),
                )
            )
    if text.isdecimal():
        raise TargetError(
            _(
                "no number {target} in the last headlines ({count}); `tui-news headlines` lists them",
                target=_shown(text),
                count=len(numbers),
            )
        )
    raise TargetError(
        _(
            "{target} is no article in the cache; `tui-news headlines` lists ids and numbers",
            target=_shown(target),
        )
    )


async def read_target(
    newsroom: Newsroom, target: str, *, base_url: str = "", charset: str = ""
) -> tuple[Article, str]:
    """The article that a target means, and a remark for the reader (empty when there is none).

    A cached article that is a stub is completed from its page when the network allows. Raises TargetError,
    FetchError, OSError or ValueError (no article on the page, unknown charset).
    """
    from tui_news.newsroom.reading import known_charset, read_web_page

    if charset:
        known_charset(charset)
    if target == "-":
        data = await asyncio.to_thread(sys.stdin.buffer.read, MAX_FILE + 1)
        return await _page(newsroom, data, url=base_url, charset=charset), ""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", target):
        return await read_web_page(newsroom, target, charset=charset), ""
    try:
        article_id = find_id(newsroom, target)
    except TargetError:
        found = await asyncio.to_thread(_read_file, target)
        if found is None:
            raise
        data, uri = found
        return await _page(newsroom, data, url=base_url or uri, charset=charset), ""
    return await _cached(newsroom, article_id)


def _read_file(name: str) -> tuple[bytes, str] | None:
    """A file's bytes and its `file:` URL; None when it looks like no file. Raises OSError, TargetError."""
    if not name:
        return None
    try:
        # As the system writes names, whatever the locale made of the command line.
        path = Path(os.fsdecode(name.encode("utf-8", "surrogateescape"))).expanduser()
        found = path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return None
    if not found:
        if "/" in name or path.suffix:
            raise TargetError(_("{target}: no such file", target=_shown(name)))
        return None
    if path.is_dir():
        raise TargetError(_("{name} is a folder; name a file in it", name=name))
    with path.open("rb") as file:
        return file.read(MAX_FILE + 1), path.absolute().as_uri()


async def _page(newsroom: Newsroom, data: bytes, *, url: str, charset: str) -> Article:
    from tui_news.newsroom.desk import read_article

    if len(data) > MAX_FILE:
        raise ValueError(_("larger than {size} MB; that is no article", size=MAX_FILE // 1_000_000))
    return (await read_article(newsroom.workers, data, url=url, charset=charset))[0]


async def _cached(newsroom: Newsroom, id: str) -> tuple[Article, str]:
    from tui_news.newsroom.reading import PAGE_ERRORS, full_text, wants_full_text

    article = newsroom.article(id)
    if article is None:
        raise TargetError(_("{id} is no longer in the cache", id=id))
    source = newsroom.source(article.source)
    if source is None or not wants_full_text(article, source):
        return article, ""
    try:
        return await full_text(newsroom, article), ""
    except PAGE_ERRORS as error:
        what = (
            error if isinstance(error, FetchError) else _("no text found on its page ({error})", error=error)
        )
        if article.full:
            return article, _("the text as it was fetched before: {what}", what=what)
        return article, _("only the feed's summary: {what}", what=what)
