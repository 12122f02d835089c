#!/usr/bin/env python3
"""Write docs/keys.md from the one table of actions, so that the page cannot say what is not so."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tui_news.keys import ACTIONS, GROUPS, resolve, shown  # noqa: E402

HEAD = """# Keys

Made by `python scripts/make_keys.py` from `tui_news/keys.py`.

Any of these is changed in `config.toml` under `[keys]`, by its name: `browser = ["b"]`, or
`half_down = ["Ctrl-d", "D"]`. A key given to one action is taken from the others. The newsboat preset
is had by `tui-news config set ui.preset newsboat`. Arrows, Enter, Esc, Home, End, PgUp, PgDn and the
mouse always work unless you give them away.

"""


def keys_page() -> str:
    """The page as Markdown."""
    newsboat, _ = resolve("newsboat", {})
    lines = [HEAD]
    for group in GROUPS:
        lines.append(
            f"## {group}\n\n| Name | Keys | In preset `newsboat` | What it does |\n|---|---|---|---|\n"
        )
        for action in ACTIONS:
            if action.group == group:
                own = [_code(key) for key in action.keys.split(",")]
                theirs = [_code(key) for key in newsboat[action.id].split(",") if key]
                preset = "the same" if own == theirs else " ".join(theirs) or "none"
                lines.append(f"| `{action.id}` | {' '.join(own)} | {preset} | {action.help} |\n")
        lines.append("\n")
    lines.append("`1` to `9` go to that section.\n")
    return "".join(lines)


def _code(key: str) -> str:
    return f"`{shown(key)}`".replace("|", "\\|")


if __name__ == "__main__":
    (ROOT / "docs" / "keys.md").write_text(keys_page(), "utf-8")
