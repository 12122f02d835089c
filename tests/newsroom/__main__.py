"""Runs a newsroom by hand: prints its address and what it serves, until interrupted."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import threading
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from tests.newsroom import faults, hostile
from tests.newsroom.room import Newsroom
from tests.newsroom.story import EPOCH


def sources_toml(room: Newsroom) -> str:
    """The newsroom's feeds as a `sources.toml` for tui-news."""
    parts = ["# The newsroom's sources.\n"]
    for source in room.sources():
        # A JSON string is a TOML basic string, as long as it holds no surrogates and no DEL.
        rows = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in source.items())
        parts.append("[[source]]\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def opml(room: Newsroom) -> str:
    """The feeds as OPML 2.0, nested by section."""
    out: list[str] = []
    open_now: list[str] = []
    feeds = [source for source in room.sources() if "kind" not in source]
    for source in sorted(feeds, key=lambda each: each["section"]):
        path = source["section"].split("/")
        while open_now != path[: len(open_now)]:
            open_now.pop()
            out.append("</outline>")
        for name in path[len(open_now) :]:
            open_now.append(name)
            out.append(f'<outline text="{escape(name)}">')
        out.append(
            f'<outline type="rss" text="{escape(source["title"])}" xmlUrl="{escape(source["url"])}" '
            f'htmlUrl="{room.base}/"/>'
        )
    out += ["</outline>"] * len(open_now)
    body = "\n".join(out)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0"><head><title>Newsroom</title></head>'
        f"<body>\n{body}\n</body></opml>\n"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.newsroom", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="0 takes a free one (default: 8000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--host", action="append", help="a loopback address; may be given again (127.0.0.1)")
    parser.add_argument(
        "--now", default="now", help='ISO 8601, "now" (default) or "epoch" for the fixed date of tests'
    )
    parser.add_argument("--sources", type=Path, help="write a sources.toml for tui-news there")
    parser.add_argument("--opml", type=Path, help="write an OPML there")
    parser.add_argument("--truth", type=Path, help="write the truth of the portal's pages there, as JSON")
    parser.add_argument(
        "--fault", action="append", default=[], metavar="PATH=MODE", help="a fault from the start on"
    )
    parser.add_argument("--publish", type=float, default=0, metavar="SECONDS", help="a new story that often")
    parser.add_argument("--modes", action="store_true", help="list faults and odd feeds, and end")
    options = parser.parse_args()
    if options.modes:
        for name, meaning in {
            **faults.MODES,
            **{f"/feeds/odd/{k}.rss": v for k, v in hostile.ODD.items()},
        }.items():
            print(f"{name:32} {meaning}")
        return 0
    fixed = {"now": datetime.now(UTC), "epoch": EPOCH}
    now = fixed.get(options.now) or datetime.fromisoformat(options.now)
    room = Newsroom(options.seed, now, options.port, options.host or ["127.0.0.1"])
    try:
        room.start()
    except OSError as error:
        print(
            f"Port {options.port} cannot be had: {error.strerror}. Choose another with --port.",
            file=sys.stderr,
        )
        return 1
    try:
        for fault in options.fault:
            path, _, mode = fault.partition("=")
            room.fault(path, mode)
        if options.sources:
            options.sources.write_text(sources_toml(room), encoding="utf-8")
        if options.opml:
            options.opml.write_text(opml(room), encoding="utf-8")
        if options.truth:
            text = json.dumps(room.truth, ensure_ascii=False, indent=1)
            options.truth.write_text(text, encoding="utf-8")
        print(room.base, flush=True)
        for source in room.sources():
            print(f"  {source['url']:60} {source['section']:24} {source['title']}", flush=True)
        print("Ctrl-c ends it.", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                threading.Event().wait(options.publish or 86_400)
                if options.publish:
                    print(f"published: {room.publish(room.feeds[0].path)[0].headline}", flush=True)
    finally:
        room.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
