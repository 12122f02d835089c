"""The one cleaner at the border: text from outside becomes text that a terminal cannot be steered by.

What comes out, of any input (`tests/text/test_clean.py` proves each by property):

- no C0 control but newline (and that in bodies only), no DEL, no C1, no surrogate, no noncharacter;
- no bidirectional control (UAX #9), no invisible format character outside emoji sequences and the
  scripts that need joiners (UAX #31, section 2.3);
- at most `MAX_MARKS` combining marks on a base, at most `limit` characters a field;
- cleaning it again changes nothing.

A whole escape sequence (ECMA-48 CSI, OSC, DCS ...) goes, not its ESC alone, so that no `[31m` is left
in a headline; an unterminated one loses only its introducer, so that nothing can swallow what follows.
"""

from __future__ import annotations

from tui_news.model import Block, Run
from tui_news.text.late import Chars, late

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Final

MAX_MARKS: Final = 8
LINE_LIMIT: Final = 1_000
BODY_LIMIT: Final = 2_000_000
URL_LIMIT: Final = 4_096

# ECMA-48 sequences, in 7-bit and 8-bit forms. String sequences are bounded and must be terminated, by ST;
# BEL ends an OSC only (xterm). They are looked for once: what is left when one is gone is no sequence of
# anybody's, and the head of one and the tail of another must not swallow what stands between them.
_SEQUENCE = late(
    "(?:\x1b\\[|\x9b)[0-?]{0,64}[ -/]{0,8}[@-~]"
    "|(?:\x1b\\]|\x9d)[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\\\|\x9c)"
    "|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x1b\\\\|\x9c)"
    "|\x1b [FGLMN]|\x1b[!-/][ -/]{0,3}[0-~]"
    "|\x1b[=>78cDEHMNOZno|}~]"
)
_INTRODUCER = late("[\x1b\x80-\x9f]")
_SUSPECT = late(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001fffe\U0001ffff\U000e0000-\U000e0fff]"
)
# What `str.isprintable` lets pass and cleaning may yet change: combining marks, of which there may be too
# many, and fillers and selectors. Whole blocks where that is shorter; a script that lives on marks takes the
# long way.
_CLOSER_LOOK = late(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u10ff\u115f\u1160\u1300-\u1dff\u20d0-\u20ff\u2cef-\u2cf1\u2d7f"
    "\u2de0-\u2dff\u302a-\u302f\u3099\u309a\u3164\ua66f-\uabff\ufb1e\ufe00-\ufe2f\uffa0"
    "\U00010000-\U0001cfff\U0001d100-\U0001d3ff\U0001da00-\U0001efff\U000e0000-\U000e0fff]"
)
# The same answer for most of what is Chinese, Japanese or Korean, without a pattern.
_NO_LOOK = Chars(
    " -~\u2010-\u2027\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"
)
# White space that folding changes: several, or one that is neither a space nor an ideographic one. A match
# for every single space between words would cost more than all the rest of the cleaning.
_WHITE = "\t\r\n\x0b\x0c\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f"
_SPACES = late(f"[ \u3000{_WHITE}]{{2,}}|[{_WHITE}]")
_LINE_BREAKS = late("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_MARKS_RUN = late(
    "[^\x00-\u02ff\u0370-\u0482\u048a-\u058f\u0620-\u064a\u0904-\u0939\u0e01-\u0e30\u10a0-\u135c\u1e00-\u20cf"
    f"\u2100-\u2cee\u2e00-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ufb1d\uff00-\uffff]{{{MAX_MARKS + 1}}}"
)

