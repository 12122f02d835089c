"""Breaking plain text into lines, for messages and cards; articles are set by the typesetter."""

from __future__ import annotations

from tui_news.text.width import split_at


def break_at(text: str, width: int) -> tuple[str, str]:
    """The head of a text that fits, broken at a space where there is one near, and the rest."""
    head, rest = split_at(text, width)
    if not head:
        # Not even one character fits: one is taken all the same, so that there is an end.
        return text[:1], text[1:]
    space = head.rfind(" ")
    if rest and not rest.startswith(" ") and space > len(head) // 2:
        head, rest = head[:space], head[space + 1 :] + rest
    return head.rstrip(), rest.lstrip()
