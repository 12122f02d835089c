"""The newsroom itself: what the other tests rely on."""

from __future__ import annotations

import calendar
import contextlib
import gzip
import http.client
import json
import re
import socket
import subprocess
import sys
import time
import tomllib
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import feedparser
import httpx
import pytest
import zstandard
from lxml import etree

from tests.newsroom import EPOCH, Newsroom
from tests.newsroom.faults import MODES
from tests.newsroom.hostile import ODD, attacks


def raw(room: Newsroom, path: str, *headers: str, method: str = "GET") -> bytes:
    """Everything that comes back on one connection, as bytes."""
    with socket.create_connection(("127.0.0.1", room.port), 5) as connection:
        lines = [f"{method} {path} HTTP/1.1", "Host: newsroom", "Connection: close", *headers]
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        got = b""
        while piece := connection.recv(65_536):
            got += piece
        return got


# --- feeds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("feed", Newsroom.feeds, ids=lambda feed: feed.slug + "." + feed.format)
def test_every_feed_carries_its_stories(room: Newsroom, client: httpx.Client, feed: Any) -> None:
    answer = client.get(room.url(feed.path))
    stories = room.stories(feed.path)
    assert answer.status_code == 200
    assert len(stories) == feed.count
    if feed.format.startswith("json"):
        items = answer.json()["items"]
        assert [item["url"] for item in items] == [f"{room.base}/articles/{s.key}.html" for s in stories]
        assert any("title" not in item for item in items)
        return
    assert f'encoding="{feed.declared}"'.encode() in answer.content[:80]
    text = answer.content.decode(feed.charset)
    parsed = feedparser.parse(re.sub(r'encoding="[^"]+"', 'encoding="utf-8"', text, count=1).encode())
    assert not parsed.bozo
    assert len(parsed.entries) == feed.count
    if feed.format not in ("micro", "rss092"):
        titles = [re.sub("</?b>", "", entry.title) for entry in parsed.entries]
        assert titles == [story.headline for story in stories]
    if feed.format not in ("rss091", "rss092"):
        times = [entry.get("published_parsed") or entry.get("updated_parsed") for entry in parsed.entries]
        dates = [datetime.fromtimestamp(calendar.timegm(when), UTC) for when in times]
        assert dates == [story.published for story in stories]


def test_the_formats_are_what_they_say(room: Newsroom, client: httpx.Client) -> None:
    expected = {
        "/feeds/world.rss": "rss20", "/feeds/bulletin-091.rss": "rss091n",
        "/feeds/bulletin-092.rss": "rss092", "/feeds/science.rdf": "rss10", "/feeds/essays.atom": "atom10",
        "/feeds/archive.atom": "atom03",
    }  # fmt: skip
    for path, version in expected.items():
        assert feedparser.parse(client.get(room.url(path)).content).version == version
    world = feedparser.parse(client.get(room.url("/feeds/world.rss")).content).entries[0]
    assert {"content", "media_content", "wfw_commentrss", "slash_comments", "authors"} <= set(world)
    assert client.get(world.wfw_commentrss).status_code == 200
    episode = feedparser.parse(client.get(room.url("/feeds/podcast.rss")).content).entries[0]
    assert episode.itunes_duration
    assert episode.enclosures[0].type == "audio/mpeg"
    assert all(
        "title" not in e for e in feedparser.parse(client.get(room.url("/feeds/micro.rss")).content).entries
    )


def test_legacy_feeds_hold_what_their_label_does_not(room: Newsroom, client: httpx.Client) -> None:
    chinese = client.get(room.url("/feeds/legacy/gb2312.rss")).content
    assert b'encoding="gb2312"' in chinese
    text = chinese.decode("gb18030")
    assert any(char in text for char in "镕喆囧€")
    with pytest.raises(UnicodeDecodeError):
        chinese.decode("gb2312")
    lies = client.get(room.url("/feeds/legacy/gb2312-lies.rss"))
    assert lies.headers["content-type"].endswith("charset=iso-8859-1")
    assert "晨星网" in lies.content.decode("gb18030")
    assert "charset" not in client.get(room.url("/feeds/legacy/gb2312-prolog.rss")).headers["content-type"]