_PLAIN_WEB = late(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?(?:[/?#]|\Z)")

# Scripts in which ZWJ and ZWNJ change what is read: Arabic family, Indic, Khmer, Mongolian.
_JOINER_SCRIPT = late("[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ua8e0-\ua8ff]")
_EMOJI = late(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2934\u2935"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff#*0-9]"
)
_HAN = late("[\u2e80-\u2fdf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def _keep_format(char: str, before: str, after: str) -> bool:
    """Whether a joiner or variation selector does something where it stands."""
    if char in "\u200c\u200d":
        if _JOINER_SCRIPT.match(before) and _JOINER_SCRIPT.match(after):
            return True
        emoji_before = before == "\ufe0f" or _EMOJI.match(before) is not None
        return char == "\u200d" and emoji_before and _EMOJI.match(after) is not None
    if char in "\ufe0e\ufe0f":
        return _EMOJI.match(before) is not None
    if "\ufe00" <= char <= "\ufe02" or "\U000e0100" <= char <= "\U000e01ef":
        return _HAN.match(before) is not None
    return False


def _drop_sequences(text: str) -> str:
    return _SEQUENCE.sub("", text) if _INTRODUCER.search(text) else text


def _drop_suspects(text: str) -> str:
    if not _SUSPECT.search(text):
        return text
    # Selectors and joiners are judged by their neighbours, which must be the ones that remain: so
    # everything that goes in any case goes first.
    kept = [
        c for c in text if c in "\u200c\u200d" or "\ufe00" <= c <= "\ufe0f" or not _SUSPECT.match(c)
        or "\U000e0100" <= c <= "\U000e01ef"
    ]  # fmt: skip
    out: list[str] = []
    for index, char in enumerate(kept):
        if _SUSPECT.match(char):
            before = out[-1] if out else ""
            after = kept[index + 1] if index + 1 < len(kept) else ""
            if not _keep_format(char, before, after):
                continue
        out.append(char)
    return "".join(out)


def _cap_marks(text: str) -> str:
    if not _MARKS_RUN.search(text):
        return text
    import unicodedata

    out: list[str] = []
    marks = 0
    for char in text:
        if unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if marks > MAX_MARKS:
                continue
        else:
            marks = 0
        out.append(char)
    return "".join(out)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    import unicodedata

    end = limit
    # Not in the middle of a cluster: a joiner or mark never opens what is dropped.
    while end > 0 and (
        text[end] in "\u200d\ufe0f" or unicodedata.combining(text[end]) or text[end - 1] == "\u200d"
    ):
        end -= 1
    return text[:end].rstrip()


def _needs_look(text: str) -> bool:
    return not _NO_LOOK.hold(text) and _CLOSER_LOOK.search(text) is not None


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """A headline, name or tag on one line: controls gone, white space folded, at most `limit` characters."""
    if not text:
        return ""
    if len(text) <= limit:
        plain = text.strip()
        if plain.isprintable() and "  " not in plain and (plain.isascii() or not _needs_look(plain)):
            return plain  # most of what comes in; the rest of this function costs ten times as much
    # Far beyond the limit nothing can matter; a megabyte of title is not worth a scan.
    text = _SPACES.sub(_fold, _drop_sequences(text[: limit * 8]))
    text = _cap_marks(_drop_suspects(text))
    return _cut(_SPACES.sub(_fold, text).strip(" \u3000"), limit)


def _fold(match: re.Match[str]) -> str:
    # An ideographic space between Chinese words is punctuation; it stays one.
    return "\u3000" if "\u3000" in match[0] else " "


def clean_body(text: str, limit: int = BODY_LIMIT) -> str:
    """Text of several lines: as `clean_line`, but newlines stay, tabs become spaces, and spaces are kept."""
    if not text:
        return ""
    if len(text) <= limit:
        flat = text.replace("\n", " ") if "\n" in text else text
        if flat.isprintable() and (text.isascii() or not _CLOSER_LOOK.search(text)):
            return text
    text = _LINE_BREAKS.sub("\n", _drop_sequences(text[:limit])).replace("\t", "    ").replace("\u00a0", " ")
    return _cut(_cap_marks(_drop_suspects(text)), limit)


def clean_url(url: str, limit: int = URL_LIMIT) -> str:
    """A URL that is safe to show and to hand on: no controls or spaces; '' when longer than `limit`.

    The scheme is not judged here; whoever opens it does that.
    """
    if len(url) <= limit and url.isascii() and url.isprintable() and " " not in url:
        return url
    url = _cap_marks(_drop_suspects(_drop_sequences(url))).strip()
    if len(url) > limit:
        return ""
    import re
    from urllib.parse import quote

    url = re.sub(r"[\t\r\n]+", "", url)
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]|^`{}\\\"<>-._") if re.search(r"\s", url) else url


def is_web_url(url: str) -> bool:
    """True for an http or https URL with a host: the only kind that is ever fetched or opened."""
    if _PLAIN_WEB.match(url):
        return True
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def clean_block(block: Block) -> Block:
    """The block with every text and URL in it cleaned."""
    return Block(
        block.kind,
        _clean_runs(block.runs),
        max(0, min(block.level, 12)),
        max(0, block.ordinal),
        clean_url(block.src),
        clean_line(block.alt),
        tuple(tuple(_clean_runs(cell) for cell in row) for row in block.rows),
        block.header,
        tuple(name for name in (clean_url(name) for name in block.anchors) if name),
    )


def _clean_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    cleaned = (Run(clean_body(run.text), run.marks, clean_url(run.href)) for run in runs)
    return tuple(run for run in cleaned if run.text)
