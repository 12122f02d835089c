"""The portal: article pages in five layouts and ten editions, each with the truth of what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

from tests.newsroom.labels import LABELS, Labels
from tests.newsroom.layouts import LAYOUTS, Blocks, Piece, Sheet
from tests.newsroom.story import Story, write
from tests.newsroom.words import lexicon


@dataclass(frozen=True, slots=True)
class Edition:
    """A part of the portal, `/portal/<name>/`, in one language and encoding."""

    name: str
    language: str
    codec: str
    """Python's name for what the bytes are."""
    label: str
    """What `<meta>` says, in the publishers' words: gb2312 for gb18030."""
    encoding: str
    """The encoding's name in the WHATWG Encoding Standard."""


EDITIONS: tuple[Edition, ...] = (
    Edition("gb2312", "zh", "gb18030", "gb2312", "gb18030"),
    Edition("gb18030", "zh", "gb18030", "gb18030", "gb18030"),
    Edition("big5", "zh-TW", "big5hkscs", "big5", "big5"),
    Edition("shift_jis", "ja", "cp932", "Shift_JIS", "shift_jis"),
    Edition("utf-8", "zh", "utf-8", "utf-8", "utf-8"),
    Edition("euc-jp", "ja-jis", "euc_jp", "EUC-JP", "euc-jp"),
    Edition("euc-kr", "ko", "cp949", "euc-kr", "euc-kr"),
    Edition("en", "en", "utf-8", "utf-8", "utf-8"),
    Edition("ja", "ja", "utf-8", "utf-8", "utf-8"),
    Edition("ko", "ko", "utf-8", "utf-8", "utf-8"),
)
_BY_NAME = {edition.name: edition for edition in EDITIONS}


def edition(name: str) -> Edition:
    """The edition of a name. Raises KeyError for any other."""
    return _BY_NAME[name]


_ADDRESS = re.compile(r"/portal/([\w-]+)/(\d{8})/n(\d+)(?:_(\d+))?\.shtml")


def _blocks_as_printed(layout: str, story: Story) -> Blocks:
    """A story's blocks in a layout: the modern one makes real lists, whose items lose their dashes."""
    if layout != "modern":
        return story.blocks
    return [
        (kind, re.sub(r"^(——|・|▲ )", "", text) if kind == "item" else text) for kind, text in story.blocks
    ]


