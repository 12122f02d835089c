"""The one table of settings: key, kind, what is allowed, default and a line of help each."""

from __future__ import annotations

from tui_news.i18n import _, mark
from tui_news.text.clean import clean_line, clean_url, is_web_url
from tui_news.text.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass
    from typing import Any, Final, Literal, TypeAlias
else:
    from tui_news.records import dataclass

Value = bool | int | str | tuple[str, ...]
Kind: TypeAlias = "Literal['integer', 'flag', 'text', 'choice', 'words']"

SCOPES: Final = ("news", "web", "blogs", "audio", "pictures", "forum")
TERMS: Final = "{searchTerms}"
MAX_WORDS: Final = 32


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `least` and `most` bound an integer; `choices` names all of a choice's values."""

    key: str
    kind: Kind
    default: Value
    help: str
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    pattern: str = ""
    """What a text must match in full; empty for any text."""
    shape: str = ""
    """`pattern` in words."""

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        match self.kind:
            case "integer":
                return _("a whole number from {least} to {most}", least=self.least, most=self.most)
            case "flag":
                return _("true or false")
            case "choice":
                return _("one of {choices}", choices=", ".join(f'"{choice}"' for choice in self.choices))
            case "words":
                return _('a list of words such as ["mpv", "--no-video"]')
            case "text":
                return _(self.shape) if self.shape else _("a text")

    def check(self, value: Any) -> Value:
        """The value as the program uses it. Raises ValueError when it is not allowed."""
        if self.kind == "flag" and isinstance(value, bool):
            return value
        if self.kind == "integer" and isinstance(value, int) and not isinstance(value, bool):
            if self.least <= value <= self.most:
                return value
        elif self.kind == "choice" and isinstance(value, str):
            if value in self.choices:
                return value
        elif self.kind == "text" and isinstance(value, str):
            text = clean_line(value, 200)
            if text == value and (not self.pattern or late(self.pattern).fullmatch(text)):
                return text
        elif self.kind == "words":
            return words(value)
        raise ValueError(self.allowed)


def _integer(key: str, default: int, least: int, most: int, help_: str) -> Setting:
    return Setting(key, "integer", default, help_, least, most)


def _choice(key: str, default: str, choices: tuple[str, ...], help_: str) -> Setting:
    return Setting(key, "choice", default, help_, choices=choices)


SETTINGS: Final[tuple[Setting, ...]] = (
    _integer("refresh.interval", 60, 1, 100_000, "minutes between two refreshes of a source"),
    Setting("refresh.on_start", "flag", True, "refresh what is due when the program opens"),
    _integer("refresh.jobs", 16, 1, 128, "how many sources are asked at once"),
    _integer("refresh.per_host", 2, 1, 16, "how many of them on one host"),
    _integer("refresh.timeout", 30, 1, 600, "seconds that one source may take in all"),
    _integer("cache.days", 90, 1, 100_000, "days that articles are kept; starred and later ones stay"),
    _integer("cache.per_source", 500, 10, 1_000_000, "articles that are kept of one source"),
    _integer("cache.megabytes", 1_000, 10, 1_000_000, "megabytes of articles that are kept, the newest"),
    _integer("cache.per_feed", 500, 10, 100_000, "articles taken from one answer of a source"),
    Setting("ui.theme", "text", "ink", "colours; the command palette lists them",
            pattern=r"[\w-]{1,40}", shape=mark("a theme's name")),
    _choice("ui.preset", "default", ("default", "newsboat"), "which keys"),
    _choice("ui.start", "front", ("front", "last"), "what opens first: the front page, or the last section"),
    _integer("ui.split_from", 110, 20, 10_000, "columns from which list and article stand side by side"),
    _integer("ui.measure", 72, 20, 400, "columns of a line of text at most"),
    _choice("ui.density", "auto", ("auto", "one", "two", "cards"),
            "lines of a headline in lists; auto: two where the terminal has 30 lines or more, else one"),
    _choice("ui.fold", "auto", ("auto", "always", "never"),
            "whether articles of one story are one row in lists; auto: where a list has several sources"),
    Setting("ui.mouse", "flag", True, "use the mouse"),
    _choice("ui.changed", "mark", ("mark", "unread"), "what becomes of a read article whose text changes"),
    _choice("ui.mark_read", "open", ("open", "story", "never"),
            "when an article counts as read; story: when one of its story was opened, in lists that fold"),
    _choice("ui.linear", "auto", ("auto", "on", "off"),
            "prompts and numbered lists instead of a screen; auto: where there is no cursor to move"),
    Setting("ui.language", "text", "auto", "the language of the program: auto (the locale's), en, zh_CN …",
            pattern=r"[A-Za-z]{2,8}([_-][A-Za-z0-9]{2,8})*",
            shape=mark("auto, en, or a language such as zh_CN")),
    _choice("ui.slow", "auto", ("auto", "on", "off"),
            "the leaner screen for a slow line; auto: as it is measured at the start"),
    Setting("ui.ambiguous_wide", "flag", False, "characters of ambiguous width take two columns"),
    _integer("text.spacing", 0, 0, 2, "blank lines between the lines of an article"),
    _integer("text.margin", 2, 0, 40, "columns left free on both sides of an article at least"),
    Setting("text.justify", "flag", False, "make the lines of an article equally long"),
    Setting("text.hyphenate", "flag", False, "divide words at a line's end (needs the extra `hyphens`)"),
    _choice("text.bidi", "terminal", ("terminal", "reorder"), "who puts Hebrew and Arabic in order"),
    _choice("text.strike", "auto", ("auto", "line", "mark"), "struck-out text: by a line, or between ~~"),
    _choice("text.links", "auto", ("auto", "always", "never"),
            "whether a click in the terminal opens links (OSC 8)"),
    _choice("pictures.show", "auto", ("auto", "kitty", "sixel", "blocks", "never"), "how pictures are drawn"),
    Setting("save.folder", "text", "", "where articles are saved; empty: where the program was started"),
    _choice("save.format", "markdown", ("markdown", "html", "text"), "what a file without an ending is"),
    _choice("pipe.format", "text", ("text", "markdown", "html"), "what a command is given of an article"),
    Setting("sync.folder", "text", "", "a folder that your machines share: marks and notes meet there",
            pattern=r"[^\n]{0,200}", shape=mark("a folder's path; empty for none")),
    Setting("open.command", "words", (), "opens links; empty takes the system's own"),
    Setting("player.command", "words", (), "plays audio; empty takes the first player found"),
)  # fmt: skip

