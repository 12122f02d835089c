"""Where an article's comments are: by the addresses that its source gave, or by what its page says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from tui_news.model import Article
from tui_news.text.clean import clean_url, is_web_url

HN_API: Final = "https://hn.algolia.com/api/v1/items/"
HN_OWN_API: Final = "https://hacker-news.firebaseio.com/v0/item/"
_HN_HOSTS: Final = ("news.ycombinator.com", "hn.algolia.com", "hacker-news.firebaseio.com")
LEMMY_QUERY: Final = "type_=All&sort=Old&limit=50&max_depth=12"

_ALGOLIA = re.compile(r"/api/v1/items/(\d{1,18})$")
_FIREBASE = re.compile(r"/v0/item/(\d{1,18})\.json$")
_LOBSTERS = re.compile(r"(.*/s/[a-z0-9]{4,12})(?:\.json|/[^/]*)?/?$")
_DISCOURSE = re.compile(r"(.*/t/)([^/]+/)?(\d{1,12})(?:\.json|\.rss|/\d{1,9})?/?$")
_LEMMY = re.compile(r"(.*)/post/(\d{1,18})/?$")
_LEMMY_API = re.compile(r".*/api/v3/comment/list$")
_WORDPRESS = re.compile(r".*/wp/v2/comments/?$")
_WP_POST = re.compile(r"(.*/wp/v2/)(?:posts|pages)/(\d{1,18})/?$")


@dataclass(frozen=True, slots=True)
class Place:
    """Comments at an address: which reader reads them (`KINDS`), what it asks for first, where a browser
    shows them."""

    kind: str
    url: str
    page: str = ""


def places_of(article: Article) -> list[Place]:
    """Where the comments of an article may be, the likeliest first, as far as its source told."""
    found: list[Place] = []
    for address in (article.comments_feed, article.comments_url, article.url):
        if not address:
            continue
        place = recognised(address, declared=address != article.url)
        if place:
            found.append(place)
            if place.kind == "algolia" and (again := _other_hacker_news(place)):
                found.append(again)
        elif address == article.comments_feed:
            found.append(Place("feed", address, article.comments_url or article.url))
    # A site's own interface knows who answers whom; its feed mostly does not.
    found.sort(key=lambda place: place.kind == "feed")
    return list(dict.fromkeys(found))


def recognised(address: str, *, declared: bool = True) -> Place | None:
    """The place that an address of a known shape means. `declared` says that it was given as an address of
    comments; an article's own must be clearer."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host, path = parts.hostname.removeprefix("www."), parts.path
    query = dict(parse_qsl(parts.query))

    def at(new: str, query: str = "") -> str:
        return urlunsplit((parts.scheme, parts.netloc, new, query, ""))

    if host == "news.ycombinator.com":
        number = query.get("id", "")
        return Place("algolia", HN_API + number, address) if number.isdecimal() else None
    if match := _ALGOLIA.search(path):
        page = f"https://news.ycombinator.com/item?id={match[1]}" if host in _HN_HOSTS else address
        return Place("algolia", address, page)
    if match := _FIREBASE.search(path):
        page = f"https://news.ycombinator.com/item?id={match[1]}" if host in _HN_HOSTS else address
        return Place("firebase", address, page)
    if _WORDPRESS.fullmatch(path) and query.get("post"):
        return Place("wordpress", address)
    if _LEMMY_API.fullmatch(path) and query.get("post_id"):
        return Place("lemmy", address)
    if match := _LOBSTERS.fullmatch(path):
        if declared or host in ("lobste.rs", "tilde.news", "journalduhacker.net"):
            return Place("lobsters", at(f"{match[1]}.json"), at(match[1]))
        return None
    if match := _DISCOURSE.fullmatch(path):
        if declared or match[2]:
            page = at(f"{match[1]}{match[2] or ''}{match[3]}")
            return Place("discourse", at(f"{match[1]}{match[3]}.json"), page)
        return None
    if match := _LEMMY.fullmatch(path):
        return Place(
            "lemmy", at(f"{match[1]}/api/v3/comment/list", f"post_id={match[2]}&{LEMMY_QUERY}"), address
        )
    if host.endswith("reddit.com") and "/comments/" in path:
        return Place("feed", at(path.rstrip("/") + "/.rss"), address)
    return None


