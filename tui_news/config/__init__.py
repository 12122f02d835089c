"""The reader's settings: `config.toml`, its table of keys, and safe changes to hand-written TOML."""

from __future__ import annotations

from tui_news.config.edit import ConfigError, config_get, config_set, config_show
from tui_news.config.load import Config, config_of, load_config
from tui_news.config.settings import SETTINGS, Setting, Value, WebSearch

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
