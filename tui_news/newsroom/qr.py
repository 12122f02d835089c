"""A URL as a QR code (ISO/IEC 18004), for a telephone to read off the screen."""

from __future__ import annotations

Modules = tuple[tuple[bool, ...], ...]
"""Rows of modules, True for dark; without the quiet zone."""


def qr_code(text: str) -> Modules:
    """The smallest QR code of a text. Raises ValueError, with what to do, for one that no code holds."""
    import segno

    try:
        # The lowest level of correction: a screen has no stains, and the code should fit on it.
        code = segno.make_qr(text, error="l", boost_error=False)
    except segno.DataOverflowError:
        raise ValueError(f"{len(text)} characters are more than a QR code holds; y copies the link") from None
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
