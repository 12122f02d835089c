"""Saving an article to a file: its name on every system, never over another file unasked."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import Final

from tui_news.i18n import _
from tui_news.newsroom.documents import ENDINGS, Form
from tui_news.text.clean import clean_line

NAME_BYTES: Final = 180
"""Bytes of a proposed name without its ending: file systems take 255, encrypted ones fewer."""
SUFFIX: Final[dict[Form, str]] = {"text": ".txt", "markdown": ".md", "html": ".html", "json": ".json"}

# Not allowed in names by Windows ("Naming Files, Paths, and Namespaces"), or special in a shell's line.
_BAD = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
# Typographic quotes are no harm to a file, but to whoever types its name.
_QUOTES = re.compile("[“”„‟«»]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)


class SaveError(Exception):
    """Nothing was written; the message names the file and says what to do."""


class ExistsError(SaveError):
    """There is a file of this name already."""


def file_name(headline: str, form: Form = "markdown", fallback: str = "article") -> str:
    """A file's name for a headline, allowed on every system, at most NAME_BYTES and its ending."""
    text = unicodedata.normalize("NFC", clean_line(headline, 400))
    text = _QUOTES.sub("", _BAD.sub("-", text)).replace("\u3000", " ")
    text = re.sub(r"[\s-]+", "-", text)
    text = _shortened(text).strip("-. ~")
    if not text:
        text = re.sub(r"[^\w-]+", "", fallback) or "article"
    # Reserved with any ending: "con.report" opens the console as well.
    if _RESERVED.fullmatch(text.split(".")[0].strip()):
        text = "_" + text
    return text + SUFFIX[form]


def _shortened(text: str) -> str:
    """As many whole characters, with their marks, as fit into NAME_BYTES."""
    data = text.encode("utf-8", "ignore")
    if len(data) <= NAME_BYTES:
        return text
    head = data[:NAME_BYTES].decode("utf-8", "ignore")
    end = len(head)
    while end and (
        unicodedata.combining(text[end]) or text[end] in "\u200d\ufe0f" or text[end - 1] == "\u200d"
    ):
        end -= 1
    # A word that is cut says nothing; ideographs can be parted anywhere.
    word = head.rfind("-", end - 20, end)
    return head[:word] if word > 0 and text[end].isascii() else head[:end]


def free_name(folder: Path, name: str) -> Path:
    """The path in a folder under this name, or with a number after it where the name is taken."""
    path = folder / name
    stem, suffix = path.stem, path.suffix
    number = 2
    while os.path.lexists(path) and number < 10_000:
        path = folder / f"{stem}-{number}{suffix}"
        number += 1
    return path


def folder_of(setting: str) -> Path:
    """The folder that `save.folder` names; the one the program was started in when it names none."""
    return Path(setting).expanduser().absolute() if setting else Path.cwd()


def form_of(path: Path, otherwise: Form) -> Form:
    """The form that a file's ending asks for."""
    return ENDINGS.get(path.suffix.lower(), otherwise)


def path_of(text: str, folder: Path, name: str) -> Path:
    """The file that a typed text means: `~` is home, what is relative lies in `folder`, and in a folder
    (one that exists, or a text that ends with a slash) the file is called `name`. Raises SaveError."""
    try:
        path = folder / Path(text.strip()).expanduser()
        inside = text.strip().endswith(("/", os.sep)) or path.is_dir()
        return free_name(path, name) if inside else path
    except (OSError, RuntimeError, ValueError) as error:
        raise SaveError(
            _("{name}: no name for a file ({why})", name=clean_line(text, 80), why=_why(error))
        ) from error


def save(path: Path, text: str, *, overwrite: bool = False) -> Path:
    """Write a file, whole or not at all; its folder is made when it is missing. Gives the path.

    Raises ExistsError when there is a file and `overwrite` is not set, SaveError when it cannot be written.
    """
    temporary: Path | None = None
    try:
        if path.is_dir():
            raise SaveError(_("{path} is a folder; add a file's name", path=path))
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path) and not overwrite:
            raise ExistsError(_("{path} exists already", path=path))
        handle, name = tempfile.mkstemp(prefix=".tui-news-", dir=path.parent)
        temporary = Path(name)
        with open(handle, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
        # mkstemp makes files for the owner alone; a saved article has what the reader's umask gives.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        if overwrite:
            # A link keeps leading to its file.
            temporary.replace(path.resolve())
        else:
            _put(temporary, path)
        temporary = None
    except (OSError, ValueError) as error:
        raise SaveError(
            _("{path}: not saved ({why}); choose another place", path=path, why=_why(error))
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
    return path


def _put(temporary: Path, path: Path) -> None:
    """Give the file its name, unless somebody took it meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise ExistsError(_("{path} exists already", path=path)) from None
    except (OSError, NotImplementedError):  # a file system without links
        if os.path.lexists(path):
            raise ExistsError(_("{path} exists already", path=path)) from None
        temporary.replace(path)
    else:
        temporary.unlink()


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def completed(text: str, folder: Path) -> tuple[str, list[str]]:
    """A path begun, as far as the names on the disk tell how it goes on, and all names that fit (at most
    200). Folders end with a slash."""
    head, slash, begun = text.rpartition("/")
    try:
        where = folder / Path(head + slash).expanduser() if slash or head else folder
        if text == "~":
            return "~/", []
        with os.scandir(where) as entries:
            names = sorted(
                entry.name + ("/" if entry.is_dir() else "")
                for entry in entries
                if entry.name.startswith(begun) and (begun or not entry.name.startswith("."))
            )[:200]
    except (OSError, RuntimeError, ValueError):
        return text, []
    # Character by character is what is wanted here.
    common = os.path.commonprefix(names) if names else begun  # noqa: RUF071
    # A name on the disk may hold anything: what could not be typed is not offered.
    names = [name for name in names if clean_line(name) == name]
    return (head + slash + common if clean_line(common) == common else text), names
