"""What a page tells machines of itself: JSON-LD, `<meta>`, microdata, `<link>`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from tui_news.extract.html import text_from_html
from tui_news.text.clean import clean_line

_ARTICLES: Final = frozenset((
    "newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "asknewsarticle", "blogposting", "liveblogposting",
    "socialmediaposting", "techarticle", "scholarlyarticle", "report", "review", "recipe",
    "advertisercontentarticle", "satiricalarticle", "medicalwebpage", "discussionforumposting",
))  # fmt: skip
_MAX_SCRIPT: Final = 2_000_000
_MAX_NODES: Final = 20_000
_LOOSE = re.compile(r"[\x00-\x1f]+")
_SPLIT_TAGS = re.compile(r"[,，、;；|\n]+")
_NO_AUTHOR = re.compile(
    r"^(?:https?:|@|\W*$|\d+$|admin(?:istrator)?$|staff$|editor(?:ial)?$|无|未知|null$|none$)", re.I
)


@dataclass(slots=True)
class Told:
    """The facts as told, cleaned; empty where nothing was."""

    headline: str = ""
    title: str = ""
    """`<title>`, with whatever the site hangs on it."""
    og_title: str = ""
    description: str = ""
    body: str = ""
    """JSON-LD's articleBody."""
    authors: tuple[str, ...] = ()
    editor: str = ""
    agency: str = ""
    site: str = ""
    published: str = ""
    updated: str = ""
    breadcrumb: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    picture: str = ""
    canonical: str = ""
    comments: int | None = None
    kind: str = ""
    meta: dict[str, str] = field(default_factory=dict)


def read_told(root: Any) -> Told:
    """Everything that the page's head, scripts and microdata say. The most explicit source wins."""
    told = Told()
    _meta(root, told)
    _json_ld(root, told)
    _microdata(root, told)
    return told


# --- JSON-LD ---------------------------------------------------------------------------------------


def _json_ld(root: Any, told: Told) -> None:
    seen: list[dict[str, Any]] = []
    for script in root.iter("script"):
        kind = script.get("type") or ""
        if "ld+json" not in kind.lower():
            continue
        text = "".join(script.itertext())
        if len(text) <= _MAX_SCRIPT and (data := _loads(text)) is not None:
            seen.extend(_objects(data))
    articles = [item for item in seen if _types(item) & _ARTICLES]
    # The page's own article is the one with the most to say, not a teaser in a list.
    articles.sort(key=lambda item: -sum(1 for name in _WEIGHTY if item.get(name)))
    for item in articles[:1]:
        _article(item, told)
    for item in seen:
        if "breadcrumblist" in _types(item) and not told.breadcrumb:
            told.breadcrumb = _trail(item)


_WEIGHTY: Final = (
    "headline",
    "datePublished",
    "author",
    "articleBody",
    "publisher",
    "mainEntityOfPage",
    "image",
)


def _loads(text: str) -> Any:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    text = (
        re.sub(r"^<!--|-->$|^//.*$", "", text, flags=re.MULTILINE).strip() if text[:1] not in "[{" else text
    )
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        try:
            return json.loads(_LOOSE.sub(" ", re.sub(r",\s*([}\]])", r"\1", text)))
        except (ValueError, RecursionError):
            return None


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """All objects in the data, outer before inner, without recursion."""
    todo = [data]
    count = 0
    while todo and count < _MAX_NODES:
        item = todo.pop(0) if len(todo) < 64 else todo.pop()
        count += 1
        if isinstance(item, dict):
            yield item
            todo.extend(value for value in item.values() if isinstance(value, (dict, list)))
        elif isinstance(item, list):
            todo.extend(value for value in item if isinstance(value, (dict, list)))


def _types(item: dict[str, Any]) -> set[str]:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {str(kind).rpartition("/")[2].lower() for kind in kinds if kind}


def _article(item: dict[str, Any], told: Told) -> None:
    told.kind = next(iter(sorted(_types(item) & _ARTICLES)), "")
    told.headline = _string(item.get("headline")) or _string(item.get("name")) or told.headline
    told.description = told.description or _string(item.get("description"))
    body = item.get("articleBody")
    told.body = body if isinstance(body, str) else ""
    told.authors = _names(item.get("author")) or _names(item.get("creator")) or told.authors
    told.editor = "、".join(_names(item.get("editor"))) or told.editor
    told.agency = next(
        iter(_names(item.get("sourceOrganization"), True) or _names(item.get("provider"), True)), ""
    )
    told.site = told.site or next(iter(_names(item.get("publisher"), True)), "")
    told.published = _string(item.get("datePublished")) or _string(item.get("dateCreated")) or told.published
    told.updated = _string(item.get("dateModified")) or told.updated
    told.language = _string(item.get("inLanguage")) or told.language
    sections = item.get("articleSection")
    section = sections[0] if isinstance(sections, list) and sections else sections
    told.section = _string(section) or told.section
    words = item.get("keywords")
    if isinstance(words, str):
        told.tags = _tags(words) or told.tags
    elif isinstance(words, list):
        # Some mix in "section: news" and the like for their own machines.
        told.tags = tuple(dict.fromkeys(filter(None, map(_string, words)))) or told.tags
    picture = item.get("image")
    while isinstance(picture, list) and picture:
        picture = picture[0]
    told.picture = told.picture or _string(picture.get("url") if isinstance(picture, dict) else picture)
    count = item.get("commentCount")
    told.comments = count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None


