"""The catalogue of well-known sources: by category and language, to browse, search and follow.

The data is in two files beside this one, read when first asked for: `catalog_first.toml` holds what a
reader starts with, `catalog.toml` all else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from tui_news.model import SectionPath, Source, SourceKind, source_id

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

CATEGORIES: Final = (
    "news", "technology", "science", "business", "sport", "culture", "leisure", "blogs", "podcasts",
    "discussion",
)  # fmt: skip

LANGUAGES: Final[Mapping[str, str]] = {
    "en": "English",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "ja": "日本語",
    "ko": "한국어",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
}
"""Languages of the catalogue, each under its own name."""

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("World", "Technology", "Science", "Business", "Sport", "Culture", "Leisure", "Blogs", "Podcasts",
           "Discussion"),
    "zh-Hans": ("新闻", "科技", "科学", "财经", "体育", "文化", "休闲", "博客", "播客", "讨论"),
    "zh-Hant": ("新聞", "科技", "科學", "財經", "體育", "文化", "休閒", "部落格", "播客", "討論"),
    "ja": ("ニュース", "テクノロジー", "サイエンス", "経済", "スポーツ", "カルチャー", "くらし", "ブログ",
           "ポッドキャスト", "話題"),
    "ko": ("뉴스", "기술", "과학", "경제", "스포츠", "문화", "여가", "블로그", "팟캐스트", "토론"),
    "de": ("Nachrichten", "Technik", "Wissen", "Wirtschaft", "Sport", "Kultur", "Freizeit", "Blogs",
           "Podcasts", "Diskussion"),
    "fr": ("Actualités", "Technologie", "Sciences", "Économie", "Sport", "Culture", "Loisirs", "Blogs",
           "Podcasts", "Débats"),
    "es": ("Noticias", "Tecnología", "Ciencia", "Economía", "Deporte", "Cultura", "Ocio", "Blogs", "Podcasts",
           "Debate"),
}  # fmt: skip
"""The section of a category, in the order of `CATEGORIES`, under the name that its language gives it."""


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A source that can be followed."""

    name: str
    url: str
    home: str
    category: str
    language: str
    description: str
    kind: SourceKind = "feed"
    default: bool = False
    """Part of what a reader of its language starts with."""
    section: SectionPath = ()
    """Where it goes when it is followed."""

    @property
    def id(self) -> str:
        """The id that it has as a source."""
        return source_id(self.url)

    def source(self) -> Source:
        """The source to follow."""
        return Source(
            self.id, self.url, self.name, self.section, self.kind, language=self.language, home=self.home
        )


def _read(name: str, *, default: bool) -> tuple[CatalogEntry, ...]:
    """The entries of one of the two files."""
    from tui_news.config.toml_text import parse

    text = Path(__file__).with_name(name).read_text("utf-8")
    entries: list[CatalogEntry] = []
    for data in parse(text)["entry"]:
        category, language = data["category"], data["language"]
        path = data.get("section") or SECTIONS[language][CATEGORIES.index(category)]
        entries.append(
            CatalogEntry(
                data["name"],
                data["url"],
                data["home"],
                category,
                language,
                data["description"],
                cast(SourceKind, data.get("kind", "feed")),
                default,
                tuple(path.split("/")),
            )
        )
    return tuple(entries)


@cache
def first_entries() -> tuple[CatalogEntry, ...]:
    """The entries that readers start with, of all languages."""
    return _read("catalog_first.toml", default=True)


@cache
def catalog() -> tuple[CatalogEntry, ...]:
    """All entries by language and category, those that readers start with first in each."""
    languages = tuple(LANGUAGES)
    entries = [*first_entries(), *_read("catalog.toml", default=False)]
    entries.sort(key=lambda entry: (languages.index(entry.language), CATEGORIES.index(entry.category)))
    return tuple(entries)


def search_catalog(
    query: str = "", language: str | None = None, category: str | None = None
) -> tuple[CatalogEntry, ...]:
    """Entries that hold all words of the query, those with one in their name first.

    `language` takes "zh" for both ways of writing Chinese; None means any.
    """
    terms = query.casefold().split()
    found: list[tuple[int, CatalogEntry]] = []
    for entry in catalog():
        if category and entry.category != category:
            continue
        if language and entry.language != language and entry.language.partition("-")[0] != language:
            continue
        name = entry.name.casefold()
        text = " ".join(
            (name, entry.description, entry.url, entry.home, entry.category, LANGUAGES[entry.language])
        )
        text = text.casefold()
        if all(term in text for term in terms):
            found.append((0 if any(term in name for term in terms) else 1, entry))
    found.sort(key=lambda pair: pair[0])
    return tuple(entry for _, entry in found)


def locale_language(environment: Mapping[str, str] | None = None) -> str:
    """The catalogue's language for the reader's locale (POSIX: LC_ALL, LC_MESSAGES, LANG); "en" else."""
    environment = os.environ if environment is None else environment
    value = next((own for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (own := environment.get(name))), "")
    name = value.partition(".")[0].partition("@")[0].replace("-", "_").lower()
    language, _, rest = name.partition("_")
    if language == "zh":
        return "zh-Hant" if set(rest.split("_")) & {"tw", "hk", "mo", "hant"} else "zh-Hans"
    return language if language in LANGUAGES else "en"


def default_selection(language: str | None = None) -> tuple[Source, ...]:
    """What a reader starts with: the language's own default sources first, then the English ones."""
    wanted = language or locale_language()
    defaults = [entry for entry in first_entries() if entry.language in (wanted, "en")]
    defaults.sort(key=lambda entry: entry.language != wanted)
    return tuple(entry.source() for entry in defaults)