def _split(blocks: Blocks, count: int) -> list[Blocks]:
    size = -(-len(blocks) // count)
    return [blocks[start : start + size] for start in range(0, len(blocks), size)]


@dataclass(frozen=True)
class PortalArticle:
    """An article of the portal: a number in an edition decides everything about it."""

    edition: Edition
    number: int
    seed: int
    now: datetime
    base: str

    @cached_property
    def layout(self) -> str:
        return list(LAYOUTS)[self.number % 5]

    @cached_property
    def many(self) -> bool:
        """Whether it runs over several pages: every second round of the layouts."""
        return self.number // 5 % 2 == 1

    @cached_property
    def story(self) -> Story:
        """Written 7 to 90 minutes after the next one; every third opens with kicker and deck missing."""
        when = self.now - timedelta(minutes=31 * (self.number % 1000) + self.number % 7)
        story = write(
            self.edition.language,
            f"portal/{self.edition.name}/{self.number}",
            when,
            self.seed,
            paragraphs=11 if self.many else 6,
            rich=True,
        )
        return replace(story, kicker="", deck="") if self.number % 3 == 2 else story

    @cached_property
    def blocks(self) -> Blocks:
        """All that its pages print as text, with a second agency's item run on under every fourth."""
        blocks = list(_blocks_as_printed(self.layout, self.story))
        if self.number % 4 == 1:
            other = write(
                self.edition.language,
                f"portal/related/{self.number}",
                self.story.published,
                self.seed,
                paragraphs=2,
            )
            blocks += other.blocks
        return blocks

    @cached_property
    def labels(self) -> Labels:
        return LABELS[self.edition.language]

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of its pages."""
        stem = f"/portal/{self.edition.name}/{self.story.published:%Y%m%d}/n{self.number}"
        parts = len(_split(self.blocks, 3)) if self.many else 1
        return tuple(f"{stem}_{i}.shtml" if i else f"{stem}.shtml" for i in range(parts))

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The lists beside its text."""
        return make_pieces(self.edition, self.seed, f"{self.number % 3}")

    @property
    def authors(self) -> tuple[str, ...]:
        """The reporters that the page names: Korean datelines name the first only."""
        return self.story.authors[:1] if self.edition.language == "ko" else self.story.authors

    def page(self, index: int) -> bytes:
        """The bytes of page `index` from 0. Raises IndexError when it has no such page."""
        story, parts = self.story, _split(self.blocks, len(self.paths))
        others = [
            PortalArticle(self.edition, self.number + step, self.seed, self.now, self.base)
            for step in (1, 2, 3, 4)
        ]
        sheet = Sheet(
            labels=self.labels,
            language=story.language,
            charset=self.edition.label,
            url=self.base + self.paths[index],
            headline=story.headline,
            kicker="" if index else story.kicker,
            deck="" if index else story.deck,
            agency=story.agency,
            authors=self.authors,
            published=story.published,
            editor=story.editor if index == len(self.paths) - 1 else "",
            breadcrumb=story.section,
            tags=story.tags,
            place=story.place,
            blocks=parts[index],
            number=index + 1,
            pages=tuple(path.rpartition("/")[2] for path in self.paths),
            pieces=self.pieces,
            also=tuple((other.story.headline, other.paths[0]) for other in others),
        )
        return LAYOUTS[self.layout](sheet).encode(self.edition.codec)

    def header(self) -> str:
        """The Content-Type that its server sends: right, without charset, or (in every third of the legacy
        editions' articles) contradicting the page."""
        if self.edition.encoding == "utf-8" or self.number % 3 == 0:
            return f"text/html; charset={self.edition.label}"
        return "text/html" if self.number % 3 == 1 else "text/html; charset=iso-8859-1"

    def truth(self) -> dict[str, Any]:
        """What a reader of its pages should find. See `Newsroom.truth`."""
        story = self.story
        return {
            "url": self.base + self.paths[0],
            "pages": [self.base + path for path in self.paths],
            "edition": self.edition.name,
            "layout": self.layout,
            "language": story.language,
            "encoding": self.edition.encoding,
            "content_type": self.header(),
            "headline": story.headline,
            "kicker": story.kicker,
            "deck": story.deck,
            "agency": story.agency,
            "place": story.place,
            "authors": list(self.authors),
            "published": story.published.isoformat(),
            "editor": story.editor,
            "breadcrumb": list(story.section),
            "body": [text for _, text in self.blocks],
            "blocks": [[kind, text] for kind, text in self.blocks],
            "page_bodies": [[text for _, text in part] for part in _split(self.blocks, len(self.paths))],
            "not_body": not_body(self.labels, self.pieces, story.editor),
            "caption": self.labels.caption.format(story.place) if self.layout == "modern" else "",
            "pieces": [{"kind": p.kind, "label": p.label, "items": list(p.items)} for p in self.pieces],
        }


def not_body(labels: Labels, pieces: Sequence[Piece], editor: str) -> list[str]:
    """Strings of the page that must be in no article's text."""
    return [
        *labels.ads,
        *labels.comment,
        *labels.share,
        labels.next,
        labels.previous,
        labels.more,
        labels.also,
        labels.editor.format(editor),
        labels.searches,
        labels.tags,
        labels.ranking,
        labels.leisure,
        labels.directory,
        *labels.categories,
        "document.write",
        "Copyright",
        *(title.partition("|")[2] for piece in pieces if piece.kind == "blogs" for title in piece.items),
    ]


def make_pieces(edition: Edition, seed: int, variant: str) -> tuple[Piece, ...]:
    """The portal's lists: hot searches, blogs, hot tags, forum ranking, directory, light reading."""
    words, labels = lexicon(edition.language), LABELS[edition.language]
    rng = Random(f"{seed}|{edition.name}|{variant}|pieces")
    stem = f"/portal/{edition.name}"
    space = "" if words.joiner == "" else " "

    def headlines(count: int) -> list[str]:
        """Distinct headlines of stories that are nowhere else."""
        found: dict[str, None] = {}
        draw = 0
        while len(found) < count:
            story = write(edition.language, f"piece/{rng.random()}/{draw}", _ANY_TIME, seed, paragraphs=1)
            found[story.headline] = None
            draw += 1
        return list(found)

    phrases = [f"{place}{space}{thing}" for place in words.places for thing in words.things]
    searches = rng.sample(phrases, 8)
    blogs = [f"{rng.choice(words.people)}|{title}" for title in headlines(6)]
    ranking, leisure = headlines(8), headlines(4)

    def piece(kind: str, label: str, items: Sequence[str]) -> Piece:
        return Piece(kind, label, tuple(items), tuple(f"{stem}/{kind}/{i}" for i in range(1, len(items) + 1)))

    return (
        piece("searches", labels.searches, searches),
        piece("blogs", labels.blogs, blogs),
        piece("tags", labels.tags, words.tags),
        piece("ranking", labels.ranking, ranking),
        piece("directory", labels.directory, labels.categories),
        piece("leisure", labels.leisure, leisure),
    )


_ANY_TIME = datetime.fromisoformat("2007-09-01T19:34:00+08:00")

TRUTH_NUMBERS = range(9000, 9010)
"""The articles of an edition whose truth `Newsroom.truth` lists: five layouts, on one page and on many."""


class Portal:
    """All editions, for a seed, a time and an address."""

    def __init__(self, seed: int, now: datetime, base: str) -> None:
        self.seed, self.now, self.base = seed, now, base
        self._articles: dict[tuple[str, int], PortalArticle] = {}

    def article(self, edition: str, number: int) -> PortalArticle:
        """The article of that number. Raises KeyError when there is no such edition."""
        key = (edition, number)
        if key not in self._articles:
            self._articles[key] = PortalArticle(_BY_NAME[edition], number, self.seed, self.now, self.base)
        return self._articles[key]

    def find(self, path: str) -> tuple[PortalArticle, int] | None:
        """The article and page index that a path names, or None."""
        match = _ADDRESS.fullmatch(path)
        if match is None or match[1] not in _BY_NAME:
            return None
        article = self.article(match[1], int(match[3]))
        return (article, article.paths.index(path)) if path in article.paths else None

    def truth(self) -> list[dict[str, Any]]:
        """The truth of the articles that are meant for measuring."""
        return [
            self.article(edition.name, number).truth() for edition in EDITIONS for number in TRUTH_NUMBERS
        ]
