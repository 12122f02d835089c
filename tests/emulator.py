"""A terminal's screen: pyte's, driven by a parser for all of ECMA-48 and with today's widths.

pyte's own parser prints what it does not know (`CSI < u`, DCS strings) and takes `CSI > 4;2 m` for
colours; its screen stops at the first zero-width joiner. Both are replaced here, the rest is pyte's.
"""

from __future__ import annotations

import codecs
import copy
import re
from collections.abc import Callable
from typing import Any

import pyte
from pyte.screens import Char
from wcwidth import wcswidth, wcwidth

_TOKEN = re.compile(
    r"\x1b\[(?P<mark>[<=>?]?)(?P<params>[0-9:;]*)[0-?]*(?P<mid>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<kind>[PX^_])(?P<string>[^\x1b]*)\x1b\\"
    r"|\x1b(?P<escape>[ -/]*[0-OQ-WYZ\\`-~])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f-\x9f])"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[PX^_][^\x1b]*\x1b?|[ -/]*)\Z")

# Text in runs of one width: ASCII, the common ideographs, and anything else one by one.
_RUNS = re.compile("[ -~]+|[\u3400-\u4dbf\u4e00-\u9fff]+|.", re.DOTALL)

_ALTERNATE = {47, 1047, 1049}
_KNOWN_MODES = {1, 7, 25, 69, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026, 2048}