def test_sized_feeds_have_that_size_and_no_entry_twice(room: Newsroom, client: httpx.Client) -> None:
    room.prepare("/feeds/sized/1/1000.rss")
    links: set[str] = set()
    for number in (1, 2):
        root = etree.fromstring(client.get(room.url(f"/feeds/sized/{number}/1000.rss")).content)
        assert len(root.findall("channel/item")) == 1000
        links |= {link.text or "" for link in root.findall("channel/item/link")}
    assert len(links) == 2000
    assert client.get(links.pop()).status_code == 200


def test_the_same_seed_says_the_same_and_another_does_not(client: httpx.Client) -> None:
    def text(seed: int) -> tuple[list[str], list[dict[str, Any]]]:
        with Newsroom(seed) as room:
            bodies = [client.get(room.url(feed.path)).text for feed in room.feeds[:12]]
            return [body.replace(room.base, "") for body in bodies], [
                {**truth, "url": "", "pages": []} for truth in room.truth[:10]
            ]

    assert text(7) == text(7)
    assert text(7)[0] != text(8)[0]
    with Newsroom(now=datetime(2030, 1, 1, tzinfo=UTC)) as later:
        newest = later.stories("/feeds/world.rss")[0].published
    assert 0 < (datetime(2030, 1, 1, tzinfo=UTC) - newest).total_seconds() < 3600
    assert newest > EPOCH


# --- what tests change ------------------------------------------------------------------------------


def test_publish_revise_withdraw_reset(room: Newsroom, client: httpx.Client) -> None:
    path = "/feeds/world.rss"
    before = client.get(room.url(path))
    fresh = room.publish(path, 3)
    after = client.get(room.url(path))
    entries = feedparser.parse(after.content).entries
    assert [entry.title for entry in entries[:3]] == [story.headline for story in fresh]
    assert len(entries) == 27
    assert after.headers["etag"] != before.headers["etag"]
    assert [story.published for story in fresh] == sorted((s.published for s in fresh), reverse=True)
    assert fresh[-1].published > room.stories(path)[3].published
    assert client.get(room.url(f"/articles/{fresh[0].key}.html")).status_code == 200

    room.revise(path, 0, "A second thought")
    changed = feedparser.parse(client.get(room.url(path)).content).entries[0]
    assert (changed.title, changed.id) == ("A second thought", entries[0].id)

    gone = room.withdraw(path, 0)
    assert len(feedparser.parse(client.get(room.url(path)).content).entries) == 26
    assert client.get(room.url(f"/articles/{gone.key}.html")).status_code == 410

    room.reset()
    assert client.get(room.url(path)).content == before.content
    assert room.hits(path) == 1


def test_the_log_says_who_asked_for_what(room: Newsroom, client: httpx.Client) -> None:
    client.get(room.url("/feeds/world.rss?x=1"), headers={"X-Mine": "yes"})
    client.post(room.url("/comments/world/0/post"), content=b"<item/>")
    assert [(r.method, r.path, r.query) for r in room.requests] == [
        ("GET", "/feeds/world.rss", "x=1"),
        ("POST", "/comments/world/0/post", ""),
    ]
    assert room.requests[0].headers["x-mine"] == "yes"
    assert room.requests[0].at <= room.requests[1].at <= time.monotonic()
    assert [post.body for post in room.posted] == [b"<item/>"]


