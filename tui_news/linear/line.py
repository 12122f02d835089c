"""The line to the reader: lines out, a prompt, a line in. No cursor is moved and nothing is coloured."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence

from tui_news.model import Block, Run
from tui_news.typeset.lines import Options
from tui_news.typeset.setter import set_block

WIDTH, HEIGHT = 80, 24
"""Where there is no terminal to ask."""
LEAST = 20


class Line:
    """stdin and stdout as a conversation. In a pipe neither prompts nor pages are printed."""

    def __init__(self) -> None:
        self.typed = sys.stdin is not None and sys.stdin.isatty()
        self.shown = sys.stdout.isatty()
        self._editing = False

    @property
    def width(self) -> int:
        """Cells of a line. One less than the terminal has: some begin a new line after the last cell."""
        columns = shutil.get_terminal_size((WIDTH, HEIGHT)).columns
        return max(LEAST, columns - 1 if self.shown else columns)

    @property
    def height(self) -> int:
        """Lines of text on a page: what the terminal has without the prompt. Endless in a pipe."""
        if not self.shown:
            return sys.maxsize
        return max(4, shutil.get_terminal_size((WIDTH, HEIGHT)).lines - 2)

    @property
    def moves(self) -> bool:
        """Whether the terminal takes sequences at all (for copying by OSC 52)."""
        return self.shown and os.environ.get("TERM", "") not in ("", "dumb", "unknown")

    def say(self, *texts: str) -> None:
        """Lines of text, each broken where the width asks for it."""
        width = self.width
        for text in texts:
            for line in broken(text, width):
                sys.stdout.write(line + "\n")

    def put(self, lines: Iterable[str]) -> None:
        """Lines that are set already, as they are."""
        sys.stdout.writelines(line + "\n" for line in lines)

    def send(self, sequence: str) -> None:
        """A sequence to the terminal that shows nothing."""
        sys.stdout.write(sequence)
        sys.stdout.flush()

    def ask(self, prompt: str) -> str | None:
        """A line from the reader, None at the end of input. Ctrl-c is a KeyboardInterrupt."""
        sys.stdout.flush()
        if not self.typed:
            if sys.stdin is None:
                return None
            line = sys.stdin.readline()
            return line.rstrip("\r\n") if line else None
        try:
            return input(prompt)
        except EOFError:
            sys.stdout.write("\n")
            return None

    def edit(self, words: Sequence[str], more: Callable[[str], Iterable[str]]) -> None:
        """Line editing, history and completion by readline, where Python has it. `words` are completed at
        the beginning of a line, `more(line)` gives the ends of a line that has begun."""
        if not (self.typed and self.shown):
            return
        with contextlib.suppress(ImportError):
            import readline

            found: list[str] = []

            def complete(text: str, number: int) -> str | None:
                nonlocal found
                if number == 0:
                    line = readline.get_line_buffer()
                    choices = more(line) if " " in line else words
                    found = [choice for choice in choices if choice.casefold().startswith(text.casefold())]
                return found[number] if number < len(found) else None

            readline.set_completer(complete)
            readline.set_completer_delims(" ")
            readline.parse_and_bind("tab: complete")
            # A terminal that is spoken has no use for marks around what is pasted.
            readline.parse_and_bind("set enable-bracketed-paste off")
            readline.parse_and_bind("set bell-style none")
            self._editing = True


def broken(text: str, width: int) -> list[str]:
    """A text as lines of at most `width` cells, broken as the typesetter breaks them; empty for none."""
    if text.isascii() and len(text) <= width:
        return [text.rstrip()]
    options = Options(measure=width, indent=False, number_links=False)
    return [line.text.rstrip() for line in set_block(Block("paragraph", (Run(text),)), width, options)] or [
        ""
    ]
