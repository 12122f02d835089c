"""Pictures by kitty's graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol): pixels, compressed."""

from __future__ import annotations

import zlib
from base64 import standard_b64encode
from typing import Final

from tui_news.extract.raster import Raster

CHUNK: Final = 4096
"""Bytes of base64 in one escape sequence at most, by the protocol."""
NUMBER: Final = 7_097
"""The picture's id in the terminal: any number that no other program is likely to use."""


def draw(raster: Raster, columns: int, rows: int) -> str:
    """What draws an "rgb" raster over so many cells from the cursor on. The cursor stays where it is (C=1),
    and the terminal answers nothing (q=2)."""
    data = standard_b64encode(zlib.compress(raster.pixels, 6)).decode()
    head = (
        f"a=T,f=24,o=z,s={raster.width},v={raster.height},c={columns},r={rows},i={NUMBER},p=1,C=1,q=2,"
    )  # fmt: skip
    out: list[str] = []
    for start in range(0, len(data), CHUNK):
        more = int(start + CHUNK < len(data))
        out.append(f"\x1b_G{head if not start else 'q=2,'}m={more};{data[start : start + CHUNK]}\x1b\\")
    return "".join(out)


def erase() -> str:
    """What takes the picture off the screen and out of the terminal's memory."""
    return f"\x1b_Ga=d,d=I,i={NUMBER},q=2\x1b\\"
