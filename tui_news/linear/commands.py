"""What a line means: the letters of the app's keys, words, numbers, and help in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tui_news.i18n import _, mark
from tui_news.keys import ACTIONS, GROUPS, shown
from tui_news.linear import lists, marking, more, reading, sources, stories
from tui_news.linear.desk import Desk, Menu, RefusedError
from tui_news.linear.spoken import fact

Command = Callable[[Desk, str], None]


def help_(desk: Desk, text: str) -> None:
    """All commands, or what the one named behind it does."""
    if text:
        name, _rest = named(desk, text)
        desk.say(_entry(desk, name))
        return
    rows = [
        _("A number opens that headline, or chooses from the list that was said last."),
        _("Enter alone goes on: more headlines, the next page, then the next unread article."),
        _("Numbers behind a command say which headlines it means, as in “{key} 3 5-7”.",
          key=desk.key("star")),
    ]  # fmt: skip
    for group in GROUPS:
        rows.append(_("{name}:", name=_(group)))
        rows += [_entry(desk, each.id) for each in ACTIONS if each.group == group and each.id in COMMANDS]
    rows.append(_("In words only:"))
    rows += [fact(name, _(said)) for name, (_command, said) in WORDS.items()]
    desk.say_menu(Menu(_("Help"), rows))


COMMANDS: Mapping[str, Command] = {
    **lists.COMMANDS, **reading.COMMANDS, **sources.COMMANDS, **marking.COMMANDS, **more.COMMANDS,
    **stories.COMMANDS, "help": help_,
}  # fmt: skip
"""By the name of the action in `tui_news.keys`."""

WORDS: Mapping[str, tuple[Command, str]] = {
    "topics": (sources.topics, mark("what the news speak of more than before")),
    "find": (lists.search_all, mark("search all cached articles, also from an open one")),
    "web": (sources.search_web, mark("search the web for the words behind it")),
    "read": (reading.read_url, mark("read the page at the address behind it")),
    "page": (lists.page, mark("how many rows of a list are said at once")),
    "exit": (lists.leave, mark("quit from anywhere")),
}

SAID: Mapping[str, str] = {
    "down": mark("the next headline alone; in an article the next page"),
    "up": mark("the headline before; in an article the page before"),
    "open": mark("open the current headline, or the one with the number behind it"),
    "top": mark("the list or the article from its beginning"),
    "bottom": mark("the last headlines; in an article all that is left of it"),
    "page_up": mark("the headlines before those"),
    "links": mark("the links; a number behind it opens one, with “copy” or “read” copies or reads it"),
    "next_unread": mark("the next unread article"),
    "previous_unread": mark("the unread article before"),
    "browser": mark("open in the web browser, the current one or those with the numbers behind it"),
    "charset": mark("read the page again in the charset named behind it"),
    "outline": mark("the subheads of this article; a number goes there"),
    "search": mark("search all cached articles for the words behind it; in an article its text"),
    "filter": mark("this list narrowed to the words behind it"),
    "story": mark("who else tells this story; a number opens a report"),
    "fold_stories": mark("say each story once in this list, or each of its articles"),
    "tree": mark("all sections and sources; a number or a name behind it goes there"),
    "refresh": mark("ask this section for news, or the one named behind it"),
    "add": mark("follow the address behind it"),
    "catalog": mark("the catalogue of sources, narrowed by the words behind it"),
    "comments": mark("the comments on an article; “browser” behind it opens their page"),
    "note": mark("say your note on the article; words behind it become the note, a minus removes it"),
    "save": mark("save the article to the file behind it: .md, .html or .txt"),
    "copy": mark("copy the link, and say it"),
    "help": mark("this help; a command behind it says what that does"),
}
"""Help where it differs from the app's."""

ALIASES: Mapping[str, str] = {
    "next": "next_unread", "previous": "previous_unread", "next unread": "next_unread", "more": "",
    "sections": "tree", "section": "tree", "go": "tree", "go to": "tree", "bye": "exit",
    "mark read": "toggle_read", "mark all read": "mark_all", "full text": "full_text", "hot": "pieces",
    "catalogue": "catalog", "errors": "sources", "follow": "add", "url": "copy", "link": "copy",
    "stars": "starred", "whole": "bottom", "end": "bottom", "about": "info", "list": "top", "all": "bottom",
    "unread": "unread_only",
}  # fmt: skip

_BY_HELP = {action.id: action.help for action in ACTIONS}
_NUMBERED = re.compile(r"(\S)([0-9][0-9 ,\-]*)")


def _entry(desk: Desk, name: str) -> str:
    """A command in a line of help: its letter, its name and what it does."""
    letter, words = desk.key(name), name.replace("_", " ")
    said = _(SAID.get(name) or _BY_HELP[name]) if name in COMMANDS else _(WORDS[name][1])
    if name not in COMMANDS or letter == words:
        return fact(words, said)
    return _("{letter} or {words}: {said}", letter=letter, words=words, said=said)


def letters(desk: Desk) -> dict[str, str]:
    """The actions by their one-character keys, as the reader has set them."""
    found: dict[str, str] = {}
    for name, keys in desk.keys.items():
        for key in keys.split(","):
            if len(shown(key)) == 1:
                found.setdefault(shown(key), name)
    return found


def vocabulary() -> list[str]:
    """Every word that is a command, for completion."""
    return sorted({*(name.replace("_", " ") for name in COMMANDS), *WORDS, *ALIASES})


def named(desk: Desk, line: str) -> tuple[str, str]:
    """The command that a line begins with, and what stands behind it. Raises RefusedError for none."""
    first, _space, rest = line.partition(" ")
    by_letter = letters(desk)
    if not (line[0].isalnum() or line[0].isspace()):
        # `/rain` and `#3` need no space.
        first, rest = line[0], line[1:]
    elif match := _NUMBERED.fullmatch(line):
        first, rest = match[1], match[2]
    if len(first) == 1:
        name = by_letter.get(first, "")
        if name in COMMANDS:
            return name, rest.strip()
        if name:
            raise RefusedError(_("{letter} is for the screen only", letter=first))
    else:
        words = line.split()
        for count in range(min(3, len(words)), 0, -1):
            said = " ".join(words[:count]).replace("_", " ").replace("-", " ").casefold()
            name = ALIASES.get(said, said.replace(" ", "_"))
            if name in COMMANDS or name in WORDS or said == "more":
                return name, line.split(None, count)[count] if len(words) > count else ""
        begun = [word for word in vocabulary() if word.startswith(words[0].casefold())]
        whole = {ALIASES.get(word, word.replace(" ", "_")) for word in begun}
        if len(whole) == 1:
            return whole.pop(), rest.strip()
        if begun:
            raise RefusedError(_("“{word}” may be {choices}", word=words[0], choices=", ".join(begun[:6])))
    raise RefusedError(_("No command “{word}”. {key} says them all.", word=first, key=desk.key("help")))


def do(desk: Desk, line: str) -> None:
    """Do what a line says. Raises RefusedError, LeaveError, and what the newsroom raises."""
    line = line.strip()
    told, desk.told = desk.told, False
    if not line:
        desk.told = told
        lists.enter(desk, "")
    elif line.isdecimal():
        lists.number(desk, line)
    else:
        name, rest = named(desk, line)
        if not name:
            lists.enter(desk, "")
        else:
            (COMMANDS[name] if name in COMMANDS else WORDS[name][0])(desk, rest)
