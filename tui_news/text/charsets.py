"""Charset labels and their decoders as the WHATWG Encoding Standard has them, on top of Python's codecs.

Where a Python codec differs from the standard's index, the difference is put right here. What stays
different, because Python's codec cannot tell the two apart: in Big5 the bytes A241 and A242 give the
full-width slashes that A1FE and A240 give too.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import cache
from typing import Final, cast

REPLACEMENT: Final = "\ufffd"

# WHATWG name to Python codec, where the two differ.
_CODECS: Final = {
    "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc-kr": "cp949", "euc-jp": "euc_jp",
    "macintosh": "mac-roman", "x-mac-cyrillic": "mac-cyrillic", "windows-874": "cp874",
    "iso-8859-8-i": "iso8859-8", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip

# GB 18030 since 2005: characters that Python's codec still has in the private use area, and the two
# that changed places.
_GB18030 = str.maketrans(
    "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796"
    "\ue7c7\u1e3f\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19"
    "\u1e3f\ue7c7\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)
_BIG5 = str.maketrans(
    "\u2022\uff64\u203e\u223c\u2641\u2609\xa5\xa2\xa3", "\u2027\ufe51\xaf\uff5e\u2295\u2299\uffe5\uffe0\uffe1"
)
_EUC_JP = str.maketrans("\u301c\u2016\u2212\xa2\xa3\xac", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2")
_CP932 = str.maketrans("\uf8f0\uf8f1\uf8f2\uf8f3", REPLACEMENT * 4)

# Characters of Hong Kong's supplement of 2008 and of Big5's vendors that Python's codec does not have:
# the first one's code, then those of the codes that follow it.
_BIG5_MORE: Final = (
    "877a㡵𡵓𣚞𦀡㻬𥣞㫵竼龗𤅡𨤍𣇪𠪊𣉞䌊蒄龖鐯䤰蘓墖靊鈘秐稲晠権袝瑌篅枂稬剏遆㓦珄𥶹瓆鿇垳 "
    "87c4䤯呌䄱𣚎堘穲𧭥讏䚮𦺈䆁𥶙箮𢒼鿈𢓁𢓉𢓌鿉蔄𣖻䂴鿊䓡𪷿拁灮鿋 8e69箸 8e6f簆 8e7e糎 8eab緒 8eb4縝 "
    "8ecd者 8ed0耨 8f57菁 8f69蒨 8f6e萏 8fcb覦覩 8ffe起 906d都 907a銹 90dc靜 90f1響 91bf鼖 9244蔃 "
    "92af兙兛兝兞 92c8鍮 92d1瑹 9447浧 94ca禛 95d9邗 9644靝 96ed瀞 96fc嬨 9b76爁 9b78矗 9b7b纇 9bc6駖 "
    "9bde釔 9bec惞 9bf6澶 9c42輶 9c53侻 9c62營 9c68鄄 9c6b鷰 9c77菏 9cbc尐秣 9cd0婧 9d57輋 9d5a筑 "
    "9dc4拐 9ea9恢 9eef痹 9efd汊 9f60鬮 9f66鼗 9fcb僭 9fd8弌 a063蠏 a077拎 a0d5瑨 a0df煢 a0e4牐 "
    "a3c0␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟␡€ c6cf廴 c6d3无 c6d5癶 c6d7隶 c6de〃仝 fa5f倩 fa66偽 fabd包 "
    "fac5卄 fad5卿 fb48嘅 fbb8婷 fbf3幵 fbf9廐 fc4f彘 fc6c悤 fcb9撐 fce2晴 fcf1杞 fdb7沜渝 fdbb港 "
    "fdf1煮 fe52猪 fe6f瑜 feaa瓩 fedd砉 "
)  # fmt: skip


@cache
def _big5_more() -> dict[int, str]:
    table: dict[int, str] = {}
    for run in _BIG5_MORE.split():
        code = int(run[:4], 16)
        for char in run[4:]:
            table[code] = char
            code += 1 if code & 0xFF != 0x7E else 0xA1 - 0x7E
    return table


def _no_char(code: int) -> str:
    return ""


def _big5_char(code: int) -> str:
    return _big5_more().get(code, "")


def _jis_char(code: int) -> str:
    """NEC's and IBM's rows of JIS X 0208, which cp932 has and Python's euc_jp has not."""
    row, cell = (code >> 8) - 0xA1, (code & 0xFF) - 0xA1
    if not (0 <= row < 94 and 0 <= cell < 94):
        return ""
    lead, half = 0x81 + row // 2, row % 2
    trail = cell + 0x9F if half else cell + 0x40 + (cell >= 63)
    try:
        return bytes((lead + (0x40 if lead > 0x9F else 0), trail)).decode("cp932")
    except UnicodeDecodeError:
        return ""


