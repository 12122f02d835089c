#!/usr/bin/env python3
"""Make the starter edition in `cache/` from the texts in `scripts/starter/`.

Run it after changing a text, and commit what it writes; `tests/test_starter.py` compares the two.
"""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path

from lxml import html as lxml_html

from tui_news.cache import write_starter
from tui_news.extract.html import blocks_from_html, text_from_html
from tui_news.model import Article, article_id

TEXTS = Path(__file__).parent / "starter"


def article(path: Path) -> Article:
    """One text as an article: its `<meta>` tags are fields, `h1`, `.kicker` and `.deck` its head."""
    page = lxml_html.fromstring(path.read_text("utf-8"))
    meta = {tag.get("name"): tag.get("content") for tag in page.iter("meta")}

    def take(expression: str) -> str:
        found = page.xpath(expression)
        if not found:
            return ""
        found[0].getparent().remove(found[0])
        return text_from_html(lxml_html.tostring(found[0], encoding="unicode"))

    headline, kicker, deck = take("//h1"), take("//p[@class='kicker']"), take("//p[@class='deck']")
    for tag in list(page.iter("meta")):
        tag.getparent().remove(tag)
    blocks = blocks_from_html(lxml_html.tostring(page, encoding="unicode"))
    moment = datetime.fromisoformat(meta["date"])
    return Article(
        id=article_id(meta["source"], path.stem),
        source=meta["source"],
        headline=headline,
        kicker=kicker,
        deck=deck,
        authors=(meta["author"],) if "author" in meta else (),
        editor=meta.get("editor", ""),
        published=moment,
        tags=tuple(tag.strip() for tag in meta.get("tags", "").split(",") if tag.strip()),
        language=meta.get("language", "en"),
        charset="utf-8",
        full=True,
        fetched=moment,
        blocks=blocks,
    )


def main(folder: Path) -> None:
    """Write the edition into a folder, replacing what is there."""
    by_source: dict[str, list[Article]] = {}
    for path in sorted(TEXTS.glob("*.html")):
        made = article(path)
        by_source.setdefault(made.source, []).append(made)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_starter(folder, by_source)
    shutil.copy(TEXTS / "sources.toml", folder / "sources.toml")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "cache")
