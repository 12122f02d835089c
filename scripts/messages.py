#!/usr/bin/env python3
"""Bring the catalogues of `tui_news/i18n` in step with the program: new messages in, old ones out, compiled.

python scripts/messages.py             update every .po, compile every .mo, name what is untranslated
python scripts/messages.py --check     change nothing; exit 1 when something is out of step
python scripts/messages.py --new de    begin a catalogue for another language
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PACKAGE = ROOT / "tui_news"
CATALOGUES = PACKAGE / "i18n"
KEYWORDS = {"_": (0,), "mark": (0,), "many": (1, 2)}
"""The functions that take messages, and which of their arguments those are."""


ARGPARSE = (
    "usage: ", "options", "positional arguments", "show this help message and exit",
    "show program's version number and exit", "expected one argument", "expected at least one argument",
    "the following arguments are required: %s", "argument %(argument_name)s: %(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)", "invalid %(type)s value: %(value)r",
)  # fmt: skip
"""What argparse says, as far as it is the same in every Python."""


def messages() -> list[str | tuple[str, str]]:
    """Every message of the program: those in `_`, `mark` and `many`, and those of its tables."""
    found: dict[str | tuple[str, str], None] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in _in_code(ast.parse(path.read_text("utf-8"))):
            found[message] = None
    for text in _tables():
        found[text] = None
    plurals = {message[0] for message in found if isinstance(message, tuple)}
    return [message for message in found if isinstance(message, tuple) or message not in plurals]


def _in_code(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    """The messages in a module, also those inside f-strings, which babel's own search does not see."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            places = KEYWORDS[node.func.id]
            texts = [
                argument.value
                for argument in node.args[places[0] : places[-1] + 1]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
            if len(texts) == len(places):
                yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def _tables() -> Iterator[str]:
    """What stands in tables: actions, settings, and the command line's help."""
    from tui_news.cli.marks import MARKS
    from tui_news.cli.parser import parser
    from tui_news.config import SETTINGS
    from tui_news.keys import ACTIONS, GROUPS

    yield from ARGPARSE
    yield from ("verbs", "English")
    yield from GROUPS
    yield from (what for what, _changes in MARKS.values())
    for action in ACTIONS:
        yield action.help
        if action.command:
            yield action.command
    for setting in SETTINGS:
        yield setting.help
    waiting: list[argparse.ArgumentParser] = [parser()]
    while waiting:
        one = waiting.pop()
        yield from (text for text in (one.epilog,) if text)
        for group in one._action_groups:
            for each in group._group_actions:
                if each.help and each.help != argparse.SUPPRESS:
                    yield each.help
                if isinstance(each, argparse._SubParsersAction):
                    yield from (choice.help for choice in each._choices_actions if choice.help)
                    waiting.extend(each.choices.values())
    top = parser()
    if top.description:
        yield top.description


def updated(path: Path, wanted: list[str | tuple[str, str]]) -> Catalog:
    """A catalogue with exactly the wanted messages, translated as far as it was."""
    lines = path.read_bytes().splitlines(keepends=True)
    # A merge that git gave up leaves whole messages between its marks: both sides are kept.
    kept = [line for line in lines if not line.startswith((b"<<<<<<<", b"=======", b">>>>>>>"))]
    old = read_po(io.BytesIO(b"".join(kept)), locale=path.stem)
    new = _empty(path.stem)
    for message in sorted(wanted, key=lambda each: each if isinstance(each, str) else each[0]):
        key = message if isinstance(message, str) else message[0]
        known: Message | None = old.get(key)
        string = known.string if known else ""
        plural = isinstance(message, tuple)
        if plural != isinstance(string, tuple | list):
            string = ("",) * new.num_plurals if plural else ""
        new.add(message, string)
    return new


def _empty(language: str) -> Catalog:
    catalogue = Catalog(
        locale=language, project="tui-news", version="0", charset="utf-8", fuzzy=False,
        last_translator="The tui-news authors", language_team=language, msgid_bugs_address="none",
    )  # fmt: skip
    catalogue.header_comment = "# Messages of tui-news. `python scripts/messages.py` keeps this file in step."
    catalogue.revision_date = catalogue.creation_date = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as a .po: no line numbers and no wrapping, so that changes merge."""
    out = io.BytesIO()
    write_po(out, catalogue, no_location=True, width=0, omit_header=False)
    return out.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def contents(path: Path, data: bytes | None = None) -> dict[object, object]:
    """The messages of a .po or .mo without its header, which names the tool's version."""
    file = io.BytesIO(path.read_bytes() if data is None else data)
    found: dict[object, object] = {}
    if b"\n<<<<<<< " in file.getvalue():
        return found
    for message in read_po(file) if path.suffix == ".po" else read_mo(file):
        if message.id:
            key = message.id if isinstance(message.id, str) else tuple(message.id)
            found[key] = message.string if isinstance(message.string, str) else tuple(message.string)
    return found


def untranslated(catalogue: Catalog) -> list[str]:
    """The messages without a translation."""
    empty = []
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and not all(strings):
            empty.append(message.id if isinstance(message.id, str) else message.id[0])
    return empty


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--check", action="store_true")
    options.add_argument("--new", metavar="LANGUAGE")
    chosen = options.parse_args()
    if chosen.new:
        (CATALOGUES / f"{chosen.new}.po").write_bytes(as_po(_empty(chosen.new)))
    wanted = messages()
    code = 0
    for path in sorted(CATALOGUES.glob("*.po")):
        catalogue = updated(path, wanted)
        missing = untranslated(catalogue)
        print(f"{path.stem}: {len(wanted)} messages, {len(missing)} untranslated")
        for text in missing:
            print(f"  {text}")
        for target, data in ((path, as_po(catalogue)), (path.with_suffix(".mo"), as_mo(catalogue))):
            if not target.exists() or (
                target.read_bytes() != data and contents(target) != contents(target, data)
            ):
                if chosen.check:
                    print(f"  {target.name} is out of step; run scripts/messages.py")
                    code = 1
                else:
                    target.write_bytes(data)
    return code


if __name__ == "__main__":
    sys.exit(main())
