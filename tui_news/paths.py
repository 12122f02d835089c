"""Where everything lies: the reader's directories, and the data that ships with the program."""

from __future__ import annotations

import os

from tui_news.folders import folders

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass
    from pathlib import Path
else:
    from tui_news.light import Place as Path
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
        """The reader's own, see `folders`."""
        config, cache, data = folders()
        return cls(Path(config), Path(cache), Path(data))

    @property
    def config_file(self) -> Path:
        return self.config / "config.toml"

    @property
    def sources_file(self) -> Path:
        return self.config / "sources.toml"


def shipped(name: str) -> Path:
    """The folder `styles` or `cache` that ships: inside the wheel, or at the checkout's top."""
    package = os.path.dirname(os.path.realpath(__file__))
    inside = os.path.join(package, "_data", name)
    return Path(inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), name))
