"""Mutated feeds and pages by the hundred thousand: crashes, hangs, and controls that get through.

    python benchmarks/fuzz.py [--cases 100000] [--seed 1] [--deadline 10] [--screen 2000] [--corpus FOLDER]

Seeds are what the tests' newsroom serves (feeds of every format, article and channel pages, a sitemap, lists),
the small ones of the hostile cases and, where it is found (`../shared/corpus` or --corpus), real pages. A case
is a seed with one to eight changes that know its structure: tags and texts doubled, dropped, nested, swapped
with another seed's, cut, their bytes changed, another charset declared, hostile tokens put in. Each goes through
the very functions that read it in the program. Counted are exceptions that are no plain refusal, cases beyond
the deadline, and characters that steer a terminal in any field, in the set text, and, every --screen cases, in
the bytes that the app writes to a pseudo-terminal while it shows the newest of them. The same seed gives the
same cases. Ends with 1 when anything was counted.
"""

# ruff: noqa: E501 - the tokens are a table
from __future__ import annotations

import argparse
import dataclasses
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import lab
from tests.hostile.cases import CASES
from tests.hostile.seen import Seen
from tests.hostile.stage import Asked
from tests.newsroom import Newsroom, Request
from tui_news.extract import PageError, next_page_url, read_page
from tui_news.model import Article
from tui_news.sources.channel import read_channel
from tui_news.sources.feed import FeedError, parse_feed
from tui_news.sources.newsboat_urls import read_urls
from tui_news.sources.opml import read_opml
from tui_news.sources.sitemap import read_sitemap

