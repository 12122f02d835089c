"""A small newspaper for the painter's tests: a list by the line API, an article, a field, a dialog.

Run as a program (`python -m tests.ui.painter_app [theme]`) it is the thing that the PTY tests drive.
"""

from __future__ import annotations

import sys
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.geometry import Region, Size
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static

from tui_news.text.width import pad
from tui_news.ui.painter import PaintedApp

NAMES = ("textual-dark", "ansi-dark", "textual-light")
HEADLINES = (
    "The harbour opens again after the long frost",
    "港口在漫长的霜冻之后重新开放，第一艘渡轮载着三百名乘客驶出",
    "Café à la crème: cafe\u0301 owners weigh a tax on sugar",
    "図書館が夜も開くようになった",
    "A 👍🏽 from the mayor, a ❤️ from the school, 👨‍👩‍👧 welcome",
    "新闻 2026 年：城市里的 wolves 回来了吗？",
    "Short one",
    "Flags 🇨🇳🇯🇵🇫🇷 along the quay; tickets 1️⃣ to 9️⃣",
    "한국어 기사도 한 줄 있다",
    "Rain, then more rain — and “a little sun” by Friday",
)
PARAGRAPHS = (
    "The ferry left at seven, an hour later than the timetable had promised. Nobody complained.",
    "渡轮在七点离开，比时刻表晚了一个小时，比岛上任何人所希望的晚了九个星期。没有人抱怨，码头上的人们挥着手。",
    "Zoe\u0308 counted the crates: 40 of apples, 12 of lamps, one of e\u0301clairs 🥐 for the school ☎️.",
    "",
    "“我们等了很久，”船长说，“But the sea decides —— 海说了算。”",
)


class Lines(ScrollView, can_focus=True):
    """Rows drawn one by one; the cursor is a marker in the first column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", show=False),
        Binding("k,up", "move(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("b,pageup", "page(-1)", show=False),
        Binding("g", "to(0)", show=False),
        Binding("G", "to(-1)", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--muted", "lines--accent"}

    def __init__(self, count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.count = count
        self.at = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(0, self.count)

    def action_move(self, by: int) -> None:
        self.show(self.at + by)

    def action_page(self, by: int) -> None:
        self.show(self.at + by * max(1, self.size.height), page=by)

    def action_to(self, at: int) -> None:
        self.show(at if at >= 0 else self.count - 1)

    def show(self, at: int, page: int = 0) -> None:
        before, self.at = self.at, min(max(at, 0), self.count - 1)
        top, height = int(self.scroll_offset.y), max(1, self.size.height)
        if page:
            top = min(max(top + page * height, 0), max(0, self.count - height))
        if not top <= self.at < top + height:
            top = self.at if self.at < top else self.at - height + 1
        if top != int(self.scroll_offset.y):
            self.scroll_to(y=top, animate=False, force=True)
        for row in (before, self.at):
            self.refresh(Region(0, row - top, 1, 1))

    def render_line(self, y: int) -> Strip:
        row = y + int(self.scroll_offset.y)
        width = self.size.width
        plain = self.rich_style
        if row >= self.count:
            return Strip.blank(width, plain)
        muted = plain + self.get_component_rich_style("lines--muted", partial=True)
        accent = plain + self.get_component_rich_style("lines--accent", partial=True)
        return Strip(self.segments(row, width, plain, muted, accent)).adjust_cell_length(width, plain)

    def segments(self, row: int, width: int, plain: Style, muted: Style, accent: Style) -> list[Segment]:
        bold = Style(bold=True)
        return [
            Segment("▌" if row == self.at else " ", accent),
            Segment(f"{row % 24:02d}:{row * 7 % 60:02d} ", muted),
            Segment("• " if row % 3 else "  ", accent),
            Segment(pad(f"{row} {HEADLINES[row % len(HEADLINES)]}", max(1, width - 22)), plain + bold),
            Segment(pad(f" source {row % 17}", 12), muted),
        ]


class Article(Lines):
    """Text with a link; `j` scrolls it."""

    def on_mount(self) -> None:
        self.show_article(0)

    def show_article(self, number: int) -> None:
        self.lines: list[tuple[str, bool]] = []
        for at in range(14):
            text = f"{number}.{at} " + PARAGRAPHS[(number + at) % len(PARAGRAPHS)]
            while text:
                head = pad(text, 60).rstrip("…") if len(text) > 60 else text
                self.lines.append((head, False))
                text = text[len(head) :].lstrip()
            self.lines.append(("https://example.org/" + "p" * (at % 5), True))
        self.count = len(self.lines)
        self.at = 0
        self.virtual_size = Size(0, self.count)
        self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def action_move(self, by: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)

    def action_page(self, by: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + by * self.size.height, animate=False, force=True)

    def action_to(self, at: int) -> None:
        self.scroll_to(y=at if at >= 0 else self.count, animate=False, force=True)

    def segments(self, row: int, width: int, plain: Style, muted: Style, accent: Style) -> list[Segment]:
        text, link = self.lines[row]
        style = accent + Style(underline=True, link=text) if link else plain
        return [Segment("    ", plain), Segment(text, style)]


class Dialog(ModalScreen[None]):
    """A box over the dimmed list."""

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > Static { width: 31; height: 6; border: round $accent; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,escape", "dismiss", show=False)]

    def compose(self) -> ComposeResult:
        yield Static("Help 帮助\n\nj k g G space b ? t s /", markup=False)


class PainterApp(PaintedApp[None]):
    """The app."""

    CSS = """
    Screen { layers: base; }
    #status { height: 1; color: $text-muted; }
    Lines { width: 1fr; scrollbar-size: 0 0; }
    Lines > .lines--muted { color: $secondary; }
    Lines > .lines--accent { color: $accent; }
    Article { display: none; }
    Input { display: none; height: 1; border: none; }
    .reading Article { display: block; }
    .reading #list { display: none; }
    .split #list { display: block; }
    .split Article { display: block; }
    .searching Input { display: block; }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", show=False),
        Binding("q", "back", show=False),
        Binding("s", "split", show=False),
        Binding("question_mark", "help", show=False),
        Binding("t", "theme", show=False),
        Binding("slash", "search", show=False),
        Binding("escape", "search(False)", show=False),
        Binding("ctrl+l", "redraw", show=False),
    ]

    def __init__(self, theme: str = "textual-dark", count: int = 1000, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.theme = theme
        self.count = count
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        yield Static("tui-news 新闻", id="status", markup=False)
        with Horizontal():
            yield Lines(self.count, id="list")
            yield Article(1, id="article")
        yield Input(id="field", select_on_focus=False, compact=True)

    def on_mount(self) -> None:
        self.query_one("#list").focus()

    def action_read(self) -> None:
        self.query_one(Article).show_article(self.query_one("#list", Lines).at)
        self.screen.add_class("reading")
        self.query_one(Article).focus()

    def action_back(self) -> None:
        if self.screen.has_class("reading"):
            self.screen.remove_class("reading")
            self.query_one("#list").focus()
        elif not self.screen.has_class("split"):
            self.exit()

    def action_split(self) -> None:
        self.screen.toggle_class("split")

    def action_help(self) -> None:
        self.push_screen(Dialog())

    def action_theme(self) -> None:
        self.theme = NAMES[(NAMES.index(self.theme) + 1) % len(NAMES)]

    def action_search(self, on: bool = True) -> None:
        self.screen.set_class(on, "searching")
        (self.query_one(Input) if on else self.query_one("#list")).focus()


if __name__ == "__main__":
    PainterApp(*sys.argv[1:2]).run()
