"""The shipped starter edition, written in the very format in which a reader's cache is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tui_news.cache.codec import dumps, frame
from tui_news.cache.files import replace_file
from tui_news.cache.journal import FORMAT
from tui_news.cache.layout import write_format
from tui_news.cache.shelf import file_name
from tui_news.cache.storing import plan, prepare
from tui_news.model import Article

_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)


def write_starter(folder: Path, articles: Mapping[str, Sequence[Article]]) -> None:
    """Write articles by source id into `folder` (`heads/`, `bodies/`, `format.json`): the same bytes for
    the same articles. An article without any date gets a fixed one. Raises `CacheError`."""
    from tui_news.cache.shelf import Shelf

    write_format(folder)
    for source, items in articles.items():
        name = file_name(source)
        heads_path, bodies_path = folder / "heads" / f"{name}.jsonl", folder / "bodies" / f"{name}.jsonl"
        todo = plan(Shelf(folder / ".none", source), prepare(source, items), _EPOCH)
        extra = {"format": FORMAT, "gen": "starter0", "source": source}
        bodies = [frame(dumps({"tui-news": "bodies", **extra}))]
        heads = [frame(dumps({"tui-news": "heads", **extra}))]
        at = len(bodies[0])
        for head in todo.heads:
            if text := todo.bodies.get(head["id"]):
                record = frame(text)
                head["_b"] = [at, len(record) - 1]
                bodies.append(record)
                at += len(record)
            heads.append(frame(dumps(head)))
        replace_file(bodies_path, bodies)
        replace_file(heads_path, heads)
