"""The network: one URL to one answer, and when to ask again (`fetch.schedule`). httpx comes in late."""

from __future__ import annotations

from tui_news.fetch.errors import FetchError, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tui_news.fetch.client import ACCEPT, USER_AGENT, Fetcher
    from tui_news.fetch.response import Response
    from tui_news.fetch.trip import Limits

__all__ = ["ACCEPT", "USER_AGENT", "FetchError", "Fetcher", "Kind", "Limits", "Response"]
_LATE = {
    "ACCEPT": "client",
    "USER_AGENT": "client",
    "Fetcher": "client",
    "Response": "response",
    "Limits": "trip",
}
"""What is loaded when it is asked for: the screen knows the errors from its start and fetches later."""


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"tui_news.fetch.{_LATE[name]}"), name)
