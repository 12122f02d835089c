"""From HTML to blocks and anatomy. Importing the package loads none of its libraries; its names do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_news.extract.export import blocks_to_data, blocks_to_html, blocks_to_markdown, blocks_to_text
    from tui_news.extract.follow import join_pages, next_page_url
    from tui_news.extract.html import blocks_from_element, blocks_from_html, text_from_html
    from tui_news.extract.page import PageError, read_page
    from tui_news.extract.pieces import Piece, portal_pieces

_HOME = {
    "PageError": "page",
    "Piece": "pieces",
    "join_pages": "follow",
    "next_page_url": "follow",
    "portal_pieces": "pieces",
    "read_page": "page",
    "blocks_from_element": "html",
    "blocks_from_html": "html",
    "text_from_html": "html",
    "blocks_to_data": "export",
    "blocks_to_html": "export",
    "blocks_to_markdown": "export",
    "blocks_to_text": "export",
}

__all__ = [
    "PageError",
    "Piece",
    "blocks_from_element",
    "blocks_from_html",
    "blocks_to_data",
    "blocks_to_html",
    "blocks_to_markdown",
    "blocks_to_text",
    "join_pages",
    "next_page_url",
    "portal_pieces",
    "read_page",
    "text_from_html",
]


def __getattr__(name: str) -> Any:
    """Loads the module that a public name lives in when it is first asked for (PEP 562)."""
    from importlib import import_module

    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
