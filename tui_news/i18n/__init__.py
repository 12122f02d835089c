"""The program's messages in the reader's language: `_` for a message, `many` for one with a number.

English is what stands in the code and costs nothing: gettext and a catalogue are loaded only for another
language. A catalogue is `<language>.po` in this folder, compiled to `<language>.mo` beside it by
`scripts/messages.py`. Messages carry what varies as `{names}`; it is put in after the translation.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from gettext import GNUTranslations

AUTO, ENGLISH = "auto", "en"
_AT_HOME = os.path.dirname(os.path.abspath(__file__))

_catalogue: GNUTranslations | None = None
_language = ENGLISH


def _(text: str, /, **values: object) -> str:
    """A message in the reader's language, its `{names}` filled with `values`."""
    if _catalogue is not None:
        text = _catalogue.gettext(text)
    return text.format(**values) if values else text


def many(count: int, one: str, other: str, /, **values: object) -> str:
    """A message with a number: `one` for 1, `other` for all else, as English has it; `{count}` is it."""
    text = one if count == 1 else other
    if _catalogue is not None:
        text = _catalogue.ngettext(one, other, count)
    return text.format(count=count, **values)


def counted(*parts: tuple[int, str]) -> list[str]:
    """Of some numbers and what is said of each, what is said of those that are not 0."""
    return [text for count, text in parts if count]


def mark(text: str) -> str:
    """A message that is translated later, where it is shown; here it is only named as one."""
    return text


def language() -> str:
    """The language in use: `en`, or a catalogue's name such as `zh_CN`."""
    return _language


def languages() -> tuple[str, ...]:
    """All languages that there are, English first."""
    found = sorted(name[:-3] for name in os.listdir(_AT_HOME) if name.endswith(".mo"))
    return (ENGLISH, *found)


def use(choice: str = AUTO, environment: Mapping[str, str] | None = None) -> str:
    """Speak a language from now on: one by its name, or `auto` for the one of the reader's locale. English
    when there is no such catalogue, or it cannot be read. Gives the language's name."""
    global _catalogue, _language
    wanted = [choice] if choice != AUTO else preferred(os.environ if environment is None else environment)
    for name in wanted:
        found = _find(name)
        if found == _language:
            return _language
        if found == ENGLISH:
            break
        if found:
            from gettext import GNUTranslations

            try:
                with open(os.path.join(_AT_HOME, found + ".mo"), "rb") as file:
                    _catalogue, _language = GNUTranslations(file), found
            except (OSError, ValueError, UnicodeDecodeError):
                continue
            return _language
    _catalogue, _language = None, ENGLISH
    return _language


def preferred(environment: Mapping[str, str]) -> list[str]:
    """The languages of a locale, best first (POSIX: LC_ALL, LC_MESSAGES, LANG; GNU: LANGUAGE before them,
    unless the locale is C)."""
    locale = next((own for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (own := environment.get(name))), "")
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return [ENGLISH]
    return [*filter(None, environment.get("LANGUAGE", "").split(":")), locale]


def _find(name: str) -> str:
    """The catalogue for a locale's name; any Chinese takes the one Chinese catalogue there is, and so on."""
    wanted = name.partition(".")[0].partition("@")[0].replace("-", "_")
    short = wanted.partition("_")[0].lower()
    if short == ENGLISH:
        return ENGLISH
    if not short.isalpha():
        return ""
    if os.path.exists(os.path.join(_AT_HOME, wanted + ".mo")):
        return wanted
    return next((own for own in languages()[1:] if own.partition("_")[0].lower() == short), "")


def names() -> dict[str, str]:
    """All languages by what they are called in themselves, which a catalogue says in place of `English`."""
    from gettext import GNUTranslations

    found = {ENGLISH: "English"}
    for name in languages()[1:]:
        try:
            with open(os.path.join(_AT_HOME, name + ".mo"), "rb") as file:
                found[name] = GNUTranslations(file).gettext("English")
        except (OSError, ValueError):
            continue
    return found
