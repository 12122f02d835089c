"""What lists call an article that has changed since it was read, or was withdrawn: a sign and a word."""

from __future__ import annotations

from tui_news.i18n import _, mark
from tui_news.model import Article

SIGNS = {"changed": "∆", "withdrawn": "✗", "unlisted": "⊘"}
"""Each one cell wide in every terminal (UAX #11: neutral)."""
WORDS = {
    "changed": mark("changed since read"),
    "withdrawn": mark("withdrawn"),
    "unlisted": mark("no longer listed"),
}


def signs(article: Article) -> str:
    """The signs of an article's standing, with nothing between them."""
    return "".join([SIGNS[one] for one in article.standing])


def words(article: Article) -> list[str]:
    """The same in words."""
    return [_(WORDS[one]) for one in article.standing]
