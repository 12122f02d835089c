"""The reader's three folders, found without loading anything; an opener of plain files alone."""

from __future__ import annotations

import errno
import os
import stat
import sys


def folders() -> tuple[str, str, str]:
    """Configuration, cache, data. `TUI_NEWS_HOME` puts all three under one folder; else the platform's own.

    On Linux these are the XDG Base Directories, taken from the environment here: platformdirs, which knows
    all platforms and says the same, takes 23 ms to load.
    """
    if home := os.environ.get("TUI_NEWS_HOME"):
        root = os.path.join(os.getcwd(), os.path.expanduser(home))
        return os.path.join(root, "config"), os.path.join(root, "cache"), os.path.join(root, "data")
    if sys.platform == "linux" and os.path.isabs(os.environ.get("HOME", "")) and not _android():
        return (
            _xdg("XDG_CONFIG_HOME", ".config"),
            _xdg("XDG_CACHE_HOME", ".cache"),
            _xdg("XDG_DATA_HOME", ".local/share"),
        )
    import platformdirs

    return (
        platformdirs.user_config_dir("tui-news"),
        platformdirs.user_cache_dir("tui-news"),
        platformdirs.user_data_dir("tui-news"),
    )


def _xdg(variable: str, default: str) -> str:
    base = os.environ.get(variable, "")
    if not os.path.isabs(base):
        base = os.path.join(os.environ["HOME"], default)
    return os.path.join(base, "tui-news")


def _android() -> bool:
    return hasattr(sys, "getandroidapilevel") or "ANDROID_ROOT" in os.environ


def plain(path: str | os.PathLike[str], flags: int) -> int:
    """An opener, as `open` takes one, of plain files alone: a pipe would make us wait for ever, and a device
    has no end. Raises OSError."""
    fd = os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0), 0o600)
    kind = os.fstat(fd).st_mode
    if stat.S_ISREG(kind):
        return fd
    os.close(fd)
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    raise OSError(errno.ENXIO, os.strerror(errno.ENXIO), os.fspath(path))
