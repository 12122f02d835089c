"""Comments as a feed: RSS of `wfw:commentRss`, Atom with its threading extension (RFC 4685), JSON Feed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from tui_news.i18n import _
from tui_news.sources.discussion.answers import Reader, key, web
from tui_news.sources.discussion.thread import MAX_COMMENTS, Comment, DiscussionError
from tui_news.text.clean import clean_line

_BY = re.compile(
    r"(?:By|Von|Par|Por|Di|Comment by|Comentario de|作者|发布者|由)\s*[:：]\s*(.{1,200})", re.IGNORECASE
)


class FeedReader(Reader):
    """One feed whose entries are the comments; `thr:in-reply-to` says which comment one answers."""

    kind = "feed"

    def take(self, body: bytes, headers: Mapping[str, str]) -> Sequence[str]:
        from tui_news.sources.feed import FeedError
        from tui_news.sources.feed.dates import parse_date
        from tui_news.sources.feed.entry import to_blocks
        from tui_news.sources.feed.parse import read_raw
        from tui_news.sources.feed.words import author_names, strip_markup

        now = datetime.now(UTC)
        content_type = headers.get("content-type", "")
        match = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE)
        try:
            feed = read_raw(body, self.first, match[1] if match else "", MAX_COMMENTS, now)
        except FeedError as error:
            raise DiscussionError(_("no comments there: {error}", error=error)) from error
        self.title = clean_line(strip_markup(feed.title[:2_000]), 300)
        ids = [key(entry.guid) or key(entry.link) or f"{number}" for number, entry in enumerate(feed.entries)]
        by_name = {name: id for entry, id in zip(feed.entries, ids, strict=True)
                   for name in (entry.guid, entry.link) if name}  # fmt: skip
        whens = [
            parse_date(entry.published or entry.updated, language="", now=now)
            if entry.published or entry.updated
            else None
            for entry in feed.entries
        ]
        order = list(range(len(ids)))
        if all(whens):
            order.sort(key=lambda at: whens[at] or now)  # feeds list the newest first, threads the oldest
        for at in order:
            entry = feed.entries[at]
            if not self.wants(ids[at]):
                continue
            title = clean_line(strip_markup(entry.title[:2_000]), 300)
            said = _BY.match(title)
            names = author_names(entry.authors) if entry.authors else ()
            author = ", ".join(names) or (said[1].strip() if said else title if len(title) < 60 else "")
            text = entry.content or entry.summary or entry.blurb
            if text is not None and len(text.value) > 100_000:
                text.value = text.value[:100_000]
            answered = by_name.get(entry.reply_to, "")
            if answered == ids[at]:
                answered = ""
            self.add(
                Comment(
                    ids[at], answered, author, whens[at], None, web(entry.link, self.first), to_blocks(text)
                )
            )
        return ()