def test_faults_come_and_go(room: Newsroom, client: httpx.Client) -> None:
    url = room.url("/feeds/world.rss")
    room.fault("/feeds/world.rss", "503:120", times=2)
    answers = [client.get(url) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["retry-after"] == "120"
    room.fault("/feeds/*", "404")
    assert client.get(url).status_code == 404
    assert client.get(room.url("/feeds/zh/yaowen.rss")).status_code == 404
    room.fault("/feeds/*", "ok")
    assert client.get(url).status_code == 200
    with pytest.raises(ValueError, match="no such fault"):
        room.fault("/", "earthquake")


# --- HTTP -------------------------------------------------------------------------------------------


def test_validators(room: Newsroom, client: httpx.Client) -> None:
    url = room.url("/feeds/world.rss")
    first = client.get(url)
    tag, modified = first.headers["etag"], first.headers["last-modified"]

    def status(**headers: str) -> int:
        return client.get(url, headers={k.replace("_", "-"): v for k, v in headers.items()}).status_code

    assert status(if_none_match=tag) == 304
    assert status(if_none_match=f'"x", W/{tag}') == 304
    assert status(if_none_match="*") == 304
    assert status(if_none_match='"x"') == 200
    assert status(if_modified_since=modified) == 304
    assert status(if_modified_since="Sun, 06 Nov 1994 08:49:37 GMT") == 200
    # The tag rules over the date (RFC 9110, 13.1.3).
    assert status(if_none_match='"x"', if_modified_since=modified) == 200
    assert client.get(url, headers={"If-None-Match": tag}).content == b""


def test_codings(room: Newsroom, client: httpx.Client) -> None:
    plain = raw(room, "/feeds/world.rss").partition(b"\r\n\r\n")[2]
    assert plain.startswith(b"<?xml")
    undo = {
        "gzip": gzip.decompress,
        "deflate": zlib.decompress,
        "br": brotli.decompress,
        "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
    }
    for coding, decode in undo.items():
        for path, header in (
            ("/feeds/world.rss", f"Accept-Encoding: {coding}"),
            (f"/coded/{coding}/feeds/world.rss", "X: y"),
        ):
            head, _, body = raw(room, path, header).partition(b"\r\n\r\n")
            assert f"Content-Encoding: {coding}".encode() in head
            assert decode(body) == plain
    assert (
        b"Content-Encoding" not in raw(room, "/feeds/world.rss", "Accept-Encoding: gzip;q=0, identity")[:400]
    )
    assert raw(room, "/feeds/world.rss", method="HEAD").endswith(b"\r\n\r\n")


def test_redirects(room: Newsroom, client: httpx.Client) -> None:
    for status in (301, 302, 307, 308):
        answer = client.get(room.url(f"/moved/{status}/feeds/world.rss"))
        assert (answer.status_code, answer.headers["location"]) == (status, "/feeds/world.rss")
    assert client.get(room.url("/fault/file/x")).headers["location"] == "file:///etc/passwd"
    with pytest.raises(httpx.TooManyRedirects):
        client.get(room.url("/fault/loop/x"), follow_redirects=True)
    assert client.get(room.url("/fault/redirect:301:%2Ffeeds/x")).status_code == 301


def test_broken_answers(room: Newsroom, client: httpx.Client) -> None:
    whole = client.get(room.url("/feeds/world.rss")).content
    for mode in ("short", "chunk-cut", "reset", "close"):
        with pytest.raises(httpx.TransportError):
            client.get(room.url(f"/fault/{mode}/feeds/world.rss"))
    assert client.get(room.url("/fault/truncated/feeds/world.rss")).content == whole[: len(whole) // 2]
    assert client.get(room.url("/fault/empty/feeds/world.rss")).content == b""
    assert b"<form" in client.get(room.url("/fault/html/feeds/world.rss")).content
    assert (
        client.get(room.url("/fault/garbage/feeds/world.rss"))
        .headers["content-type"]
        .startswith("application/rss")
    )
    assert (
        client.get(room.url("/fault/charset:zlib/feeds/world.rss"))
        .headers["content-type"]
        .endswith("charset=zlib")
    )
    assert (
        client.get(room.url("/fault/type:image%2Fpng/feeds/world.rss")).headers["content-type"] == "image/png"
    )
    for mode in ("layered", "bomb", "bad-coding", "unknown-coding"):
        head = raw(room, f"/fault/{mode}/feeds/world.rss").partition(b"\r\n\r\n")[0]
        assert b"Content-Encoding" in head, mode
    bomb = raw(room, "/fault/bomb/x").partition(b"\r\n\r\n")[2]
    assert len(bomb) < 100_000
    assert len(gzip.decompress(bomb)) == 64 << 20
    assert len(raw(room, "/fault/headers/x")) > 5_000_000
    flaky = {client.get(room.url("/fault/flaky/feeds/world.rss")).status_code for _ in range(30)}
    assert flaky == {200, 503}


def test_slow_answers_hold_up_no_other(room: Newsroom, client: httpx.Client) -> None:
    with ThreadPoolExecutor(2) as pool:
        hanging = pool.submit(lambda: httpx.get(room.url("/fault/hang/x"), timeout=0.5, trust_env=False))
        slow = pool.submit(lambda: httpx.get(room.url("/slow/0.4/feeds/world.rss"), trust_env=False).elapsed)
        assert client.get(room.url("/feeds/world.rss")).status_code == 200
        assert slow.result().total_seconds() >= 0.4
        with pytest.raises(httpx.ReadTimeout):
            hanging.result()
    with pytest.raises(httpx.ReadTimeout):
        client.get(room.url("/drip/3/feeds/world.rss"), timeout=0.3)
    endless = http.client.HTTPConnection("127.0.0.1", room.port, timeout=5)
    endless.request("GET", "/fault/endless/x")
    answer = endless.getresponse()
    assert len(answer.read(3_000_000)) == 3_000_000
    answer.close()
    endless.close()


def test_every_mode_is_described_by_a_name_that_works(room: Newsroom) -> None:
    values = {
        "<status>": "500",
        "<seconds>": "1",
        "<content type>": "a/b",
        "<label>": "big5",
        "<path>": "/",
        "<share>": "0.5",
    }
    for name in MODES:
        mode = re.sub(r"\[.*?\]", "", name)
        for slot, value in values.items():
            mode = mode.replace(slot, value)
        room.fault("/x", mode)


def test_further_hosts_and_a_taken_port(client: httpx.Client) -> None:
    with Newsroom(hosts=("127.0.0.1", "127.0.0.2")) as room:
        assert client.get(room.url("/feeds/world.rss", host=1)).status_code == 200
        assert room.requests[0].host == "127.0.0.2"
        with pytest.raises(OSError, match="in use"):
            Newsroom(port=room.port).start()


def test_closing_drops_every_connection() -> None:
    room = Newsroom().start()
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(raw, room, "/fault/hang/x")
        while not room.requests:
            time.sleep(0.01)
        room.close()
        room.close()
        with contextlib.suppress(ConnectionError):  # a reset says it as well
            assert hanging.result(5) == b""
    with pytest.raises(ConnectionRefusedError):
        raw(room, "/")


# --- hostile and odd --------------------------------------------------------------------------------


def test_hostile_feeds_carry_every_control_character(room: Newsroom, client: httpx.Client) -> None:
    controls = {chr(c) for c in (*range(32), *range(127, 160))}
    assert controls <= set("".join(text for _, text in attacks()))
    items = client.get(room.url("/feeds/hostile.json")).json()["items"]
    assert controls <= set("".join(item["title"] for item in items))
    assert controls <= set("".join(item["authors"][0]["name"] for item in items))
    rss = client.get(room.url("/feeds/hostile.rss")).content
    assert rss.count(b"<item>") == 2 * len(attacks())
    for char in controls:
        assert f"before&#{ord(char)};after".encode() in rss
        assert f"before{char}after".encode() in rss or char == "\0"
    assert b"\x1b]0;" in rss
    assert b"&#27;]0;" in rss
    atom = etree.fromstring(client.get(room.url("/feeds/hostile.atom")).content)
    assert "\x9b7709J" in "".join(str(t) for t in atom.itertext())


def test_odd_feeds(room: Newsroom, client: httpx.Client) -> None:
    def guids(name: str) -> list[str]:
        text = client.get(room.url(f"/feeds/odd/{name}.rss")).text
        return re.findall(r"<guid[^>]*>(.*?)</guid>", text)

    for name in ODD:
        assert client.get(room.url(f"/feeds/odd/{name}.rss")).status_code == 200
    assert not set(guids("changing-guids")) & set(guids("changing-guids"))
    assert len(guids("growing")) + 1 == len(guids("growing"))
    assert len(set(guids("duplicate-guids"))) == 1
    assert client.get(room.url("/feeds/odd/none-such.rss")).status_code == 500


# --- by hand ----------------------------------------------------------------------------------------


def test_by_hand(tmp_path: Path) -> None:
    options = [f"--{name}={tmp_path / name}" for name in ("sources", "opml", "truth")]
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.newsroom",
            "--port=0",
            "--now=epoch",
            "--fault=/feeds/micro.rss=410",
            *options,
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout is not None
        base = process.stdout.readline().strip()
        sources = tomllib.loads((tmp_path / "sources").read_text(encoding="utf-8"))["source"]
        statuses = {s["url"]: httpx.get(s["url"], trust_env=False).status_code for s in sources}
        assert [url for url, status in statuses.items() if status != 200] == [f"{base}/feeds/micro.rss"]
        assert {"feed", "page", "sitemap"} == {source.get("kind", "feed") for source in sources}
        outlines = etree.parse(tmp_path / "opml").findall(".//outline[@xmlUrl]")
        assert len(outlines) == len(Newsroom.feeds)
        assert len(json.loads((tmp_path / "truth").read_text(encoding="utf-8"))) == 100
    finally:
        process.send_signal(2)
        process.communicate()
    assert process.returncode == 0