def _other_hacker_news(place: Place) -> Place | None:
    """Hacker News' own interface, for when its search is out of order."""
    if not place.url.startswith(HN_API):
        return None
    return Place("firebase", f"{HN_OWN_API}{place.url.removeprefix(HN_API)}.json", place.page)


def found_on_page(html: str, url: str, link_header: str = "") -> list[Place]:
    """Where an article's page says that its comments are: `link rel=replies`, WordPress' REST interface
    with the post's number, Discourse's mark, a comments feed of its own. `link_header` is HTTP's Link."""
    from tui_news.extract.parse import parse_html

    root = parse_html(html)
    links = _header_links(link_header)
    post = ""
    if root is not None:
        for element in root.iter("link"):
            links.append((
                (element.get("rel") or "").lower(), element.get("href") or "",
                (element.get("type") or "").lower(),
            ))  # fmt: skip
        for body in root.iter("body"):
            match = re.search(r"\b(?:postid|page-id)-(\d{1,18})\b", body.get("class") or "")
            post = match[1] if match else ""
    found = [*_wordpress(links, post, url)]
    if root is not None and _is_discourse(root) and (place := recognised(url)):
        found.append(place)
    for rel, href, kind in links:
        target = _joined(url, href)
        if not target:
            continue
        if "replies" in rel.split():
            place = recognised(target)
            if place is None and ("xml" in kind or "json" in kind or not kind):
                place = Place("feed", target, url)
            if place:
                found.append(place)
        elif "alternate" in rel.split() and ("rss" in kind or "atom" in kind):
            # WordPress calls a post's own “Title Comments Feed”, and puts it below the post.
            own = urlsplit(target).path.startswith(urlsplit(url).path.rstrip("/") + "/")
            if own and len(urlsplit(url).path) > 1:
                found.append(Place("feed", target, url))
    return list(dict.fromkeys(found))


def _wordpress(links: list[tuple[str, str, str]], post: str, url: str) -> list[Place]:
    api = ""
    for rel, href, _ in links:
        if "https://api.w.org/" in rel:
            api = api or _joined(url, href)
        if "shortlink" in rel.split():
            short = dict(parse_qsl(urlsplit(_joined(url, href)).query)).get("p", "")
            post = post or (short if short.isdecimal() else "")
    for rel, href, kind in links:
        match = _WP_POST.fullmatch(urlsplit(_joined(url, href)).path)
        if match and "alternate" in rel and "json" in kind:
            target = urlsplit(_joined(url, href))
            return [
                Place(
                    "wordpress",
                    urlunsplit(target._replace(path=f"{match[1]}comments", query=f"post={match[2]}")),
                    url,
                )
            ]
    return [Place("wordpress", f"{api.rstrip('/')}/wp/v2/comments?post={post}", url)] if api and post else []


def _is_discourse(root: Any) -> bool:
    return any(
        (meta.get("name") or "").lower() == "generator" and "discourse" in (meta.get("content") or "").lower()
        for meta in root.iter("meta")
    )


def _header_links(header: str) -> list[tuple[str, str, str]]:
    """The links of an HTTP Link header (RFC 8288), as far as the few that are looked for need it."""
    found: list[tuple[str, str, str]] = []
    for match in re.finditer(r"<([^<>]{1,2000})>([^<]{0,500})", header[:10_000]):
        rel = re.search(r'\brel\s*=\s*"?([^";,]{1,200})', match[2])
        kind = re.search(r'\btype\s*=\s*"?([^";,]{1,100})', match[2])
        if rel:
            found.append((rel[1].lower(), match[1], kind[1].lower() if kind else ""))
    return found


def _joined(base: str, href: str) -> str:
    if not href or len(href) > 4_000:
        return ""
    try:
        url = clean_url(urljoin(base, href.strip()))
    except ValueError:
        return ""
    return url if is_web_url(url) else ""