NOW = datetime(2026, 11, 20, tzinfo=UTC)
URL = "https://fuzz.example/news/index.html"
LARGEST = 60_000
BREAKING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What steers or hides: no field and no set line may hold it."""
TOKEN = re.compile(rb"<[^<>]{0,2000}>|&[#\w]{1,12};|[^<&]{1,400}|.", re.S)
HOSTILE: tuple[bytes, ...] = (
    b"\x1b]0;HXQ\x07", b"\x1b[7701J", b"\xc2\x9b7702J", b"\x9b7703J", b"\x1bP7704|x\x1b\\", b"\x00", b"\x07", b"\x08\x08",
    b"\r", b"\x7f", b"\xe2\x80\xae", b"\xe2\x81\xa7", b"\xe2\x80\x8b", b"\xef\xbb\xbf", b"\xf3\xa0\x81\x81", b"\xed\xa0\x80",
    b"\xff\xfe", "a\u0301".encode() * 40, b"&#27;]0;HXQ&#7;", b"&#x9b;7705J", b"&#xD800;", b"&#x202e;", b"&amp;#27;[7706J",
    b"[@click=app.quit]x[/]", b"[/]", b"[bold [red", b"{0} %s ${x}", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE a [",
    b"<!ENTITY a 'b'>", b"&a;", b"<script>", b"<style>", b"<plaintext>", b"<textarea>", b"<svg>", b"<math>", b"<template>",
    b"<table>", b"<base href='file:///'>", b"<a href='javascript:x'>", b"\xe3\x80\x80", b"<br>" * 30, b"<div>" * 300, b"{" * 50,
    b"[" * 300, b'"', b"'", b"<", b"&", b"=", b"1e999", b"-1", b"99999999999999999999", b"0000-00-00", b"xmlns:a='b'",
)  # fmt: skip
CHARSETS = (
    "",
    "",
    "",
    "utf-8",
    "gb2312",
    "gb18030",
    "big5",
    "shift_jis",
    "utf-16",
    "utf-7",
    "iso-2022-jp",
    "zlib",
    "hex",
    "x-user-defined",
)


class Hang(BaseException):
    """A case went beyond the deadline. No Exception: nothing may swallow it."""


def seeds(corpus: Path | None) -> list[tuple[str, bytes]]:
    """(kind, bytes), kind being feed, page, channel, sitemap, opml or urls."""
    found: list[tuple[str, bytes]] = []
    with Newsroom(1) as room:
        router = room._router

        def served(path: str) -> bytes:
            return router.answer(Request("GET", path, {}, host="127.0.0.1")).body

        found += [("feed", served(feed.path)[:30_000]) for feed in room.feeds]
        found += [("channel", served(row["url"].removeprefix(room.base))) for row in room.channels]
        found += [("page", served(row["url"].removeprefix(room.base))) for row in room.truth[::4]]
        found += [
            ("page", served(f"/articles/{room.stories(feed.path)[0].key}.html")) for feed in room.feeds[:8]
        ]
        found += [("sitemap", served("/sitemap-news.xml")), ("sitemap", served("/sitemap.xml"))]
    for case in CASES.values():
        caught: list[bytes] = []
        if case.id[0] in "tlpo" and case.deadline < 20:
            case.answer(caught.append, Asked("GET", f"/{case.id}", {}, 1))
            body = b"".join(caught).partition(b"\r\n\r\n")[2]
            if len(body) < 20_000:
                found.append((case.kind, body))
    found.append(
        (
            "opml",
            b"<opml><body><outline text='a'><outline text='b' xmlUrl='https://a.example/'/></outline></body></opml>",
        )
    )
    found.append(("urls", b'https://a.example/feed "tag one" "~Title"\n"query:x:age < 1" !hidden\n'))
    if corpus is not None:
        for path in sorted(corpus.rglob("*")):
            kind = {".xml": "feed", ".rss": "feed", ".atom": "feed", ".json": "feed", ".opml": "opml"}.get(
                path.suffix, "page"
            )
            if path.is_file() and path.suffix in (".xml", ".rss", ".atom", ".json", ".opml", ".html", ".htm"):
                found.append((kind, path.read_bytes()[:20_000]))
    return found


def mutate(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """The bytes with one to eight changes that know tags, references and texts."""
    tokens = TOKEN.findall(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        if not tokens:
            break
        at = chance.randrange(len(tokens))
        end = min(len(tokens), at + chance.choice((1, 1, 2, 5, 30, 200)))
        what = chance.randrange(11)
        if what == 0:
            del tokens[at:end]
        elif what == 1:
            tokens[at:at] = tokens[at:end] * chance.choice((1, 2, 20))
        elif what == 2:
            tokens[at:at] = [tokens[at]] * chance.choice((2, 50, 500))
        elif what == 3:
            tokens.insert(at, chance.choice(HOSTILE))
        elif what == 4:
            token = bytearray(tokens[at])
            where = chance.randrange(len(token)) if token else 0
            token[where:where] = chance.choice(HOSTILE)
            tokens[at] = bytes(token)
        elif what == 5:
            there = chance.randrange(len(tokens))
            tokens[at], tokens[there] = tokens[there], tokens[at]
        elif what == 6:
            pieces = TOKEN.findall(other[: chance.choice((500, 5000))])
            tokens[at:at] = pieces[chance.randrange(len(pieces) or 1) :][:100]
        elif what == 7:
            del tokens[at:]
        elif what == 8:
            token = bytearray(tokens[at])
            for _each in range(min(4, len(token))):
                token[chance.randrange(len(token))] = chance.randrange(256)
            tokens[at] = bytes(token)
        elif what == 9:
            tokens[at] = re.sub(
                rb"\d+", lambda match: chance.choice((b"0", b"-1", b"9" * 30, b"1e9")), tokens[at]
            )
        else:
            tokens[at] = tokens[at].upper() if chance.random() < 0.5 else tokens[at][::-1]
    return b"".join(tokens)[:LARGEST]


def read(kind: str, data: bytes, charset: str) -> Sequence[Article]:
    """What the program makes of it. Raises FeedError, PageError or ValueError where it refuses."""
    if kind == "feed":
        return parse_feed(data, source="fuzz", url=URL, http_charset=charset, now=NOW, limit=300).articles
    if kind == "channel":
        channel = read_channel(data, url=URL, source="fuzz", http_charset=charset, now=NOW)
        return channel.articles
    if kind == "sitemap":
        return read_sitemap(data, url=URL, source="fuzz", now=NOW, limit=300).articles
    if kind in ("opml", "urls"):
        result: Any = read_opml(data) if kind == "opml" else read_urls(data)
        texts = [*result.problems, *result.notes, *(source.title for source in result.sources)]
        return [Article("list", "fuzz", headline=text) for text in texts]
    page = read_page(data, url=URL, http_charset=charset, now=NOW)
    next_page_url(data, URL, http_charset=charset)
    return [page]


def texts(value: object) -> Iterator[str]:
    """Every string in an article, however deep."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, (tuple, list)):
            waiting.extend(each)
        elif dataclasses.is_dataclass(each):
            waiting.extend(getattr(each, field.name) for field in dataclasses.fields(each))


def steering(article: Article) -> str:
    """The first text that holds what no text may; '' when all are clean. Set lines are looked at as well."""
    for text in texts(article):
        if BREAKING.search(text):
            return text
    if "\n" in article.headline:
        return article.headline
    from tui_news.newsroom.documents import document

    if sum(len(block.text) for block in article.blocks) < 5_000:
        for line in document(article, "text", width=60, source_name="fuzz").splitlines():
            # The typesetter isolates right-to-left runs itself, in pairs.
            if BREAKING.search(re.sub("[\u2066-\u2069\u200e\u200f]", "", line)):
                return line
    return ""


