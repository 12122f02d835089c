"""An article's pictures, one at a time over the whole screen, fetched because the reader asked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from rich.segment import Segment
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker

from tui_news.extract.raster import Form, Raster
from tui_news.i18n import _
from tui_news.model import Article
from tui_news.newsroom import Newsroom
from tui_news.newsroom.pictures import Picture, fetch_picture, raster
from tui_news.newsroom.reading import page_problem
from tui_news.terminal.graphics import Way, cell_pixels
from tui_news.ui.pictures import blocks, kitty, sixel
from tui_news.ui.screens.modal import Modal
from tui_news.ui.widgets.words import break_at

if TYPE_CHECKING:
    from tui_news.ui.app import NewsApp

PIXELS: Final = 1_000_000
"""As many are sent to a terminal at most; it makes the picture larger itself."""
SLOW_PIXELS: Final = 120_000


class PictureView(Widget):
    """The place of the picture: its characters, or blanks that the terminal draws over, or a message."""

    DEFAULT_CSS = "PictureView { height: 1fr; width: 100%; }"

    def __init__(self) -> None:
        super().__init__()
        self._strips: Sequence[Strip] = ()
        self._message = ""

    def show(self, strips: Sequence[Strip] = (), message: str = "") -> None:
        self._strips, self._message = strips, message
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        base = self.rich_style
        top = max(0, (height - len(self._strips)) // 2)
        if self._strips and 0 <= y - top < len(self._strips):
            strip = self._strips[y - top]
            left = max(0, (width - strip.cell_length) // 2)
            return Strip([Segment(" " * left, base), *strip]).adjust_cell_length(width, base)
        if self._message:
            lines, rest = [], self._message
            while rest:
                line, rest = break_at(rest, max(1, width - 4))
                lines.append(line)
            at = y - max(0, (height - len(lines)) // 2)
            if 0 <= at < len(lines):
                return Strip([Segment(f"  {lines[at]}", base)]).adjust_cell_length(width, base)
        return Strip.blank(width, base)


class PictureScreen(Modal[None]):
    """The pictures of an article; the first one shown is number `index`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,I", "close", show=False),
        Binding("n,l,right,space,j,down,pagedown", "step(1)", show=False),
        Binding("p,N,left,backspace,k,up,pageup", "step(-1)", show=False),
        Binding("o", "browser", show=False),
        Binding("y", "copy", show=False),
        Binding("r", "again", show=False),
    ]

    def __init__(
        self, newsroom: Newsroom, article: Article, pictures: Sequence[Picture], index: int, way: Way
    ) -> None:
        super().__init__()
        self._newsroom = newsroom
        self._article = article
        self._pictures = pictures
        self._index = index
        self._drawing: Way = way
        self._files: dict[str, bytes] = {}
        self._drawn = False
        self._working: Worker[None] | None = None
        self._view = PictureView()
        self._caption = Static("", classes="picture-caption")
        self._foot = Static("", classes="picture-hint")

    def compose(self) -> ComposeResult:
        yield self._view
        yield self._caption
        yield self._foot

    @property
    def news(self) -> NewsApp:
        return cast("NewsApp", self.app)

    @property
    def picture(self) -> Picture:
        return self._pictures[self._index]

    def on_mount(self) -> None:
        self._start()

    def on_resize(self) -> None:
        if self._files:
            self._start()

    # --- showing -----------------------------------------------------------------------------------

    def _start(self) -> None:
        """Show the picture that is meant now."""
        self._erase()
        several = _(
            "{number} of {count} · n next · p previous", number=self._index + 1, count=len(self._pictures)
        )
        keys = _("o browser · y copies its link · Esc back")
        self._caption.update(Content(self.picture.words))
        self._foot.update(Content(f"{several} · {keys}" if len(self._pictures) > 1 else keys))
        if self.picture.src not in self._files:
            self._view.show(message=_("Fetching {what} …", what=self.picture.src))
        worker: Worker[None] = self.run_worker(
            partial(self._load, self.picture), group="picture", exclusive=True, exit_on_error=False
        )
        self._working = worker

    async def _load(self, picture: Picture) -> None:
        from tui_news.newsroom.reading import PAGE_ERRORS

        try:
            data = self._files.get(picture.src)
            if data is None:
                data = await fetch_picture(self._newsroom, self._article, picture.src)
                self._files = {picture.src: data}
            # The caption has its lines only now: what is left is the picture's.
            await asyncio.sleep(0)
            if not self._view.size.height:
                self._view.show(message=_("This window has no room for a picture"))
                return
            form, size, shrunk = self._wanted()
            made = await raster(self._newsroom, data, size, form, self._paper())
            drawing = await asyncio.to_thread(self._encoded, made, shrunk)
        except PAGE_ERRORS as error:
            self._view.show(
                message=_("{problem} · r tries again, o opens it in the browser", problem=page_problem(error))
            )
            return
        if self.picture is not picture or not self.is_current:
            return
        kind = f"{made.file_width} × {made.file_height} {made.file_format}"
        self._caption.update(Content(f"{picture.words} · {kind}" if picture.words else kind))
        if isinstance(drawing, str):
            self._view.show()
            self.call_after_refresh(self._draw, made, drawing, shrunk)
        else:
            self._view.show(drawing)

    def _wanted(self) -> tuple[Form, tuple[int, int], float]:
        """What the picture is made into, how large at most, and by how much that is less than on screen."""
        columns, rows = self._view.size
        if self._drawing == "blocks":
            if self.app.no_color:
                return "dots", (2 * columns, 4 * rows), 1.0
            return "rgb", (columns, 2 * rows), 1.0
        width, height = cell_pixels()
        width, height = columns * width, rows * height
        if self._drawing == "sixel":
            return "palette", (width, height // 6 * 6), 1.0
        most = SLOW_PIXELS if self.news.slow else PIXELS
        shrunk = min(1.0, (most / max(1, width * height)) ** 0.5)
        return "rgb", (int(width * shrunk), int(height * shrunk)), shrunk

    def _paper(self) -> tuple[int, int, int]:
        """The colour of the screen, for what is transparent in a picture."""
        triplet = self.rich_style.bgcolor.triplet if self.rich_style.bgcolor else None
        return (triplet.red, triplet.green, triplet.blue) if triplet else (255, 255, 255)

    def _encoded(self, made: Raster, shrunk: float) -> Sequence[Strip] | str:
        if self._drawing == "kitty":
            return kitty.draw(made, *self._cells(made, shrunk))
        if self._drawing == "sixel":
            return sixel.draw(made)
        return blocks.braille(made, self.rich_style) if self.app.no_color else blocks.half_blocks(made)

    def _cells(self, made: Raster, shrunk: float) -> tuple[int, int]:
        """Columns and rows that a drawn picture covers."""
        width, height = cell_pixels()
        columns, rows = self._view.size
        return (
            max(1, min(columns, -(-int(made.width / shrunk) // width))),
            max(1, min(rows, -(-int(made.height / shrunk) // height))),
        )

    def _draw(self, made: Raster, drawing: str, shrunk: float) -> None:
        if not self.is_current:
            return
        columns, rows = self._cells(made, shrunk)
        region = self._view.region
        x = region.x + (region.width - columns) // 2
        y = region.y + (region.height - rows) // 2
        self.news.write_past_painter(f"\x1b[{y + 1};{x + 1}H{drawing}")
        self._drawn = True

    def _erase(self) -> None:
        """Take what the terminal drew off the screen."""
        if not self._drawn:
            return
        self._drawn = False
        if self._drawing == "kitty":
            self.news.write_past_painter(kitty.erase())
        else:
            self.news.action_redraw()

    # --- keys --------------------------------------------------------------------------------------

    def action_step(self, step: int) -> None:
        index = self._index + step
        if 0 <= index < len(self._pictures):
            self._index = index
            self._start()

    def action_again(self) -> None:
        self._files.clear()
        self._start()

    def action_browser(self) -> None:
        self.news.browser.open_url(self.picture.src)
        self.action_close()

    def action_copy(self) -> None:
        self.news.browser.copy(self.picture.src)
        self.action_close()

    def action_close(self) -> None:
        self._erase()
        self.dismiss()
