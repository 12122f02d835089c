"""Pictures as sixels (DEC STD 070, VT340): six rows at a time, each colour's columns run-length coded."""

from __future__ import annotations

from tui_news.extract.raster import Raster


def draw(raster: Raster) -> str:
    """What draws a "palette" raster from the cursor on, pixel for pixel."""
    width, height, pixels = raster.width, raster.height, raster.pixels
    out = [f'\x1bP0;1;0q"1;1;{width};{height}']
    for number, color in enumerate(raster.palette):
        # Sixels count a colour's parts to 100.
        red, green, blue = (round(part * 100 / 255) for part in color)
        out.append(f"#{number};2;{red};{green};{blue}")
    bands: list[str] = []
    for top in range(0, height, 6):
        rows = [pixels[y * width : (y + 1) * width] for y in range(top, min(top + 6, height))]
        lines = [f"#{color}{_packed(_columns(rows, color, width))}" for color in sorted(set(b"".join(rows)))]
        bands.append("$".join(lines))
    # No line feed after the last band: at the foot of the screen it would scroll.
    return "".join([*out, "-".join(bands), "\x1b\\"])


def _columns(rows: list[bytes], color: int, width: int) -> bytes:
    """The bits of a colour in each column, the upper row's being the lowest."""
    total = bytearray(width)
    for bit, row in enumerate(rows):
        at = row.find(color)
        while at >= 0:
            total[at] |= 1 << bit
            at = row.find(color, at + 1)
    return bytes(total)


def _packed(columns: bytes) -> str:
    """Columns as sixel characters, runs of four and more as a repetition; without empty ones at the end."""
    columns = columns.rstrip(b"\0")
    out: list[str] = []
    start = 0
    while start < len(columns):
        end = start + 1
        while end < len(columns) and columns[end] == columns[start]:
            end += 1
        char, count = chr(63 + columns[start]), end - start
        out.append(f"!{count}{char}" if count > 3 else char * count)
        start = end
    return "".join(out)
