"""Select Graphic Rendition (ECMA-48, 8.3.117): the shortest way from one look of cells to another."""

from __future__ import annotations

Pen = tuple[int, str, str]
"""Attributes (bits in the order of `ON`), foreground, background; colours as codes, "" for the terminal's."""

PLAIN: Pen = (0, "", "")

(
    BOLD,
    DIM,
    ITALIC,
    UNDERLINE,
    BLINK,
    BLINK2,
    REVERSE,
    CONCEAL,
    STRIKE,
    UNDERLINE2,
    FRAME,
    ENCIRCLE,
    OVERLINE,
) = (1 << bit for bit in range(13))

ON = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")
"""The codes that turn attributes on; the bits are Rich's."""

# A code that turns attributes off, and all those that it turns off.
_OFF = (
    ("22", BOLD | DIM),
    ("23", ITALIC),
    ("24", UNDERLINE | UNDERLINE2),
    ("25", BLINK | BLINK2),
    ("27", REVERSE),
    ("28", CONCEAL),
    ("29", STRIKE),
    ("54", FRAME | ENCIRCLE),
    ("55", OVERLINE),
)

INKED = UNDERLINE | UNDERLINE2 | STRIKE | OVERLINE | FRAME | ENCIRCLE | REVERSE
"""What shows on a cell that holds no more than a blank; then the foreground shows as well."""


def codes(pen: Pen) -> str:
    """The codes of a pen on a plain ground."""
    on = [code for bit, code in enumerate(ON) if pen[0] >> bit & 1]
    return ";".join([*on, *(color for color in pen[1:] if color)])


def change(start: Pen, to: Pen) -> str:
    """The shortest sequence that changes a terminal from one pen to the other; "" for the same."""
    if start == to:
        return ""
    if to == PLAIN:
        return "\x1b[m"
    parts: list[str] = []
    have = start[0]
    for code, bits in _OFF:
        if have & bits & ~to[0]:
            parts.append(code)
            have &= ~bits
    missing = to[0] & ~have
    parts += [code for bit, code in enumerate(ON) if missing >> bit & 1]
    if start[1] != to[1]:
        parts.append(to[1] or "39")
    if start[2] != to[2]:
        parts.append(to[2] or "49")
    changed = ";".join(parts)
    afresh = f"0;{codes(to)}"
    return f"\x1b[{changed if len(changed) <= len(afresh) else afresh}m"
