"""Handing something to another program of the reader's: always an argument vector, never a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from tui_news.config import Config
from tui_news.i18n import _
from tui_news.model import Source
from tui_news.newsroom.reaping import let_go
from tui_news.text.address import host_of, same_site, shown_url
from tui_news.text.clean import is_web_url

PLAYERS = (["mpv", "--no-video"], ["ffplay", "-nodisp", "-autoexit"], ["mplayer"], ["vlc"])


class OpenError(Exception):
    """Nothing was opened; the message says why and what to do."""


def browser_command(configured: Sequence[str]) -> list[str]:
    """The command that opens a URL: the configured one, else the system's. Raises OpenError for none."""
    if configured:
        return list(configured)
    if sys.platform == "darwin":
        return ["open"]
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    for name in ("xdg-open", "wslview"):
        if (has_screen or name == "wslview") and shutil.which(name):
            return [name]
    raise OpenError(_("no browser here; y copies the link, or set open.command in config.toml"))


def open_in_browser(url: str, config: Config) -> str:
    """Open a URL in the reader's browser; returns what to say. Raises OpenError."""
    launch(browser_command(config.words("open.command")), url)
    return _("Opened {url}", url=shown_url(url))


def player_command(configured: Sequence[str]) -> list[str]:
    """The command that plays audio from a URL. Raises OpenError for none."""
    if configured:
        return list(configured)
    for command in PLAYERS:
        if shutil.which(command[0]):
            return command
    raise OpenError(_("no audio player found; install mpv or set player.command in config.toml"))


def leads_away(url: str, source: Source | None) -> str:
    """The question before a URL of another host than its source's is opened; '' where there is none."""
    if source is None or not is_web_url(url) or same_site(url, source.home or source.url):
        return ""
    if source.home and same_site(url, source.url):
        return ""
    return _("Open {url} on {host}?", url=shown_url(url), host=host_of(url))


def launch(command: Sequence[str], url: str) -> None:
    """Start a program on a URL, apart from the terminal. Only http and https are handed on.

    Raises OpenError when the URL is of another kind or the program cannot be started.
    """
    if not is_web_url(url):
        raise OpenError(
            _(
                "not opened: only http and https links are ({scheme} link)",
                scheme=url.partition(":")[0] or "no",
            )
        )
    try:
        # The URL is one argument of its own and begins with http: it can be no option.
        process = subprocess.Popen(  # noqa: S603
            [*command, url],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        let_go(process)
    except OSError as error:
        raise OpenError(
            _("{command} could not be started: {why}", command=command[0], why=error.strerror or error)
        ) from error
