"""Pictures in characters: two pixels in a cell by half blocks, or eight dots by Braille without colours."""

from __future__ import annotations

from typing import Final

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui_news.extract.raster import Raster

# Unicode's Braille patterns: the bit of each dot in a cell of 2 × 4.
_DOTS: Final = ((0, 0, 0x01), (0, 1, 0x02), (0, 2, 0x04), (1, 0, 0x08), (1, 1, 0x10), (1, 2, 0x20),
                (0, 3, 0x40), (1, 3, 0x80))  # fmt: skip


def half_blocks(raster: Raster) -> list[Strip]:
    """One strip for two rows of an "rgb" raster: the upper pixel is the ink of ▀, the lower its paper."""
    pixels, width = raster.pixels, raster.width
    colors: dict[bytes, Color] = {}
    styles: dict[tuple[bytes, bytes], Style] = {}

    def color(pixel: bytes) -> Color:
        found = colors.get(pixel)
        if found is None:
            found = colors[pixel] = Color.from_rgb(*pixel)
        return found

    out: list[Strip] = []
    for y in range(0, raster.height, 2):
        upper = pixels[y * width * 3 : (y + 1) * width * 3]
        lower = pixels[(y + 1) * width * 3 : (y + 2) * width * 3]
        segments: list[Segment] = []
        pair, count = (b"", b""), 0
        for x in range(0, width * 3, 3):
            here = (upper[x : x + 3], lower[x : x + 3])
            if here != pair and count:
                segments.append(Segment("▀" * count, styles[pair]))
                count = 0
            if here not in styles:
                # The last row of an odd number has nothing under it.
                styles[here] = Style(color=color(here[0]), bgcolor=color(here[1]) if here[1] else None)
            pair, count = here, count + 1
        segments.append(Segment("▀" * count, styles[pair]))
        out.append(Strip(segments, width))
    return out


def braille(raster: Raster, style: Style) -> list[Strip]:
    """One strip for four rows of a "dots" raster; what is light is drawn, as on a dark terminal."""
    pixels, width, height = raster.pixels, raster.width, raster.height
    out: list[Strip] = []
    for top in range(0, height, 4):
        text = ""
        for left in range(0, width, 2):
            bits = 0
            for x, y, bit in _DOTS:
                inside = left + x < width and top + y < height
                if inside and pixels[(top + y) * width + left + x]:
                    bits |= bit
            text += chr(0x2800 + bits)
        out.append(Strip([Segment(text, style)]))
    return out
