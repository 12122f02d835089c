"""The one table of actions: their keys in each preset, what they do, and where help lists them.

Bindings, help, the command palette, the hints in the status line and the commands of linear mode are all
made from it.
"""

from __future__ import annotations

from tui_news.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does. `id` is its name in `config.toml` under `[keys]`."""

    id: str
    keys: str
    """Default keys, separated by commas, in Textual's names."""
    help: str
    group: str
    newsboat: str = ""
    """Keys in the preset `newsboat`, where they differ."""
    command: str = ""
    """Its name in the command palette; empty for plain movements."""
    sheet: bool = False
    """It acts in the sheets over the browser (tree, sources, catalogue): there, and only there, its key is
    its own."""
    where: str = ""
    """The screen of its own on which it acts, so that its key may mean another thing in the browser."""


GROUPS = (
    "Move", "Read", "Mark", "Sections and lists", "News and sources", "In sheets", "Front page", "Comments",
    "Program",
)  # fmt: skip

ACTIONS: tuple[Action, ...] = (
    Action("down", "j,down", "one line or headline down", "Move"),
    Action("up", "k,up", "one line or headline up", "Move"),
    Action("back", "escape,h,left", "back to the list, close", "Move"),
    Action("open", "enter,l,right", "open the article", "Move"),
    Action("top", "g,home", "to the top", "Move"),
    Action("bottom", "G,end", "to the end", "Move"),
    Action("half_down", "ctrl+d", "half a page down", "Move"),
    Action("half_up", "ctrl+u", "half a page up", "Move"),
    Action("page_down", "pagedown,ctrl+f", "a page down", "Move"),
    Action("page_up", "pageup,ctrl+b", "a page up", "Move"),
    Action("space", "space", "a page on, then the next unread article", "Move"),
    Action("next_unread", "n", "next unread, or next hit of a search in the text", "Read"),
    Action("previous_unread", "p", "previous unread, or previous hit", "Read"),
    Action("next_article", "J", "next article", "Read"),
    Action("previous_article", "K", "previous article", "Read"),
    Action("browser", "o", "open in the web browser", "Read", command="Open in the web browser"),
    Action("links", "number_sign", "open a link by its number", "Read", command="Open a link by number"),
    Action("hints", "semicolon", "choose a link on screen by its letters", "Read",
           command="Choose a link by its letters"),
    Action("copy", "y", "copy the link (also over SSH)", "Read", command="Copy the link"),
    Action("full_text", "F", "fetch the full text from the page", "Read", command="Fetch the full text"),
    Action("charset", "X", "read the page again in another charset", "Read",
           command="Read the page in another charset"),
    Action("prefetch", "D", "fetch the full texts of the next unread articles", "Read",
           command="Fetch the next unread articles"),
    Action("outline", "O", "the subheads of this article, to jump to", "Read",
           command="Outline of this article"),
    Action("changes", "B", "what was before: changes since you read it, or the article again", "Read",
           newsboat="Y", command="What changed since I read it"),
    Action("info", "i", "about this article: source, dates, charset", "Read", command="About this article"),
    Action("comments", "c", "the comments, as a thread", "Read", command="Read the comments"),
    Action("play", "P", "play the audio enclosure", "Read", command="Play the audio enclosure"),
    Action("wider", "plus,equals_sign", "wider text", "Read", command="Wider text"),
    Action("narrower", "minus", "narrower text", "Read", command="Narrower text"),
    Action("smaller_margins", "left_curly_bracket", "smaller margins", "Read", command="Smaller margins"),
    Action("larger_margins", "right_curly_bracket", "larger margins", "Read", command="Larger margins"),
    Action("spacing", "underscore", "none, one or two blank lines between lines", "Read",
           command="Line spacing"),
    Action("table_right", "shift+right,full_stop", "a table wider than the window: a column on", "Read",
           command="Table: a column on"),
    Action("table_left", "shift+left,comma", "a column back, at last row by row", "Read",
           command="Table: a column back"),
    Action("focus_mode", "z", "only the text, or all again", "Read", command="Focus mode"),
    Action("save", "w", "save as Markdown, HTML or text", "Read", command="Save the article"),
    Action("pipe", "vertical_line", "pipe the article to a command", "Read",
           command="Pipe the article to a command"),
    Action("qr", "Q", "the link as a QR code", "Read", command="Show the link as a QR code"),
    Action("pictures", "I", "look at the pictures (fetched only then)", "Read",
           command="Look at the pictures"),
    Action("star", "s", "star or unstar", "Mark", command="Star or unstar"),
    Action("later", "L", "keep for later, or no longer", "Mark", command="Keep for later"),
    Action("toggle_read", "m", "read or unread", "Mark", newsboat="N", command="Mark read or unread"),
    Action("mark_all", "A", "mark all in this list read", "Mark", command="Mark all in this list read"),
    Action("note", "N", "your own note on this article", "Mark", newsboat="B", command="Write a note"),
    Action("debate", "d", "put up for debate (设为辩论话题), or take off", "Mark",
           command="Put up for debate, or take off"),
    Action("undo", "u", "undo the last mark (also after a restart)", "Mark", command="Undo the last mark"),
    Action("front", "0", "the front page", "Sections and lists", command="Front page"),
    Action("story", "ampersand", "all reports of this story, side by side", "Sections and lists",
           command="Story: who else tells it"),
    Action("why", "W", "why this stands here", "Sections and lists", command="Why here?"),
    Action("catch_up", "E", "catch up: what is new since you last looked", "Sections and lists",
           command="Catch up"),
    Action("topics", "T", "hot topics and tags", "Sections and lists", command="Hot topics and tags"),
    Action("follow_topic", "M", "follow or mute a topic or tag", "Sections and lists",
           command="Follow or mute a topic"),
    Action("next_section", "tab", "next section", "Sections and lists"),
    Action("previous_section", "shift+tab", "previous section", "Sections and lists"),
    Action("next_subsection", "right_square_bracket", "next subsection", "Sections and lists"),
    Action("previous_subsection", "left_square_bracket", "previous subsection", "Sections and lists"),
    Action("tree", "t", "all sections and sources", "Sections and lists", command="Go to section or source"),
    Action("starred", "apostrophe", "starred ones, kept for later, up for debate, all", "Sections and lists",
           command="Starred"),
    Action("next_site", "S", "next site: the newspaper of another group of sources", "Sections and lists",
           command="Next site"),
    Action("unread_only", "U", "only unread, or all", "Sections and lists", newsboat="l",
           command="Show only unread, or all"),
    Action("filter", "f", "filter this list", "Sections and lists", newsboat="F", command="Filter this list"),
    Action("search", "slash", "search: all cached articles by scope, the web, or in the open text",
           "Sections and lists", command="Search"),
    Action("scope", "tab", "while searching: next scope (新闻 网页 博客 音乐 图片 说吧)",
           "Sections and lists", where="search"),
    Action("scope_back", "shift+tab", "while searching: scope before", "Sections and lists", where="search"),
    Action("ask_web", "ctrl+o", "while searching: ask the web, in this scope", "Sections and lists",
           where="search"),
    Action("save_search", "b", "keep this search or filter as a section", "Sections and lists",
           command="Keep this search as a section"),
    Action("rule", "Z", "a rule from this article: hide, mark or tag its like", "Sections and lists",
           command="A rule from this article"),
    Action("fold_stories", "V", "each story in one row, or each of its articles", "Sections and lists",
           command="Fold stories in this list, or unfold"),
    Action("unfold", "z", "in a list: the reports of a story below it, or folded again",
           "Sections and lists", where="list"),
    Action("density", "v", "one line, two lines or cards", "Sections and lists",
           command="Change list density"),
    Action("refresh", "r", "refresh this section or source", "News and sources",
           command="Refresh this section"),
    Action("refresh_all", "R", "refresh all", "News and sources", command="Refresh all sources"),
    Action("older", "less_than_sign", "older headlines of this page (更多, next page)", "News and sources",
           command="Older headlines of this page"),
    Action("pieces", "H", "hot searches, rankings and tags that this page prints", "News and sources",
           command="Hot searches and rankings of this page"),
    Action("stop", "x", "stop refreshing", "News and sources", command="Stop refreshing"),
    Action("sources", "e", "sources: state and errors", "News and sources",
           command="Sources: state and errors"),
    Action("catalog", "C", "source catalogue", "News and sources", command="Source catalogue"),
    Action("add", "a", "add a source by its address; follow a search of the web", "News and sources",
           command="Add a source"),
    Action("narrow", "slash,f", "narrow the list down", "In sheets", sheet=True),
    Action("move_up", "K", "a section or source up among its neighbours", "In sheets", sheet=True),
    Action("move_down", "J", "a section or source down among its neighbours", "In sheets", sheet=True),
    Action("rename", "n", "another name for a section or source", "In sheets", sheet=True),
    Action("move_to", "m", "into another section", "In sheets", sheet=True),
    Action("new_section", "a", "a new section in this one", "In sheets", sheet=True),
    Action("site", "S", "the site (edition) of a source, or of all in a section", "In sheets", sheet=True),
    Action("pause", "x", "pause a source, or ask it again", "In sheets", sheet=True),
    Action("remove", "D,delete", "remove a source or section; asks once", "In sheets", sheet=True),
    Action("take_back", "u", "undo the last change of sections and sources", "In sheets", sheet=True),
    Action("category", "c", "next category of the catalogue", "In sheets", sheet=True),
    Action("language", "L", "next language of the catalogue", "In sheets", sheet=True),
    Action("palette", "colon,ctrl+p", "all commands", "Program"),
    Action("theme", "ctrl+t", "next theme", "Program", command="Next theme"),
    Action("help", "question_mark", "this help", "Program", command="Help"),
    Action("redraw", "ctrl+l", "draw the screen again", "Program", command="Draw the screen again"),
    Action("suspend", "ctrl+z", "to the shell; `fg` there comes back", "Program"),
    Action("quit", "q", "back, or quit", "Program", command="Quit"),
    Action("column_left", "h,left", "the column on the left, else back", "Front page", where="front"),
    Action("column_right", "l,right", "the column on the right, else open", "Front page", where="front"),
    Action("next_block", "tab", "next block of the page, then the next section", "Front page", where="front"),
    Action("previous_block", "shift+tab", "previous block of the page", "Front page", where="front"),
    Action("fold", "z", "fold or unfold a comment with its answers (Enter too)", "Comments", where="thread"),
    Action("fold_all", "Z", "fold all answers, or unfold all", "Comments", where="thread"),
    Action("next_sibling", "J", "next comment at this level", "Comments", where="thread"),
    Action("previous_sibling", "K", "previous comment at this level", "Comments", where="thread"),
    Action("parent", "P", "the comment that this one answers", "Comments", where="thread"),
    Action("next_new", "n", "next comment that is new since your last visit", "Comments", where="thread"),
    Action("previous_new", "p", "previous new comment", "Comments", where="thread"),
    Action("write", "w", "write a comment on the article", "Comments", where="thread"),
    Action("answer", "a", "answer this comment", "Comments", where="thread"),
    Action("finish", "ctrl+s", "written: save a note, look at what a comment would send", "Comments",
           where="write"),
    Action("editor", "ctrl+o", "go on writing in your editor ($EDITOR)", "Comments", where="write"),
)  # fmt: skip

BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}

# In the preset `newsboat` a letter that newsboat uses otherwise is free for it.
_NEWSBOAT_FREES = {"open": "enter,right", "full_text": "ctrl+o"}

SHOWN = {
    "slash": "/", "question_mark": "?", "colon": ":", "number_sign": "#", "apostrophe": "'",
    "right_square_bracket": "]", "left_square_bracket": "[", "plus": "+", "equals_sign": "=",
    "minus": "-", "space": "Space", "escape": "Esc", "enter": "Enter", "tab": "Tab", "shift+tab": "Shift-Tab",
    "shift+left": "Shift-←", "shift+right": "Shift-→",
    "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End", "down": "↓", "up": "↑", "left": "←",
    "right": "→", "less_than_sign": "<", "greater_than_sign": ">", "full_stop": ".", "comma": ",",
    "semicolon": ";", "exclamation_mark": "!", "at": "@", "dollar_sign": "$", "percent_sign": "%",
    "asterisk": "*", "ampersand": "&",
    "tilde": "~", "underscore": "_", "vertical_line": "|", "backslash": "\\",
    "left_curly_bracket": "{", "right_curly_bracket": "}",
}  # fmt: skip
_NAMED = {shown: name for name, shown in SHOWN.items() if len(shown) == 1 and not shown.isalpha()}


