"""Element names of feeds as short prefixed names, whatever prefix or spelling the file uses."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

# Namespace URIs in lower case without scheme, `www.` and trailing `/`, `#`: files misspell exactly those.
_PREFIXES: Final = {
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "backend.userland.com/rss": "",
    "backend.userland.com/rss2": "",
    "backend.userland.com/rss191": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "cyber.law.harvard.edu/rss/rss.html": "",
    "purl.org/net/rss1.1": "",
    "w3.org/2005/atom": "atom",
    "purl.org/atom/ns": "atom",
    "purl.org/atom": "atom",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/rss/1.0/modules/dcterms": "dcterms",
    "purl.org/dc/terms": "dcterms",
    "search.yahoo.com/mrss": "media",
    "search.yahoo.com/mrss/1.0": "media",
    "tools.search.yahoo.com/mrss": "media",
    "video.search.yahoo.com/mrss": "media",
    "itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "itunes.com/dtd/podcast-1.0.dtd": "itunes",
    "example.com/dtds/podcast-1.0.dtd": "itunes",
    "google.com/schemas/play-podcasts/1.0": "itunes",
    "purl.org/rss/1.0/modules/slash": "slash",
    "wellformedweb.org/commentapi": "wfw",
    "purl.org/syndication/thread/1.0": "thr",
    "purl.org/atompub/tombstones/1.0": "at",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "prismstandard.org/namespaces/basic/2.0": "prism",
    "prismstandard.org/namespaces/1.2/basic": "prism",
    "purl.org/rss/1.0/modules/prism": "prism",
    "w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "w3.org/1999/xhtml": "xhtml",
}
ATOM_03: Final = "http://purl.org/atom/ns#"
RDF_ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
XML_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_NETSCAPE: Final = frozenset(["my.netscape.com/rdf/simple/0.9", "channel.netscape.com/rdf/simple/0.9"])


def namespace_key(uri: str) -> str:
    """The URI in the form in which `_PREFIXES` lists it."""
    key = uri.strip().lower()
    key = key.partition("://")[2] or key
    return key.removeprefix("www.").rstrip("/#")


def is_netscape(uri: str) -> bool:
    """True for the namespaces of RSS 0.90."""
    return namespace_key(uri) in _NETSCAPE


@lru_cache(maxsize=2048)
def short_name(tag: str) -> str:
    """`{uri}local` as `prefix:local` in lower case; of no or RSS's namespace: `local`; of an unknown one:
    `?:local`. A prefix that the file never bound stays as written."""
    if tag[:1] != "{":
        return tag.lower()[:64]
    uri, _, local = tag[1:].partition("}")
    local = local.lower()[:64]
    prefix = _PREFIXES.get(namespace_key(uri), "?")
    return f"{prefix}:{local}" if prefix else local
