"""What makes two entries the same article: canonical permalinks, ids, and matching with what is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

from tui_news.model import Article, article_id

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

# Parameters that say where a reader came from and never what is read.
_TRACKERS: Final = re.compile(
    r"^(?:utm_\w*|fbclid|gclid|gclsrc|dclid|msclkid|yclid|igshid|mc_[ce]id|mkt_tok|ns_\w+|at_(?:medium|campaign\w*|custom\d|link_\w+)"
    r"|_hsenc|_hsmi|vero_(?:id|conv)|oly_(?:anon|enc)_id|wt_?mc|wt\.mc_id|spm|scm|share_token|ncid|cmpid|cmp|ito|smid"
    r"|rss_?src|ftag|ref_?src|xtor|__twitter_impression|guccounter|guce_\w+)$",
    re.IGNORECASE,
)
_RSS_MARK: Final = re.compile(r"^(?:src|source|ref|from|rss|partner|feed|cid|s|mode)$", re.IGNORECASE)
_RSS_VALUE: Final = re.compile(r"^(?:rss\w*|feed|feeds|atom|1|true|)$", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443}


def canonical_permalink(url: str) -> str:
    """The URL without what does not name the page: tracking parameters, fragment, default port; host in
    lower case. Fragments by which scripts route (`#!`, `#/`) stay. What is no URL comes back as it is."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if not parts.scheme or not host:
        return url
    if ":" in host:
        host = f"[{host}]"
    if port and port != _PORTS.get(parts.scheme):
        host = f"{host}:{port}"
    query = parts.query
    if query:
        query = "&".join(pair for pair in query.split("&") if pair and not _is_tracker(pair))
    fragment = parts.fragment if parts.fragment[:1] in ("!", "/") else ""
    return urlunsplit((parts.scheme, host, parts.path or "/", query, fragment))


def _is_tracker(pair: str) -> bool:
    name, _, value = pair.partition("=")
    if _TRACKERS.match(name):
        return True
    return bool(_RSS_MARK.match(name) and _RSS_VALUE.match(value) and value not in ("1", "true", "")) or (
        name.lower() == "rss" and bool(_RSS_VALUE.match(value))
    )


def permalink_key(url: str) -> str:
    """A key for comparing permalinks: canonical, without scheme, `www.` and a slash at the end."""
    canonical = canonical_permalink(url)
    return canonical.partition("://")[2].removeprefix("www.").rstrip("/") if "://" in canonical else canonical


@dataclass(frozen=True, slots=True)
class Key:
    """What an entry's id is made of."""

    guid: str
    url: str
    headline: str
    date: str
    """As the source writes it."""


def entry_ids(source: str, entries: Sequence[Key]) -> list[str]:
    """The ids of a feed's entries, in order; '' for one that only repeats an earlier one.

    The id comes of the guid; where several different entries of the feed share one, of the permalink for
    all of them; where they share that too, of headline and date. So it does not depend on their order.
    """
    guids = Counter(entry.guid for entry in entries if entry.guid)
    faces: dict[str, set[tuple[str, str]]] = {}
    for entry in entries:
        if guids[entry.guid] > 1:
            faces.setdefault(entry.guid, set()).add((permalink_key(entry.url), entry.headline))
    ambiguous = {guid for guid, seen in faces.items() if len(seen) > 1}

    pairs: list[tuple[str, str]] = []
    titles: dict[str, set[str]] = {}
    for entry in entries:
        guid = "" if entry.guid in ambiguous else entry.guid
        link = canonical_permalink(entry.url) if entry.url and not guid else ""
        pairs.append((guid, link))
        if link:
            titles.setdefault(link, set()).add(entry.headline)
    out: list[str] = []
    seen_ids: set[str] = set()
    for (guid, link), entry in zip(pairs, entries, strict=True):
        link = "" if link and len(titles[link]) > 1 else link
        made = article_id(source, guid, link, entry.headline, entry.date)
        out.append("" if made in seen_ids else made)
        seen_ids.add(made)
    return out


def reconcile(known: Iterable[Article], articles: Iterable[Article]) -> tuple[Article, ...]:
    """The fetched `articles` with the ids under which `known` ones of the same source already stand.

    For feeds that change their guids at each fetch, or give one guid to several entries. A new id is
    replaced by a known one when the permalink and either date or headline agree (without a permalink: both);
    a known id is not taken by an entry of which link, headline and date all differ. Pure; in order;
    no two results share an id.
    """
    by_id: dict[str, Article] = {}
    by_link: dict[str, list[Article]] = {}
    by_face: dict[tuple[str, str], Article] = {}
    for old in known:
        by_id[old.id] = old
        if old.url:
            by_link.setdefault(permalink_key(old.url), []).append(old)
        else:
            by_face[old.headline, str(old.published or "")] = old
    fetched = list(articles)
    claimed = {new.id for new in fetched if new.id in by_id and not _clash(by_id[new.id], new)}
    out: dict[str, Article] = {}
    for new in fetched:
        made = new.id
        old_one = by_id.get(made)
        if old_one is None or _clash(old_one, new):
            match = _match(new, by_link, by_face, claimed)
            if match is not None:
                made = match.id
                claimed.add(made)
            elif old_one is not None:
                link = canonical_permalink(new.url) if new.url else ""
                made = article_id(new.source, "", link, new.headline, str(new.published or ""))
        if made not in out:
            out[made] = new if made == new.id else replace(new, id=made)
    return tuple(out.values())


def _clash(old: Article, new: Article) -> bool:
    """Whether two entries under one id are plainly different articles."""
    return (
        bool(old.url and new.url)
        and old.headline != new.headline
        and old.published != new.published
        and permalink_key(old.url) != permalink_key(new.url)
    )


def _match(
    new: Article,
    by_link: dict[str, list[Article]],
    by_face: dict[tuple[str, str], Article],
    claimed: set[str],
) -> Article | None:
    if not new.url:
        found = by_face.get((new.headline, str(new.published or "")))
        return found if found is not None and found.id not in claimed else None
    key = permalink_key(new.url)
    candidates = by_link.get(key, [])
    # A link to a site's front page, or one that several entries share, names no article by itself.
    specific = len(candidates) == 1 and "/" in key
    for old in candidates:
        same_date = old.published is not None and old.published == new.published
        if old.id not in claimed and (same_date or (specific and old.headline == new.headline)):
            return old
    return None
