"""Giving an article to a command of the reader's: an argument vector, its input the article, no shell."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tui_news.i18n import _
from tui_news.text.clean import clean_body

SECONDS: Final = 120.0
"""How long a command may run in the background."""
MOST: Final = 200_000
"""Bytes of its output that are shown."""


class PipeError(Exception):
    """The command was not run, or was ended; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Piped:
    """What a command gave: its exit code (minus the signal's number when one ended it) and its output,
    cleaned; `cut` when there was more of it."""

    code: int
    output: str
    cut: bool = False


def command_of(text: str) -> list[str]:
    """A typed command as its words; `~/` is home. Raises PipeError."""
    try:
        words = shlex.split(text)
    except ValueError:
        raise PipeError(_("Not run: a quote is not closed")) from None
    if not words or not words[0]:
        raise PipeError(_("Not run: name a command, such as wc -w, or sh -c '… | …'"))
    if any("\0" in word for word in words):
        raise PipeError(_("Not run: a command holds no NUL character"))
    return [os.path.expanduser(word) if word.startswith("~/") else word for word in words]


def _not_started(command: Sequence[str], error: Exception) -> PipeError:
    if isinstance(error, FileNotFoundError):
        return PipeError(
            _("{command}: there is no such command; is it installed, and in PATH?", command=command[0])
        )
    return PipeError(
        _(
            "{command} could not be started: {why}",
            command=command[0],
            why=getattr(error, "strerror", None) or error,
        )
    )


async def piped(command: Sequence[str], text: str, *, seconds: float = SECONDS, most: int = MOST) -> Piped:
    """Run a command without a terminal, the text as its input, and wait for its end. Raises PipeError when
    it cannot be started or takes too long; what it started is ended then, as when this is cancelled."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise _not_started(command, error) from error
    try:
        async with asyncio.timeout(seconds):
            feeding = asyncio.create_task(_feed(process, text))
            try:
                output, cut = await _read(process, most)
            finally:
                feeding.cancel()
                with contextlib.suppress(asyncio.CancelledError, OSError):
                    await feeding
            if cut:
                _end(process)
            return Piped(await process.wait(), clean_body(output.decode("utf-8", "replace")).strip("\n"), cut)
    except TimeoutError:
        raise PipeError(
            _("{command} did not end in {seconds:g} s and was stopped", command=command[0], seconds=seconds)
        ) from None
    finally:
        if process.returncode is None:
            _end(process)
            await process.wait()


async def _feed(process: asyncio.subprocess.Process, text: str) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(text.encode("utf-8", "replace"))
        await process.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has read enough
    finally:
        process.stdin.close()


async def _read(process: asyncio.subprocess.Process, most: int) -> tuple[bytes, bool]:
    assert process.stdout is not None
    out = bytearray()
    while part := await process.stdout.read(65_536):
        out += part
        if len(out) > most:
            return bytes(out[:most]), True
    return bytes(out), False


def _end(process: asyncio.subprocess.Process) -> None:
    """End a command with all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def in_terminal(command: Sequence[str], text: str) -> int:
    """Run a command that has the terminal to itself, the text as its input; gives its exit code. Blocks
    until it ends. Raises PipeError when it cannot be started."""
    # Ctrl-c is for the command. A handler, unlike "ignore", is not handed down to it.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        done = subprocess.run(  # noqa: S603
            list(command), input=text.encode("utf-8", "replace"), check=False
        )
    except (OSError, ValueError) as error:
        raise _not_started(command, error) from error
    finally:
        signal.signal(signal.SIGINT, before)
    return done.returncode
