"""What the reader does with an article, as bits of one byte, and the names of the fields."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final


READ, STARRED, LATER, DEBATE, NOTED, HIDDEN = 1, 2, 4, 8, 16, 32
KEEP: Final = STARRED | LATER | DEBATE | NOTED
"""Any of these, and retention leaves an article alone."""
SEEN: Final = READ | HIDDEN
"""Any of these, and an article does not count as unread."""
BITS: Final = {"read": READ, "starred": STARRED, "later": LATER, "debate": DEBATE, "hidden": HIDDEN}
"""The fields that are yes or no."""
POSITION_LIMIT: Final = 10_000_000
"""The farthest place in an article; nothing is so long."""
FIELDS: Final = (*BITS, "note", "position")
"""All fields of the reader's state."""