def _trail(item: dict[str, Any]) -> tuple[str, ...]:
    steps = item.get("itemListElement")
    out: list[tuple[int, str]] = []
    for place, step in enumerate(steps if isinstance(steps, list) else [steps]):
        if not isinstance(step, dict):
            continue
        inner = step.get("item")
        name = _string(step.get("name")) or (_string(inner.get("name")) if isinstance(inner, dict) else "")
        position = step.get("position")
        if name:
            out.append((int(str(position)) if str(position).isdecimal() else place, name))
    return tuple(name for _, name in sorted(out, key=lambda pair: pair[0]))


def _names(value: Any, organization: bool = False) -> tuple[str, ...]:
    """The names of people (or organizations) in an author-like value."""
    out: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        for one in name if isinstance(name, list) else [name]:
            if (
                isinstance(one, str)
                and (text := clean_line(text_from_html(one), 80))
                and not _NO_AUTHOR.match(text)
            ):
                kinds = _types(item) if isinstance(item, dict) else set()
                if organization or not kinds & {"organization", "newsmediaorganization", "corporation"}:
                    out.append(text.removeprefix("By ").removeprefix("by "))
    return tuple(dict.fromkeys(out))


def _string(value: Any) -> str:
    return clean_line(text_from_html(value)) if isinstance(value, str) else ""


def _tags(text: str) -> tuple[str, ...]:
    found = (clean_line(part, 60) for part in _SPLIT_TAGS.split(text[:2_000]))
    return tuple(dict.fromkeys(part for part in found if part))[:24]


# --- <meta>, <title>, <link> -------------------------------------------------------------------------


def _meta(root: Any, told: Told) -> None:
    meta = told.meta
    tags: list[str] = []
    authors: list[str] = []
    for node in root.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = node.get("content")
        if not name or not content:
            continue
        if name == "article:tag":
            tags.append(clean_line(content, 60))
        elif name == "article:author" or name == "author":
            authors.append(clean_line(content, 80))
        if name not in meta and len(meta) < 300:
            meta[name] = clean_line(content)
    for node in root.iter("title"):
        if node.getparent() is None or node.getparent().tag not in ("svg", "symbol", "g"):
            told.title = clean_line("".join(node.itertext()))
            break
    for node in root.iter("link"):
        if "canonical" in (node.get("rel") or "").lower().split():
            told.canonical = node.get("href") or ""
    get = meta.get
    told.og_title = get("og:title") or get("twitter:title") or ""
    told.description = get("og:description") or get("description") or ""
    told.site = get("og:site_name") or get("application-name") or ""
    told.published = next((get(n, "") for n in _PUBLISHED if get(n)), "")
    told.updated = next((get(n, "") for n in _UPDATED if get(n)), "")
    told.section = get("article:section") or ""
    told.picture = get("og:image") or get("og:image:url") or get("twitter:image") or ""
    told.language = (
        root.get("lang") or root.get("xml:lang") or get("og:locale") or get("content-language") or ""
    )
    told.tags = tuple(dict.fromkeys(filter(None, tags))) or _tags(
        get("news_keywords") or get("keywords") or ""
    )
    told.authors = tuple(dict.fromkeys(a for a in authors if not _NO_AUTHOR.match(a)))
    told.agency = get("source") or get("mediaid") or get("dc.source") or ""


_PUBLISHED: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "publishdate", "pubdate", "publish-date", "publish_date", "parsely-pub-date",
    "sailthru.date", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "article.published", "date", "article:published",
    "cxenseparse:recs:publishtime", "weibo: article:create_at",
)  # fmt: skip
_UPDATED: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "dcterms.modified", "article.updated", "weibo: article:update_at",
)  # fmt: skip


# --- microdata -------------------------------------------------------------------------------------


def _microdata(root: Any, told: Told) -> None:
    authors: list[str] = []
    trail: list[str] = []
    for node in root.iter():
        prop = node.get("itemprop") if isinstance(node.tag, str) else None
        if not prop:
            continue
        for name in prop.split():
            if name in ("datePublished", "dateCreated"):
                told.published = told.published or _value(node)
            elif name == "dateModified":
                told.updated = told.updated or _value(node)
            elif name == "headline":
                told.headline = told.headline or clean_line(_value(node))
            elif name == "author" and len(authors) < 8:
                inner = next((n for n in node.iter() if n is not node and n.get("itemprop") == "name"), None)
                authors.append(clean_line(_value(inner if inner is not None else node), 80))
            elif name in ("provider", "sourceOrganization"):
                told.agency = told.agency or clean_line(_value(node), 60)
            elif name == "editor":
                told.editor = told.editor or clean_line(_value(node), 60)
            elif name == "itemListElement" and len(trail) < 12 and "ListItem" in (node.get("itemtype") or ""):
                inner = next((n for n in node.iter() if n.get("itemprop") == "name"), None)
                if inner is not None:
                    trail.append(clean_line(_value(inner), 60))
    told.authors = told.authors or tuple(dict.fromkeys(a for a in authors if a and not _NO_AUTHOR.match(a)))
    told.breadcrumb = told.breadcrumb or tuple(filter(None, trail))


def _value(node: Any) -> str:
    for name in ("content", "datetime"):
        if value := node.get(name):
            return str(value)
    return " ".join("".join(node.itertext())[:400].split())
