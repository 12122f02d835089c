"""Writes `_table.py`, the line-breaking properties of every code point, from the Unicode Character Database.

    python -m tui_news.typeset._make_table FOLDER

FOLDER holds the database's own `LineBreak.txt`, `EastAsianWidth.txt`, `DerivedGeneralCategory.txt` and
`emoji-data.txt`. Needed only when Unicode brings out a new version; nothing imports this.
"""

from __future__ import annotations

import sys
from pathlib import Path

LAST = 0x110000
# LB1: what a program without a dictionary or a locale resolves these to.
RESOLVED = {"AI": "AL", "SG": "AL", "XX": "AL", "CJ": "NS"}


def read(path: Path, default: str) -> list[str]:
    """A property file as one value for each code point; files are lines of `first..last ; value # note`."""
    values = [default] * LAST
    for line in path.read_text("utf-8").splitlines():
        fields = [field.strip() for field in line.partition("#")[0].split(";")]
        if len(fields) < 2 or not fields[0]:
            continue
        first, _, last = fields[0].partition("..")
        for point in range(int(first, 16), int(last or first, 16) + 1):
            values[point] = fields[1]
    return values


def classes(folder: Path) -> list[str]:
    """For each code point its resolved class, `+` and flags where a rule asks for more than the class:
    e East Asian wide, i initial and f final quotation mark, p unassigned pictograph, d dotted circle."""
    breaks = read(folder / "LineBreak.txt", "XX")
    wide = read(folder / "EastAsianWidth.txt", "N")
    category = read(folder / "DerivedGeneralCategory.txt", "")
    pictures = read(folder / "emoji-data.txt", "")
    out: list[str] = []
    for point in range(LAST):
        name = breaks[point]
        if name == "SA":
            name = "CM" if category[point] in ("Mn", "Mc") else "SA"
        name = RESOLVED.get(name, name)
        flags = ""
        if wide[point] in ("F", "W", "H") and name not in ("CM", "ZWJ"):
            flags += "e"
        if name == "QU" and category[point] in ("Pi", "Pf"):
            flags += category[point][1]
        if name == "ID" and category[point] == "Cn" and pictures[point] == "Extended_Pictographic":
            flags += "p"
        if point == 0x25CC:
            flags += "d"
        out.append(f"{name}+{flags}" if flags else name)
    return out


def base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"


def wrapped(words: list[str]) -> str:
    lines: list[str] = [""]
    for word in words:
        if len(lines[-1]) + len(word) > 100:
            lines.append("")
        lines[-1] += word + " "
    return "\n".join(f'    "{line}"' for line in lines)


def main(folder: Path, target: Path) -> None:
    values = classes(folder)
    names = sorted(set(values))
    lengths: list[str] = []
    kinds: list[str] = []
    start = 0
    for point in range(1, LAST + 1):
        if point == LAST or values[point] != values[start]:
            lengths.append(base36(point - start))
            kinds.append(base36(names.index(values[start])))
            start = point
    target.write_text(
        '"""Line-breaking classes by range of code points (UAX #14). Written by `_make_table.py`."""\n\n'
        "from __future__ import annotations\n\n"
        "# Class and flags, the length of each range, and each range's class: base 36, in code point order.\n"
        f"NAMES = (\n{wrapped(names)}\n)\n"
        f"LENGTHS = (\n{wrapped(lengths)}\n)\n"
        f"KINDS = (\n{wrapped(kinds)}\n)\n",
        "utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).with_name("_table.py"))