BY_KEY: Final = {setting.key: setting for setting in SETTINGS}

TABLES: Final = tuple(
    dict.fromkeys([setting.key.partition(".")[0] for setting in SETTINGS] + ["keys", "search"])
)


@dataclass(frozen=True, slots=True)
class WebSearch:
    """A search of the open web that answers with a feed: a URL template after OpenSearch 1.1. Without one it
    is that of the catalogue's searches which has this name."""

    name: str
    url: str
    scope: str = "web"

    @property
    def table(self) -> dict[str, str]:
        """It as a table of the file."""
        return {"name": self.name, "url": self.url, "scope": self.scope} if self.url else {"name": self.name}


def words(value: Any) -> tuple[str, ...]:
    """A command or keys as words, from a list of texts or one text. Raises ValueError for anything else."""
    if isinstance(value, str):
        import shlex

        try:
            value = shlex.split(value)
        except ValueError:
            raise ValueError(_("a text whose quotes are closed, or a list of words")) from None
    listed = isinstance(value, (list, tuple)) and len(value) <= MAX_WORDS
    if listed and all(isinstance(word, str) and word and clean_line(word, 500) == word for word in value):
        return tuple(value)
    raise ValueError(_("a list of words"))


def check_search(value: Any) -> WebSearch:
    """An entry of `search.web`. Raises ValueError with what is allowed."""
    if not isinstance(value, dict):
        raise ValueError(_("a table with name, url and scope"))
    if unknown := sorted(set(value) - {"name", "url", "scope"}):
        raise ValueError(_("name, url and scope only, not {unknown}", unknown=clean_line(unknown[0], 40)))
    url, name, scope = value.get("url"), value.get("name"), value.get("scope", "web")
    if set(value) == {"name"} and isinstance(name, str) and clean_line(name, 60):
        return WebSearch(clean_line(name, 60), "")
    if not isinstance(url, str) or TERMS not in url or not is_web_url(clean_url(url)):
        raise ValueError(_("a url that is http(s) and holds {terms}", terms=TERMS))
    if not isinstance(name, str) or not clean_line(name, 60):
        raise ValueError(_("a name, as a text"))
    if scope not in SCOPES:
        raise ValueError(_("a scope that is one of {scopes}", scopes=", ".join(SCOPES)))
    return WebSearch(clean_line(name, 60), clean_url(url), scope)


def parse_value(setting: Setting, text: str) -> Value:
    """What somebody typed on the command line, as a value. Raises ValueError with what is allowed."""
    text = text.strip()
    if setting.kind == "flag":
        lowered = text.lower()
        if lowered in ("true", "yes", "on", "1"):
            return True
        if lowered in ("false", "no", "off", "0"):
            return False
        raise ValueError(setting.allowed)
    if setting.kind == "integer":
        if not late(r"[+-]?[0-9]{1,9}").fullmatch(text):
            raise ValueError(setting.allowed)
        return setting.check(int(text))
    if setting.kind == "words":
        return words(text)
    return setting.check(text)
