"""The reader's settings: `config.toml`, its table of keys, and safe changes to hand-written TOML.

What changes the file is imported when it is first asked for: most starts of the program only read.
"""

from __future__ import annotations

from tui_news.config.load import Config, config_of, load_config
from tui_news.config.settings import SETTINGS, Setting, Value, WebSearch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tui_news.config.edit import ConfigError, config_get, config_set, config_show

__all__ = [
    "SETTINGS",
    "Config",
    "ConfigError",
    "Setting",
    "Value",
    "WebSearch",
    "config_get",
    "config_of",
    "config_set",
    "config_show",
    "load_config",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tui_news.config import edit

    return getattr(edit, name)