def _mender(
    extra: Callable[[int], str] = _no_char, single: dict[int, str] | None = None, first: int = 0x81
) -> Callable[[UnicodeError], tuple[str, int]]:
    """An error handler for two-byte codecs: characters that the codec lacks, and for what is no character
    one U+FFFD, which takes the second byte with it unless that is ASCII (as the standard says). Lead
    bytes begin at `first`; `single` has bytes that stand alone."""
    alone = single or {}

    def mend(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        data, at = error.object, error.start
        if char := alone.get(data[at]):
            return char, at + 1
        if at + 1 < len(data) and first <= data[at] <= 0xFE:
            if char := extra(data[at] << 8 | data[at + 1]):
                return char, at + 2
            if data[at + 1] >= 0x80:
                return REPLACEMENT, at + 2
        if first == 0xA1 and data[at] == 0x8F and len(data) > at + 2 and min(data[at + 1 : at + 3]) >= 0xA1:
            return REPLACEMENT, at + 3  # EUC-JP's three bytes
        return REPLACEMENT, at + 1

    return mend


codecs.register_error("tui_news.gb18030", _mender(single={0x80: "\u20ac"}))
codecs.register_error("tui_news.big5", _mender(_big5_char))
codecs.register_error("tui_news.euc_jp", _mender(_jis_char, first=0xA1))
codecs.register_error("tui_news.double", _mender())


def _windows(error: UnicodeError) -> tuple[str, int]:
    # In 80-9F the standard fills every gap of the windows-125x tables with the control of that number.
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start]
    return (chr(byte) if byte < 0xA0 else REPLACEMENT), error.start + 1


def _hebrew(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return ("\u05ba", error.start + 1) if error.object[error.start] == 0xCA else _windows(error)


codecs.register_error("tui_news.windows", _windows)
codecs.register_error("tui_news.hebrew", _hebrew)

_ISO_2022_JP = re.compile(rb"\x1b(\([BJI]|\$[@B])")


def _iso_2022_jp(data: bytes) -> str:
    """ISO-2022-JP: escapes switch between ASCII, JIS X 0201 and JIS X 0208."""
    parts = _ISO_2022_JP.split(data)
    out = [_ascii(parts[0])]
    for escape, text in zip(parts[1::2], parts[2::2], strict=True):
        if escape == b"(B":
            out.append(_ascii(text))
        elif escape == b"(J":
            out.append(_ascii(text).replace("\\", "\xa5").replace("~", "\u203e"))
        elif escape == b"(I":
            out.append("".join(chr(b + 0xFF40) if 0x21 <= b <= 0x5F else REPLACEMENT for b in text))
        else:
            # A line's end within double bytes happens where a mailer cut; it is no character.
            lines = text.split(b"\n")
            out.append("\n".join(decode_as("euc-jp", bytes(b | 0x80 for b in line)) for line in lines))
    return "".join(out)


def _ascii(data: bytes) -> str:
    return data.decode("ascii", "replace")


@cache
def _table() -> dict[str, str]:
    from webencodings.labels import LABELS

    return cast(dict[str, str], LABELS)


def label_to_charset(label: str) -> str | None:
    """The charset that a label means, by its name in the standard, or None for an unknown label.

    `gb2312` and `gbk` mean `gb18030` (their decoders are one), `iso-8859-1` means `windows-1252`.
    """
    name = _table().get(label.strip("\t\n\f\r ").lower()) if label.isascii() else None
    return "gb18030" if name == "gbk" else name


def known_labels() -> tuple[str, ...]:
    """Every label of the standard, sorted."""
    return tuple(sorted(_table()))


def decode_as(charset: str, data: bytes) -> str:
    """Bytes as text by the decoder of a charset named as in the standard; what cannot be read becomes
    U+FFFD. A byte order mark is not looked for. Raises LookupError for a name that the standard has not."""
    match charset:
        case "gb18030" | "gbk":
            return data.decode("gb18030", "tui_news.gb18030").translate(_GB18030)
        case "big5":
            return data.decode("big5hkscs", "tui_news.big5").translate(_BIG5)
        case "shift_jis":
            return data.decode("cp932", "tui_news.double").translate(_CP932)
        case "euc-kr":
            return data.decode("cp949", "tui_news.double")
        case "euc-jp":
            # The one character of the supplement that has another form in the standard.
            data = data.replace(b"\x8f\xa2\xb7", b"\xa1\xc1")
            return data.decode("euc_jp", "tui_news.euc_jp").translate(_EUC_JP)
        case "iso-2022-jp":
            return _iso_2022_jp(data)
        case "koi8-u":
            return data.decode("koi8-u").replace("\u255d", "\u045e").replace("\u256c", "\u040e")
        case "windows-1255":
            return data.decode("cp1255", "tui_news.hebrew")
        case "x-user-defined":
            return data.decode("latin-1").translate({byte: byte + 0xF700 for byte in range(128, 256)})
        case "replacement":
            # HZ, ISO-2022-KR and the like, which can hide markup: the standard reads nothing of them.
            return REPLACEMENT if data else ""
    if charset not in _table().values():
        raise LookupError(charset)
    errors = "tui_news.windows" if charset.startswith("windows-") else "replace"
    return data.decode(_CODECS.get(charset, charset), errors)
