"""Time to parse feeds: ours to finished articles, against feedparser to its dictionaries, on the same bytes.

    python benchmarks/parse.py [--feeds 100] [--entries 100] [--rounds 5]

Prints the median CPU seconds for all feeds of each kind and the ratio. Ours includes decoding, shaping,
cleaning and the typed blocks of every body; feedparser runs without its sanitiser and without resolving
links, which is the fastest it can be set to. One feed in the row "broken" lacks its last kilobyte and
has bare ampersands.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import feedparser

from tui_news.sources.feed import parse_feed

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
WORDS = (
    "The harbour board has put off its vote on the new quay until the spring tides have been measured "
    "again, and the ferry line says that it can wait."
)
HANZI = "港务局把新码头的表决推迟到春汛测量完成之后，渡轮公司表示可以等待，市民代表则要求公开全部数据。"
_NAMES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def _feed(items: list[str]) -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {_NAMES}><channel><title>Quay</title>'
        f"<link>https://quay.example/</link>{''.join(items)}</channel></rss>"
    ).encode()


def _item(feed: int, i: int, headline: str, inner: str) -> str:
    link = f"https://quay.example/{feed}/{i}.html"
    when = format_datetime(NOW - timedelta(minutes=7 * i + feed))
    return (
        f"<item><title>{headline} {feed}.{i}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{when}</pubDate><dc:creator>Ada Brook</dc:creator><category>Harbour</category>"
        f"{inner}</item>"
    )


def short(feed: int, entries: int) -> bytes:
    """A sentence each, without markup."""
    inner = f"<description>{WORDS}</description>"
    return _feed([_item(feed, i, "Vote on the quay put off", inner) for i in range(entries)])


def chinese(feed: int, entries: int) -> bytes:
    """A sentence each, in Chinese."""
    inner = f"<description>{HANZI}</description>"
    return _feed([_item(feed, i, "新码头表决推迟", inner) for i in range(entries)])


def markup(feed: int, entries: int) -> bytes:
    """A summary in HTML with a picture and a link."""
    picture = '<img src="/p.png" alt="The quay"/>'
    html = f'<p>{picture}{WORDS}</p><p><a href="/more">The whole report</a></p>'
    inner = f"<description><![CDATA[{html}]]></description>"
    return _feed([_item(feed, i, "Vote on the quay put off", inner) for i in range(entries)])


def full(feed: int, entries: int) -> bytes:
    """Summary and the whole article: twelve paragraphs, a subhead, a list."""
    html = "".join(f"<p>{WORDS} <em>{n}</em></p>" for n in range(12))
    html += "<h2>What follows</h2><ul><li>A survey</li><li>A second vote</li></ul>"
    inner = f"<description>{WORDS}</description><content:encoded><![CDATA[{html}]]></content:encoded>"
    return _feed([_item(feed, i, "Vote on the quay put off", inner) for i in range(entries)])


def broken(feed: int, entries: int) -> bytes:
    """`short`, not well-formed and cut off."""
    return short(feed, entries).replace(b" and the ferry", b" & the ferry")[:-1000]


def ours(data: bytes) -> int:
    """Articles made."""
    return len(parse_feed(data, source="s", url="https://quay.example/feed", now=NOW).articles)


def theirs(data: bytes) -> int:
    """Entries made."""
    return len(feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False).entries)


def _seconds(function: Callable[[bytes], int], feeds: list[bytes], rounds: int) -> tuple[float, int]:
    taken: list[float] = []
    made = 0
    for _ in range(rounds):
        start = time.process_time()
        made = sum(function(data) for data in feeds)
        taken.append(time.process_time() - start)
    return statistics.median(taken), made


def main() -> None:
    """Runs every kind and prints a table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--feeds", type=int, default=100)
    options.add_argument("--entries", type=int, default=100)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--peer-rounds", type=int, default=5)
    chosen = options.parse_args()
    warnings.simplefilter("ignore")
    print(f"{chosen.feeds} feeds of {chosen.entries} entries, CPU seconds for all, medians")
    heads = ("MB", 7), ("ours", 9), ("feedparser", 12), ("ratio", 8), ("articles", 10), ("theirs", 9)
    print(f"{'kind':10}" + "".join(f"{name:>{width}}" for name, width in heads))
    for make in (short, chinese, markup, full, broken):
        feeds = [make(number, chosen.entries) for number in range(chosen.feeds)]
        size = sum(map(len, feeds)) / 1e6
        mine, articles = _seconds(ours, feeds, chosen.rounds)
        peer, entries = _seconds(theirs, feeds, chosen.peer_rounds)
        print(
            f"{make.__name__:10}{size:7.1f}{mine:9.2f}{peer:12.2f}{peer / mine:7.1f}x"
            f"{articles:10}{entries:9}",
            flush=True,
        )


if __name__ == "__main__":
    main()
