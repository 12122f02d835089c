"""Reads the command lines that people mostly write, as argparse would, without loading it.

What is out of the ordinary (help, an error, an abbreviation, a verb with actions below it) is left to
`parser`, which reads the same table and says what is wrong. argparse with what it brings along takes 4 ms.
"""

from __future__ import annotations

from tui_news.cli.verbs import VERBS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from typing import Any


class Options:
    """The options of a command line as attributes, as argparse's Namespace has them."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)


class _UnusualError(Exception):
    """Something for argparse."""


class _Option:
    """An option or a positional argument, as `add_argument` describes it."""

    def __init__(
        self,
        *names: str,
        action: str = "store",
        nargs: str | None = None,
        default: Any = None,
        choices: Any = None,
        **rest: Any,
    ) -> None:
        self.type = rest.pop("type", None)
        self.name = next((name for name in names if name.startswith("--")), names[0]).lstrip("-")
        self.name = self.name.replace("-", "_")
        self.flag = action == "store_true"
        self.many = action == "append"
        self.nargs = nargs
        self.default = False if self.flag else default
        self.choices = choices
        self.usual = action in ("store", "store_true", "append") and rest.keys() <= {"help", "metavar"}

    def value(self, text: str) -> Any:
        found = text
        if self.type is not None:
            try:
                found = self.type(text)
            except Exception as error:
                raise _UnusualError from error
        if self.choices is not None and found not in self.choices:
            raise _UnusualError
        return found


class _Verb:
    """Takes what the table says of a verb, in place of argparse's parser."""

    def __init__(self) -> None:
        self.options: dict[str, _Option] = {}
        self.positional: list[_Option] = []
        self.fixed: dict[str, Any] = {}

    def add_argument(self, *names: str, **about: Any) -> None:
        option = _Option(*names, **about)
        if names[0].startswith("-"):
            self.options.update(dict.fromkeys(names, option))
        elif option.usual and option.nargs in (None, "?", "*", "+"):
            self.positional.append(option)
        else:
            raise _UnusualError

    def set_defaults(self, **fixed: Any) -> None:
        self.fixed.update(fixed)

    def add_subparsers(self, **about: Any) -> Any:
        raise _UnusualError

    def read(self, words: Sequence[str]) -> dict[str, Any]:
        """The values of one line. Raises `_UnusualError`."""
        found: dict[str, Any] = {
            option.name: option.default for option in (*self.options.values(), *self.positional)
        }
        found.update(self.fixed)
        plain: list[str] = []
        ended = False
        waiting = list(reversed(words))
        while waiting:
            word = waiting.pop()
            if not word.startswith("-") or word == "-":
                # Names on both sides of an option are more than argparse takes.
                if ended:
                    raise _UnusualError
                plain.append(word)
                continue
            ended = bool(plain)
            option, text = self._option(word)
            if option.flag:
                if text is not None:
                    raise _UnusualError
                found[option.name] = True
                continue
            if text is None:
                if not waiting or waiting[-1].startswith("-"):
                    raise _UnusualError
                text = waiting.pop()
            value = option.value(text)
            found[option.name] = [*(found[option.name] or []), value] if option.many else value
        self._place(plain, found)
        return found

    def _option(self, word: str) -> tuple[_Option, str | None]:
        """The option that a word names, and the value that it carries."""
        text: str | None = None
        name = word
        if word.startswith("--"):
            name, equals, value = word.partition("=")
            text = value if equals else None
        elif len(word) > 2:
            name, text = word[:2], word[2:]
        option = self.options.get(name)
        if option is None or not option.usual or option.nargs is not None or (text is not None and not text):
            raise _UnusualError
        if text is not None and not word.startswith("--") and (option.flag or not text.isalnum()):
            raise _UnusualError
        return option, text

    def _place(self, plain: list[str], found: dict[str, Any]) -> None:
        """Give the plain words to the positional arguments, of which only the last may take several."""
        if any(option.nargs is not None for option in self.positional[:-1]):
            raise _UnusualError
        for number, option in enumerate(self.positional):
            last = number == len(self.positional) - 1
            own = plain[number:] if last and option.nargs in ("*", "+") else plain[number : number + 1]
            if not own and option.nargs in (None, "+"):
                raise _UnusualError
            if option.nargs in ("*", "+"):
                if own or option.default is None:
                    found[option.name] = [option.value(word) for word in own]
            elif own:
                found[option.name] = option.value(own[0])
        taken = len(self.positional)
        if len(plain) > taken and not (self.positional and self.positional[-1].nargs in ("*", "+")):
            raise _UnusualError


def usual(arguments: Sequence[str]) -> Namespace | None:
    """The options of a command line, as `parser.parse_args` gives them; None where that is to read it."""
    if arguments[0] not in VERBS:
        return None
    verb: Any = _Verb()
    try:
        VERBS[arguments[0]][1](verb)
        options: Any = Options({"linear": False, **verb.read(arguments[1:])})
        found: Namespace = options
        return found
    except _UnusualError:
        return None