def show(articles: Sequence[Article]) -> dict[str, list[bytes]]:
    """What the app writes that it should not while these articles are on its screen."""
    from tui_news.cache import Cache
    from tui_news.paths import Places

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        places = Places(home / "config", home / "cache", home / "data")
        places.config.mkdir()
        places.config_file.write_text("[refresh]\non_start = false\n", encoding="utf-8")
        places.sources_file.write_text(
            '[[source]]\nurl = "https://fuzz.example/"\nid = "fuzz"\nfull_text = "never"\n', "utf-8"
        )
        with Cache.open(places) as cache:
            cache.store("fuzz", tuple(articles), now=datetime.now(UTC))
        with lab.open_product(home, 30, 100) as terminal:
            terminal.wait_for("unread of", 60)
            terminal.settle(timeout=30)
            terminal.send("\r")
            for _ in range(len(articles)):
                terminal.settle(0.02, timeout=30)
                terminal.send("J")
            terminal.settle(0.2, timeout=30)
            ended = terminal.exit_code
            found = Seen(raw=terminal.raw).escapes()
            if ended is not None:
                found["ended"] = [terminal.text.encode()[-500:]]
        return found


def run(
    cases: int, seed: int, deadline: float, screen: int, corpus: Path | None, say: Callable[[str], None]
) -> Counter[str]:
    """All cases; what was counted. `say` is told of each finding."""
    pool = seeds(corpus)
    counts: Counter[str] = Counter()
    recent: dict[str, Article] = {}
    slowest = (0.0, 0)

    def ring(number: int, frame: object) -> None:
        raise Hang

    # The processor's time: on a machine that does other things as well the clock says little. A case that
    # waits for something, and not for its turn, meets the clock's own limit.
    signal.signal(signal.SIGPROF, ring)
    signal.signal(signal.SIGALRM, ring)
    say(f"{len(pool)} seeds: {dict(Counter(kind for kind, _ in pool))}")
    for number in range(cases):
        chance = random.Random(f"{seed} {number}")
        kind, data = chance.choice(pool)
        data = mutate(chance, data, chance.choice(pool)[1])
        charset = chance.choice(CHARSETS)
        counts[kind] += 1
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, deadline)
        signal.setitimer(signal.ITIMER_REAL, 20 * deadline)
        try:
            articles = read(kind, data, charset)
            for article in articles:
                if bad := steering(article):
                    counts["CONTROLS"] += 1
                    say(f"case {number} ({kind}): control in {bad[:80]!r}")
                    break
        except (FeedError, PageError, ValueError) as error:
            articles = ()
            counts["refused"] += 1
            if isinstance(error, UnicodeError) or BREAKING.search(str(error)):
                counts["CRASHES"] += 1
                say(f"case {number} ({kind}): {error!r}")
        except Hang:
            articles = ()
            counts["HANGS"] += 1
            say(f"case {number} ({kind}): beyond {deadline} s, {len(data)} bytes")
        except Exception as error:
            articles = ()
            counts["CRASHES"] += 1
            say(f"case {number} ({kind}): {error!r}\n{''.join(traceback.format_exc().splitlines(True)[-4:])}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
        slowest = max(slowest, (time.process_time() - started, number))
        for article in articles[:2]:
            recent[article.id or str(number)] = dataclasses.replace(
                article, id=f"{len(recent):012x}", source="fuzz", published=None, fetched=datetime.now(UTC)
            )
        if screen and (number + 1) % screen == 0:
            shown = list(recent.values())[-150:]
            recent.clear()
            counts["on the screen"] += len(shown)
            for name, values in show(shown).items():
                counts["PTY"] += len(values)
                say(f"cases to {number}: the app wrote {name}: {values[:3]}")
            say(f"{number + 1} cases, slowest {slowest[0]:.2f} s (case {slowest[1]}), {dict(counts)}")
    return counts


def main() -> int:
    here = Path(__file__).resolve().parent.parent.parent / "shared" / "corpus"
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--deadline", type=float, default=10, help="seconds of the processor")
    parser.add_argument(
        "--screen", type=int, default=2_000, help="cases between two looks at the app; 0 for none"
    )
    parser.add_argument("--corpus", type=Path, default=here)
    options = parser.parse_args()
    os.environ.pop("TUI_NEWS_HOME", None)
    started = time.monotonic()
    corpus = options.corpus if options.corpus.is_dir() else None
    print(f"{lab.machine()}; corpus {'used' if corpus else 'not found'}", flush=True)
    counts = run(
        options.cases,
        options.seed,
        options.deadline,
        options.screen,
        corpus,
        lambda text: print(text, flush=True),
    )
    bad = {name: counts[name] for name in ("CRASHES", "HANGS", "CONTROLS", "PTY")}
    print(f"\n{options.cases} cases in {time.monotonic() - started:.0f} s: {dict(counts)}\n{bad}")
    return int(any(bad.values()))


if __name__ == "__main__":
    sys.exit(main())
