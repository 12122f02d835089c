"""Writes `styles/looks.tsv`, the looks that the opening paints with; see tui_news/ui/looks_table.py.

    python scripts/make_looks.py [--check]

--check writes nothing, and ends with 1 when the file is not what the app looks like.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PARTS = {
    "sites": ("#sites", "bar", "base", ("active", "muted")),
    "tabs": ("#tabs", "bar", "base", ("name", "active", "muted")),
    "crumb": ("#breadcrumb", "bar", "base", ("active", "muted")),
    "status": ("#status", "bar", "base", ("muted", "error", "key")),
    "list": ("#headlines", "list", "base", ("marker", "unread", "read", "muted", "source", "star")),
    "front": (
        "#front", "front", "text",
        ("marker", "lead", "head", "read", "deck", "kicker", "source", "muted", "rule", "title", "followed",
         "hot", "topic", "new"),
    ),
    "article": ("#article", "article", "base", ("caption",)),
}  # fmt: skip
"""The parts of the screen: widget, prefix of its component classes, its own look's name, its other looks."""


async def lines() -> list[str]:
    """The table, a line for each theme and number of colours."""
    from rich.color import ColorSystem
    from textual.geometry import Size

    from tui_news.newsroom import Newsroom
    from tui_news.ui.app import NewsApp
    from tui_news.ui.looks_table import EIGHT, FOUR, TRUE
    from tui_news.ui.painter.pens import Pens
    from tui_news.ui.themes import NAMES

    systems = {TRUE: ColorSystem.TRUECOLOR, EIGHT: ColorSystem.EIGHT_BIT, FOUR: ColorSystem.STANDARD}
    found: list[str] = []
    app = NewsApp(Newsroom.open())
    async with app.run_test(size=Size(130, 30)) as pilot:
        for theme in NAMES:
            app.theme = theme
            await pilot.pause()
            looks = dict(_looks(app))
            for bits, system in systems.items():
                pens = Pens(system, links=False)
                fields = [
                    f"{name}={pen.attributes},{pen.fg},{pen.bg}"
                    for name, style in looks.items()
                    for pen in [pens.of(style)]
                ]
                found.append("\t".join((theme, bits, *fields)))
        app.newsroom.close()
    return found


def _looks(app: object) -> Iterator[tuple[str, object]]:
    """Every look by its name, as it comes to the painter: through the app's filters."""
    from rich.segment import Segment
    from textual.strip import Strip

    from tui_news.ui.app import NewsApp

    assert isinstance(app, NewsApp)
    for part, (query, prefix, own, names) in PARTS.items():
        widget = app.browser.query_one(query)
        styles = {own: widget.rich_style}
        if part == "article":
            styles["caption"] = widget.rich_style + widget.get_component_rich_style(
                "article--caption", partial=True
            )
        else:
            styles |= {name: widget.get_component_rich_style(f"{prefix}--{name}") for name in names}
        if part == "list":
            _, color = widget.styles.border_right
            styles["border"] = widget.rich_style.from_color(color.rich_color, widget.rich_style.bgcolor)
        for name, style in styles.items():
            strip = Strip([Segment("x", style)])
            for each in app.get_line_filters():
                strip = strip.apply_filter(each, widget.background_colors[1])
            yield f"{part}/{name}", next(iter(strip)).style


def main() -> int:
    os.environ.pop("NO_COLOR", None)
    with tempfile.TemporaryDirectory() as home:
        os.environ["TUI_NEWS_HOME"] = home
        (Path(home) / "config").mkdir()
        (Path(home) / "config" / "config.toml").write_text("[refresh]\non_start = false\n", encoding="utf-8")
        text = "\n".join(asyncio.run(lines())) + "\n"
    path = ROOT / "styles" / "looks.tsv"
    if "--check" not in sys.argv:
        path.write_text(text, encoding="utf-8")
        return 0
    if text != path.read_text(encoding="utf-8"):
        print("styles/looks.tsv is not what the app looks like: run scripts/make_looks.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
