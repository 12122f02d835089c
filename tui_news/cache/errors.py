"""What can go wrong with the cache, as one plain line each."""

from __future__ import annotations

import errno

from tui_news.i18n import _, mark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


class CacheError(Exception):
    """One plain line that names the file and the next step. What was committed before is kept."""


_REASONS = {
    errno.ENOSPC: mark("the disk is full; free some space and try again"),
    errno.EDQUOT: mark("your disk quota is used up; free some space and try again"),
    errno.EFBIG: mark(
        "the file may not grow any further (a size limit is set); raise the limit and try again"
    ),
    errno.EROFS: mark(
        "the file system is read-only; make it writable or set TUI_NEWS_HOME to another folder"
    ),
    errno.EACCES: mark("permission denied; make it writable for you or set TUI_NEWS_HOME to another folder"),
    errno.EPERM: mark("permission denied; make it writable for you or set TUI_NEWS_HOME to another folder"),
    errno.EIO: mark("the disk reports an error; check it, then run `tui-news doctor`"),
    errno.ENOENT: mark("the folder is gone; restore it or set TUI_NEWS_HOME to another folder"),
    errno.ENOTDIR: mark("a file stands where a folder belongs; move it away and try again"),
    errno.EISDIR: mark("a folder stands where a file belongs; move it away and try again"),
    errno.ENXIO: mark("what stands there is no file; move it away and try again"),
    errno.EMFILE: mark("too many files are open; close some programs and try again"),
    errno.ENFILE: mark("too many files are open; close some programs and try again"),
}


def disk_error(path: Path, error: OSError) -> CacheError:
    """The plain line for an `OSError` on `path`; nothing that was committed is lost by it."""
    known = _REASONS.get(error.errno or 0)
    reason = _(known) if known else _("{error}; run `tui-news doctor`", error=error.strerror or error)
    return CacheError(
        _("{path}: not written: {reason}. What was saved before is intact.", path=path, reason=reason)
    )
