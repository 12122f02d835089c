"""The catalogue of well-known sources: by category and language, to browse, search and follow.

The data is in files beside this one, read when first asked for: `catalog_first.toml` holds what a reader
starts with, `catalog.toml` all other sources, `catalog_searches.toml` searches of the open web.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from tui_news.i18n import mark
from tui_news.model import SectionPath, Source, SourceKind, source_id

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

CATEGORIES: Final = (
    "news", "technology", "science", "business", "sport", "culture", "leisure", "blogs", "podcasts",
    "discussion",
)  # fmt: skip

SEARCHES: Final = "searches"
"""The category of the searches, which stands behind those of the sources."""

CATEGORY_NAMES: Final[Mapping[str, str]] = {
    "news": mark("news"),
    "technology": mark("technology"),
    "science": mark("science"),
    "business": mark("business"),
    "sport": mark("sport"),
    "culture": mark("culture"),
    "leisure": mark("leisure"),
    "blogs": mark("blogs"),
    "podcasts": mark("podcasts"),
    "discussion": mark("discussion"),
    SEARCHES: mark("searches"),
}
"""What lists call them, to be translated."""

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
    """A source that can be followed, or a search that can be asked."""

    name: str
    url: str
    """Of a search, the template of its address."""
    home: str
    category: str
    language: str
    description: str
    kind: SourceKind | Literal["search"] = "feed"
    default: bool = False
    """Part of what a reader of its language starts with."""
    section: SectionPath = ()
    """Where it goes when it is followed."""
    scope: str = ""
    """What a search finds: news, web, blogs, audio, pictures or forum."""

    @property
    def id(self) -> str:
        """The id that it has as a source."""
        return source_id(self.url)

    def source(self) -> Source:
        """The source to follow. Raises ValueError for a search, which is one only with words to search."""
        if self.kind == "search":
            raise ValueError(self.name)
        return Source(
            self.id, self.url, self.name, self.section, self.kind, language=self.language, home=self.home
        )


def _read(name: str, *, default: bool) -> tuple[CatalogEntry, ...]:
    """The entries of one of the two files."""
    entries: list[CatalogEntry] = []
    for data in _tables(name, "entry"):
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


def _tables(name: str, table: str) -> list[dict[str, Any]]:
    from tui_news.config.toml_text import parse

    found: list[dict[str, Any]] = parse(Path(__file__).with_name(name).read_text("utf-8"))[table]
    return found


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


@cache
def searches() -> tuple[CatalogEntry, ...]:
    """The searches of the open web, by language and scope."""
    return tuple(
        CatalogEntry(
            data["name"], data["url"], data["home"], SEARCHES, data["language"], data["description"],
            "search", bool(data.get("default")), scope=data["scope"],
        )
        for data in _tables("catalog_searches.toml", "search")
    )  # fmt: skip


def default_searches(language: str | None = None) -> tuple[CatalogEntry, ...]:
    """The searches that a reader asks who has set none: those of the language, and the English ones."""
    wanted = language or locale_language()
    chosen = [entry for entry in searches() if entry.default and entry.language in (wanted, "en")]
    chosen.sort(key=lambda entry: entry.language != wanted)
    return tuple(chosen)


def search_catalog(
    query: str = "", language: str | None = None, category: str | None = None
) -> tuple[CatalogEntry, ...]:
    """Sources and searches that hold all words of the query, those with one in their name first.

    `language` takes "zh" for both ways of writing Chinese; None means any.
    """
    terms = query.casefold().split()
    found: list[tuple[int, CatalogEntry]] = []
    for entry in (*catalog(), *searches()):
        if category and category not in (entry.category, entry.scope):
            continue
        if language and entry.language != language and entry.language.partition("-")[0] != language:
            continue
        name = entry.name.casefold()
        text = " ".join(
            (
                name,
                entry.description,
                entry.url,
                entry.home,
                entry.category,
                entry.scope,
                LANGUAGES[entry.language],
            )
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
