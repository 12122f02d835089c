"""From HTML to blocks and anatomy. Importing the package loads none of its libraries; its names do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_news.extract.export import blocks_to_markdown, blocks_to_text
    from tui_news.extract.html import blocks_from_element, blocks_from_html, text_from_html
    from tui_news.extract.page import PageError, read_page

_HOME = {
    "PageError": "page",
    "read_page": "page",
    "blocks_from_element": "html",
    "blocks_from_html": "html",
    "text_from_html": "html",
    "blocks_to_markdown": "export",
    "blocks_to_text": "export",
}

__all__ = [
    "PageError",
    "blocks_from_element",
    "blocks_from_html",
    "blocks_to_markdown",
    "blocks_to_text",
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
