"""Subscription lists in OPML 1.0 and 2.0 (opml.org/spec2.opml): read as hostile text, written nested.

What comes in is bounded in size, holds no document type (and so no entities), is walked without
recursion, and yields http and https sources only; everything that was left out is said.
"""

from __future__ import annotations

import contextlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from tui_news.i18n import _
from tui_news.model import SectionPath, Source, SourceKind, source_id
from tui_news.sources.subscriptions import (
    ImportResult,
    canonical_url,
    import_sources,
    order,
    section_path,
    web_url,
)
from tui_news.sources.subscriptions.read import KINDS, MAX_DEPTH, MAX_SOURCES
from tui_news.text.clean import clean_line
from tui_news.text.decode import decode
from tui_news.text.halves import find_half, without_halves

__all__ = ["ImportResult", "OpmlResult", "import_sources", "read_opml", "write_opml"]

MAX_BYTES: Final = 8_000_000
MAX_AMPERSANDS: Final = 200_000
MAX_PROBLEMS: Final = 100
_PROLOGUE = re.compile(r"^\s*<\?xml\b[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.I)
_AMPERSAND = re.compile(
    r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)(?:([A-Za-z][A-Za-z0-9]{1,30});)?"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class OpmlResult:
    """What a list holds: its sources without doubles."""

    sources: list[Source] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What was left out, one line each."""
    notes: list[str] = field(default_factory=list)
    """What was mended or taken otherwise than it stands, one line each."""
    title: str = ""


def read_opml(data: bytes) -> OpmlResult:
    """Read a list. Never raises: a list that cannot be read has no sources and says why."""
    result = OpmlResult()
    if len(data) > MAX_BYTES:
        result.problems.append(
            _("the list is longer than {megabytes} MB and was not read", megabytes=MAX_BYTES // 1_000_000)
        )
        return result
    decoded = decode(data, kind="xml")
    if "\ufffd" in decoded.text:
        result.notes.append(
            _("some letters cannot be read as {charset} and are lost", charset=decoded.charset)
        )
    # The declaration speaks of bytes; what the parser gets is text.
    text = _PROLOGUE.sub("", decoded.text, count=1)
    if _DOCTYPE.search(text):
        result.problems.append(
            _(
                "the list declares a document type or entities, which can hide anything, and was refused; "
                "remove its <!DOCTYPE ...> and import it again"
            )
        )
        return result
    outlines = _parse(text, result)
    if not outlines.is_opml:
        result.problems[:] = [_("this is no OPML: it has no <opml> with outlines in it")]
        return result
    outlines.tell(result)
    if not result.sources and not result.problems:
        result.problems.append(_("the list names no source"))
    if (more := len(result.problems) - MAX_PROBLEMS) > 0:
        result.problems[MAX_PROBLEMS:] = [_("and {more} more that could not be taken", more=more)]
    return result


def _parse(text: str, result: OpmlResult) -> _Outlines:
    from lxml import etree

    def parse(source: str, recover: bool) -> _Outlines:
        outlines = _Outlines()
        # Events and no tree: lxml is quadratic in the attributes of a tree's element. "internal" knows
        # &amp; and its like; with no document type there are no others.
        parser = etree.XMLParser(
            target=outlines, resolve_entities=cast(bool, "internal"), no_network=True, load_dtd=False,
            recover=recover, huge_tree=True, encoding="utf-8",
        )  # fmt: skip
        etree.fromstring(source.encode("utf-8", "replace"), parser)
        return outlines

    try:
        return parse(text, False)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
    except UnicodeError:
        line = text.count("\n", 0, max(0, find_half(text))) + 1
    result.problems.append(
        _("line {line}: this is no well-formed XML; what could be read was taken", line=line)
    )
    text = without_halves(_NOT_XML.sub("", text))
    if text.count("&") <= MAX_AMPERSANDS:
        text = _AMPERSAND.sub(_escape, text)
    with contextlib.suppress(etree.XMLSyntaxError, UnicodeError):
        return parse(text, False)
    with contextlib.suppress(etree.XMLSyntaxError, UnicodeError):
        return parse(text, True)
    return _Outlines()


def _escape(match: re.Match[str]) -> str:
    """A bare & as `&amp;`; an entity that only HTML knows as its character."""
    if match[1]:
        char = html.unescape(match[0])
        if char != match[0]:
            return html.escape(char)
    return "&amp;" + match[0][1:]


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()


class _Outlines:
    """A parser's target: all outlines in their order, each in the section that those around it make."""

    def __init__(self) -> None:
        self.is_opml = False
        self._found = OpmlResult()
        self._seen: set[str] = set()
        self._doubles = self._deep = 0
        self._sections: list[SectionPath] = [()]
        self._title: list[str] | None = None

    def start(self, tag: str | bytes, attributes: Mapping[Any, Any]) -> None:
        name = _name(tag)
        section = self._sections[-1]
        if len(self._sections) == 1:
            self.is_opml = name == "opml"
        if name == "outline" and self.is_opml:
            section = self._outline({_name(key): value for key, value in attributes.items()}, section)
        elif name == "title" and not self._found.title:
            self._title = []
        self._sections.append(section)

    def end(self, tag: str | bytes) -> None:
        if len(self._sections) > 1:
            self._sections.pop()
        if self._title is not None:
            self._found.title = clean_line("".join(self._title), 200)
            self._title = None

    def data(self, data: str | bytes) -> None:
        if self._title is not None and len(self._title) < 100:
            self._title.append(str(data))

    def comment(self, text: str | bytes) -> None:
        """Comments say nothing."""

    def close(self) -> None:
        """What was found is kept."""

    def _outline(self, values: dict[str, str], section: SectionPath) -> SectionPath:
        """Take one outline in; the section of what is below it."""
        title = clean_line(values.get("title") or values.get("text") or "", 200)
        if "xmlurl" in values or ("url" in values and values.get("type", "").lower() in ("rss", *KINDS)):
            source = _source(values, title, section, self._found)
            if source and len(self._found.sources) < MAX_SOURCES:
                key = canonical_url(source.url)
                self._doubles += key in self._seen
                if key not in self._seen:
                    self._found.sources.append(source)
                self._seen.add(key)
            return section
        self._deep += bool(title) and len(section) == MAX_DEPTH
        return (*section, clean_line(title, 80))[:MAX_DEPTH] if title else section

    def tell(self, result: OpmlResult) -> None:
        """Add what was found to a result."""
        result.title = self._found.title
        result.sources += self._found.sources
        result.problems += self._found.problems
        if self._doubles:
            result.notes.append(_("{doubles} named twice; each was taken once", doubles=self._doubles))
        if self._deep:
            result.notes.append(
                _("sections nested deeper than {depth} were put into the one above", depth=MAX_DEPTH)
            )


def _source(values: dict[str, str], title: str, section: SectionPath, result: OpmlResult) -> Source | None:
    address = (values.get("xmlurl") or values.get("url") or "").strip()
    url = web_url(address)
    if not url:
        shown = clean_line(address, 100) or "(no address)"
        result.problems.append(
            _("{name}: only http and https are followed, not {address}", name=title or shown, address=shown)
        )
        return None
    kind = values.get("type", "").lower()
    tags: list[str] = []
    # OPML 2.0: `category` holds slash-delimited paths, or tags without a slash, separated by commas.
    for category in values.get("category", "")[:2_000].split(","):
        if category.strip().startswith("/"):
            section = section or section_path(category)
        elif tag := clean_line(category, 60):
            tags.append(tag)
    language = values.get("language", "")
    return Source(
        source_id(url),
        url,
        title if title != address else "",
        section,
        cast(SourceKind, kind) if kind in KINDS else "feed",
        language=language if _LANGUAGE.fullmatch(language) else "",
        home=web_url(values.get("htmlurl", "")),
        tags=tuple(dict.fromkeys(tags[:50])),
    )


def write_opml(
    sources: Iterable[Source], sections: Iterable[SectionPath] = (), title: str = "tui-news"
) -> bytes:
    """The sources as OPML 2.0, UTF-8, nested by section; the same sources give the same bytes.

    Pages and sitemaps are written with `type="page"` and `type="sitemap"`, which `read_opml` knows. A
    comma in a tag becomes a semicolon: OPML separates tags by commas. Addresses with a password in them
    are written without it.
    """
    from lxml import etree

    sources = list(sources)
    root = etree.Element("opml", {"version": "2.0"})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _xml(title)
    outlines: dict[SectionPath, etree._Element] = {(): etree.SubElement(root, "body")}
    own: dict[SectionPath, list[Source]] = {}
    for source in sources:
        own.setdefault(source.section, []).append(source)
    for path in ((), *order(tuple(sections), own)):
        if path:
            name = _xml(path[-1])
            outlines[path] = etree.SubElement(outlines[path[:-1]], "outline", {"text": name, "title": name})
        for source in own.get(path, ()):
            etree.SubElement(outlines[path], "outline", _attributes(source))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)


def _attributes(source: Source) -> dict[str, str]:
    url = _without_credentials(source.url)
    name = _xml(source.title) or url
    values = {"type": "rss" if source.kind == "feed" else source.kind, "text": name, "title": name}
    values["xmlUrl"] = url
    if source.home:
        values["htmlUrl"] = _xml(source.home)
    if source.language:
        values["language"] = _xml(source.language)
    if tags := [tag for item in source.tags if (tag := _xml(item.replace(",", ";").lstrip("/ ")))]:
        values["category"] = ",".join(tags)
    return values


def _without_credentials(url: str) -> str:
    """Exports hold no passwords."""
    return re.sub(r"^([A-Za-z]+://)[^/?#]*@", r"\1", _xml(url))


def _xml(text: str) -> str:
    """What XML 1.0 can hold (section 2.2)."""
    return _NOT_XML.sub("", text)