def shown(key: str) -> str:
    """A key as help prints it."""
    if key in SHOWN:
        return SHOWN[key]
    if key.startswith("ctrl+"):
        return "Ctrl-" + key[5:]
    return key


IN_SHEETS = (
    "down", "up", "top", "bottom", "half_down", "half_up", "page_down", "page_up", "space", "open", "back",
    "quit",
)  # fmt: skip
"""Actions of the browser that mean the same in every sheet."""


def meet(one: Action, other: Action) -> bool:
    """Whether two actions can be asked for at the same place, so that they must not share a key."""
    if {"front", "list"} & {one.where, other.where}:
        # Front page and list lie in the browser and take their keys before it.
        return one.where == other.where
    return (
        (one.sheet, one.where) == (other.sheet, other.where) or one.id in IN_SHEETS or other.id in IN_SHEETS
    )


def named(key: str) -> str:
    """A key as a reader may write it in `config.toml` (`?`, `Ctrl-d`, `G`) in Textual's name."""
    key = key.strip()
    if key in _NAMED:
        return _NAMED[key]
    lowered = key.lower()
    for prefix in ("ctrl-", "c-", "^"):
        if lowered.startswith(prefix) and len(key) > len(prefix):
            return "ctrl+" + lowered[len(prefix) :]
    by_name = {text.lower(): name for name, text in SHOWN.items() if len(text) > 1}
    return by_name.get(lowered, key)


def resolve(preset: str, own: Mapping[str, Iterable[str]]) -> tuple[dict[str, str], list[str]]:
    """The keys of each action, and problems with the reader's own ones, one line each.

    `own` maps action ids to keys from `config.toml`; a key given to one action is taken from the others
    that the same screen has.
    """
    keys = {action.id: action.keys for action in ACTIONS}
    if preset == "newsboat":
        keys.update(_NEWSBOAT_FREES)
        keys.update({action.id: action.newsboat for action in ACTIONS if action.newsboat})
    problems: list[str] = []
    for name, wanted in own.items():
        if name not in BY_ID:
            problems.append(_("config.toml: keys.{name} is no action; `?` in the app lists them", name=name))
            continue
        chosen = [named(key) for key in wanted if key.strip()]
        for other, theirs in keys.items():
            left = [key for key in theirs.split(",") if key not in chosen]
            if other != name and meet(BY_ID[name], BY_ID[other]) and len(left) < len(theirs.split(",")):
                keys[other] = ",".join(left)
        keys[name] = ",".join(chosen)
    return keys, problems