class Emulator(pyte.Screen):
    """A screen of `lines` × `columns` cells that is fed bytes and answers queries through `reply`."""

    def __init__(self, lines: int, columns: int, reply: Callable[[str], None] | None = None) -> None:
        self.modes: set[int] = set()
        """The DEC private modes that are set: 1049 alternate screen, 25 cursor, 1006 mouse, 2026 ..."""
        self.osc: list[str] = []
        """Every OSC string so far, without introducer and terminator."""
        self.bells = 0
        self.unknown: set[int] = set()
        """Modes that this terminal says it does not know, and does not."""
        self._sides: tuple[int, int] | None = None
        self._reply = reply or (lambda text: None)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._drawn: tuple[int, int] | None = None
        self._main: dict[str, Any] | None = None
        self._csi: dict[str, Callable[..., None]] = {}
        super().__init__(columns, lines)
        self.modes |= {7, 25}
        for final, name in pyte.Stream.csi.items():
            self._csi[final] = getattr(self, name)
        self._csi |= {
            "S": self.scroll_up,
            "T": self.scroll_down,
            "b": self.repeat,
            "c": self._da,
            "n": self._dsr,
        }
        self._csi |= {"s": self._set_sides, "u": lambda *_: self.restore_cursor()}

    # --- what it shows ---

    @property
    def text(self) -> list[str]:
        """The lines as text, without trailing blanks; a wide character is one character."""
        return [
            "".join(self.buffer[y][x].data for x in range(self.columns)).rstrip() for y in range(self.lines)
        ]

    def cell(self, row: int, column: int) -> Char:
        """A cell with its colours and attributes; the second cell of a wide character has data ""."""
        return self.buffer[row][column]

    # --- parsing ---

    def feed(self, data: bytes) -> None:
        """Takes what a program wrote; sequences may be cut anywhere between two calls."""
        text = self._rest + self._decode(data)
        position = 0
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                if _UNFINISHED.match(text, position):
                    break
                position += 1
                continue
            position = match.end()
            self._token(match)
        self._rest = text[position:]

    def _token(self, match: re.Match[str]) -> None:
        kind = match.lastgroup
        if kind == "text":
            self.draw(match["text"])
            return
        if kind == "final":
            if match["final"] != "m":
                self._drawn = None
            self._sequence(match["mark"], match["params"], match["mid"], match["final"])
            return
        self._drawn = None
        if kind == "osc":
            self._command(match["osc"])
        elif kind == "string":
            if match["kind"] == "P" and match["string"].startswith("+q"):
                self._reply("\x1bP0+r\x1b\\")
        elif kind == "escape":
            if name := pyte.Stream.escape.get(match["escape"]):
                getattr(self, name)()
        elif name := pyte.Stream.basic.get(match["control"]):
            if name == "bell":
                self.bells += 1
            elif not name.startswith("shift"):
                getattr(self, name)()

    def _sequence(self, mark: str, params: str, mid: str, final: str) -> None:
        if final == "m" and not mark and not mid:
            # Colours with colons (ISO 8613-6) in the form with semicolons; 38:2::r:g:b has an empty part.
            flat = re.sub(r"([34]8:2:):", r"\1", params).replace(":", ";")
            self.select_graphic_rendition(*(int(part or 0) for part in flat.split(";")))
            return
        numbers = [min(int(part or 0), 9999) for part in re.split("[:;]", params)] if params else []
        match mark, mid, final:
            case "?", "", "h" | "l":
                for mode in numbers:
                    self._private_mode(mode, final == "h")
            case "?", "$", "p":
                for mode in numbers[:1]:
                    state = (1 if mode in self.modes else 2) if mode in _KNOWN_MODES - self.unknown else 0
                    self._reply(f"\x1b[?{mode};{state}$y")
            case "?", "", "u":
                self._reply("\x1b[?0u")
            case "?", "", "J" | "K":
                self._csi[final](*numbers)
            case ">", "", "c":
                self._reply("\x1b[>1;10;0c")
            case ">", "", "q":
                self._reply("\x1bP>|tui-news tests 1\x1b\\")
            case "", "", "t" if numbers[:1] == [18]:
                self._reply(f"\x1b[8;{self.lines};{self.columns}t")
            case "", "", _ if final in self._csi:
                self._csi[final](*numbers)

    def _command(self, osc: str) -> None:
        self.osc.append(osc)
        code, _, value = osc.partition(";")
        if code in ("0", "2"):
            self.set_title(value)
        elif value == "?" and code in ("10", "11"):
            self._reply(f"\x1b]{code};rgb:{'e5e5/e5e5/e5e5' if code == '10' else '1010/1010/1010'}\x1b\\")

    def _da(self, *numbers: int) -> None:
        self._reply("\x1b[?62;22c")

    def _dsr(self, *numbers: int) -> None:
        if numbers == (5,):
            self._reply("\x1b[0n")
        elif numbers == (6,):
            self._reply(f"\x1b[{self.cursor.y + 1};{min(self.cursor.x, self.columns - 1) + 1}R")

    # --- modes, the alternate screen, size ---

    def _private_mode(self, mode: int, on: bool) -> None:
        if mode in self.unknown:
            return
        was = mode in self.modes
        (self.modes.add if on else self.modes.discard)(mode)
        if mode in _ALTERNATE:
            if on and self._main is None:
                self._main = {"buffer": copy.deepcopy(dict(self.buffer)), "cursor": copy.copy(self.cursor)}
                self.erase_in_display(2)
            elif not on and self._main is not None:
                saved, self._main = self._main, None
                self.buffer.clear()
                self.buffer.update(saved["buffer"])
                self.cursor = saved["cursor"]
                self.ensure_hbounds()
                self.ensure_vbounds()
        elif mode == 2048 and on and not was:
            self._report_size()
        elif mode == 69:
            self._sides = None
        else:
            (self.set_mode if on else self.reset_mode)(mode, private=True)

    def _report_size(self) -> None:
        self._reply(f"\x1b[48;{self.lines};{self.columns};{self.lines * 16};{self.columns * 8}t")

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Cuts or grows at the right and at the bottom, as a terminal does with its alternate screen."""
        lines, columns = lines or self.lines, columns or self.columns
        for y in [y for y in self.buffer if y >= lines]:
            del self.buffer[y]
        for row in self.buffer.values():
            for x in [x for x in row if x >= columns]:
                del row[x]
        self.lines, self.columns = lines, columns
        self.margins = self._sides = None
        self.ensure_hbounds()
        self.ensure_vbounds()
        if 2048 in self.modes:
            self._report_size()

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        """DECSTBM. pyte takes a number that is left out for the margin as it was, terminals for the edge."""
        if top or bottom:
            super().set_margins(top or 1, bottom or self.lines)
        else:
            super().set_margins()

    # --- margins at the sides (DECLRMM, DECSLRM) ---

    def _set_sides(self, left: int = 0, right: int = 0) -> None:
        if 69 not in self.modes:
            self.save_cursor()
            return
        left, right = max(left, 1) - 1, min(right or self.columns, self.columns) - 1
        if left < right:
            self._sides = None if (left, right) == (0, self.columns - 1) else (left, right)
            self.cursor_position()

    def _beside(self) -> bool:
        """Whether the cursor is beside what may scroll."""
        return self._sides is not None and not self._sides[0] <= self.cursor.x <= self._sides[1]

    def _move_lines(self, first: int, last: int, by: int) -> None:
        """What is between the sides moves up by `by` lines (down if negative), within these lines."""
        assert self._sides is not None
        places = range(self._sides[0], self._sides[1] + 1)
        lines = range(first, last + 1)
        for y in lines if by > 0 else reversed(lines):
            for x in places:
                self.buffer[y][x] = self.buffer[y + by][x] if y + by in lines else self.cursor.attrs

    def index(self) -> None:
        top, bottom = self.margins or (0, self.lines - 1)
        if self._sides is None or self.cursor.y != bottom:
            super().index()
        elif not self._beside():
            self._move_lines(top, bottom, 1)

    def reverse_index(self) -> None:
        top, bottom = self.margins or (0, self.lines - 1)
        if self._sides is None or self.cursor.y != top:
            super().reverse_index()
        elif not self._beside():
            self._move_lines(top, bottom, -1)

    def delete_lines(self, count: int | None = None) -> None:
        self._lines(count, super().delete_lines, 1)

    def insert_lines(self, count: int | None = None) -> None:
        self._lines(count, super().insert_lines, -1)

    def _lines(self, count: int | None, plain: Callable[[int | None], None], way: int) -> None:
        top, bottom = self.margins or (0, self.lines - 1)
        if self._sides is None:
            plain(count)
        elif top <= self.cursor.y <= bottom and not self._beside():
            self._move_lines(self.cursor.y, bottom, way * (count or 1))

    def carriage_return(self) -> None:
        super().carriage_return()
        if self._sides is not None:
            self.cursor.x = self._sides[0]

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        """Fills every cell with the pen's background, as xterm, xterm.js and tmux do; pyte fills only cells
        that were written before, for the others do not exist."""
        rows = {0: range(self.cursor.y + 1, self.lines), 1: range(self.cursor.y)}.get(how, range(self.lines))
        for y in rows:
            for x in range(self.columns):
                self.buffer[y][x] = self.cursor.attrs
        if how in (0, 1):
            self.erase_in_line(how)

    def scroll_up(self, count: int = 1) -> None:
        """SU: the region's lines move up, blank ones come in below; the cursor stays."""
        self._scroll(count, "index", last=True)

    def scroll_down(self, count: int = 1) -> None:
        """SD: the region's lines move down; the cursor stays."""
        self._scroll(count, "reverse_index", last=False)

    def _scroll(self, count: int, step: str, last: bool) -> None:
        top, bottom = self.margins or (0, self.lines - 1)
        before = copy.copy(self.cursor)
        for _ in range(min(max(count, 1), self.lines)):
            self.cursor.y = bottom if last else top
            getattr(self, step)()
        self.cursor = before

    def repeat(self, count: int = 1) -> None:
        """REP: draws the last character again."""
        if self.cursor.x:
            self.draw(self.buffer[self.cursor.y][self.cursor.x - 1].data * min(max(count, 1), 9999))

    # --- drawing ---

    def draw(self, data: str) -> None:
        """Draws text. What has no width of its own joins the cell before, as do the parts of an emoji
        sequence (UAX #29); writing over half of a wide character blanks its other half."""
        look = self.cursor.attrs[1:]
        for run in _RUNS.findall(data):
            first = run[0]
            if first < "\x7f":
                self._put(run, 1, look)
            elif "\u3400" <= first <= "\u9fff":
                self._put(run, 2, look)
            else:
                self._draw_any(first, look)

    def _draw_any(self, char: str, look: tuple[Any, ...]) -> None:
        """Draws a character outside of ASCII and the common ideographs."""
        before = self.buffer[self._drawn[0]][self._drawn[1]] if self._drawn else None
        width = wcwidth(char)
        joins = before is not None and before.data != "" and (
            width == 0
            or before.data.endswith("\u200d")
            or "\U0001f3fb" <= char <= "\U0001f3ff"
            or (_flag(char) and len(before.data) == 1 and _flag(before.data))
        )  # fmt: skip
        if joins and before is not None and self._drawn is not None:
            y, x = self._drawn
            self.buffer[y][x] = before._replace(data=before.data + char)
            room = self.cursor.x == x + 1 and x + 1 < self.columns
            if char == "\ufe0f" and room and wcswidth(before.data + char) == 2:
                self.buffer[y][x + 1] = before._replace(data="")
                self.cursor.x += 1
        elif width > 0:
            self._put(char, 2 if _flag(char) else width, look)

    def _put(self, run: str, width: int, look: tuple[Any, ...]) -> None:
        """Puts characters of one width into cells."""
        while run:
            room = (self.columns - self.cursor.x) // width
            if room <= 0:
                if 7 in self.modes:
                    self.carriage_return()
                    self.linefeed()
                else:
                    # Without wrapping, all that follows goes to the last place.
                    self.cursor.x, run = self.columns - width, run[-1]
                room = max(self.columns // width, 1) if self.cursor.x == 0 else 1
            y, x = self.cursor.y, self.cursor.x
            row = self.buffer[y]
            part, run = run[:room], run[room:]
            end = x + width * len(part)
            # What is left over of wide characters that are overwritten in part.
            if x and x in row and row[x].data == "":
                row[x - 1] = row[x - 1]._replace(data=" ")
            if end in row and row[end].data == "":
                row[end] = row[end]._replace(data=" ")
            if width == 1:
                for place, char in enumerate(part, x):
                    row[place] = Char(char, *look)
            else:
                stub = Char("", *look)
                for place, char in enumerate(part):
                    row[x + 2 * place] = Char(char, *look)
                    row[x + 2 * place + 1] = stub
            self.cursor.x = end
            self._drawn = (y, end - width)


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
