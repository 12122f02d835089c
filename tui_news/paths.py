"""Where everything lies: the reader's directories, and the data that ships with the program."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """The three directories of a reader. They need not exist yet."""

    config: Path
    """`config.toml` and `sources.toml`."""
    cache: Path
    """Articles: can be fetched again."""
    data: Path
    """Read marks, stars, notes, history: cannot."""

    @classmethod
    def of_user(cls) -> Places:
        """`TUI_NEWS_HOME` puts all three under one folder; else the platform's own directories."""
        if home := os.environ.get("TUI_NEWS_HOME"):
            root = Path(home).expanduser().absolute()
            return cls(root / "config", root / "cache", root / "data")
        import platformdirs

        return cls(
            platformdirs.user_config_path("tui-news"),
            platformdirs.user_cache_path("tui-news"),
            platformdirs.user_data_path("tui-news"),
        )

    @property
    def config_file(self) -> Path:
        return self.config / "config.toml"

    @property
    def sources_file(self) -> Path:
        return self.config / "sources.toml"


def shipped(name: str) -> Path:
    """The folder `styles` or `cache` that ships: inside the wheel, or at the checkout's top."""
    package = Path(__file__).resolve().parent
    inside = package / "_data" / name
    return inside if inside.is_dir() else package.parent / name
