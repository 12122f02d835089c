"""The network: one URL to one answer, and when to ask again (`fetch.schedule`). httpx comes in late."""

from tui_news.fetch.client import ACCEPT, USER_AGENT, Fetcher
from tui_news.fetch.errors import FetchError, Kind
from tui_news.fetch.response import Response
from tui_news.fetch.trip import Limits

__all__ = ["ACCEPT", "USER_AGENT", "FetchError", "Fetcher", "Kind", "Limits", "Response"]
