"""The newsroom's pages, threads and portal: they say what their truth says."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import feedparser
import httpx
from lxml import etree, html

from tests.newsroom import Newsroom
from tests.newsroom.channels import CHANNELS, LISTS
from tests.newsroom.layouts import LAYOUTS
from tests.newsroom.portal import EDITIONS

CODECS = {edition.name: edition.codec for edition in EDITIONS}


def tree(page: str | bytes) -> Any:
    """A parsed HTML page."""
    return html.fromstring(page)


# --- sites and threads -----------------------------------------------------------------------------


def test_sites_announce_their_feeds(room: Newsroom, client: httpx.Client) -> None:
    def announced(path: str) -> list[str]:
        return [
            str(e) for e in tree(client.get(room.url(path)).content).xpath("//link[@rel='alternate']/@href")
        ]

    assert announced("/") == [feed.path for feed in room.feeds]
    assert announced("/site/zh/") == ["/feeds/zh/yaowen.rss", "/feeds/zh/keji.atom", "/feeds/zh/boke.json"]
    assert announced("/site/none/") == []
    index = tree(client.get(room.base).content)
    for link in index.xpath("//a/@href"):
        assert client.get(room.url(str(link))).status_code == 200, link


def test_comments_are_the_same_everywhere(room: Newsroom, client: httpx.Client) -> None:
    for entry in feedparser.parse(client.get(room.url("/feeds/world.rss")).content).entries[:8]:
        count = int(entry.slash_comments)
        comments = feedparser.parse(client.get(entry.wfw_commentrss).content).entries
        key = entry.id.removeprefix("newsroom:")
        rest = client.get(room.url("/wp-json/wp/v2/comments"), params={"post": key}).json()
        assert len(comments) == len(rest) == count
        assert all(comment["parent"] < comment["id"] for comment in rest)


def test_discussion_sites_tell_the_same_thread(room: Newsroom, client: httpx.Client) -> None:
    def get(path: str) -> Any:
        return client.get(room.url(path)).json()

    ids = get("/hn/v0/topstories.json")
    assert len(ids) == 24
    for post, story in list(zip(ids, room.stories("/feeds/world.rss"), strict=True))[:6]:
        top = get(f"/hn/v0/item/{post}.json")
        assert top["title"] == story.headline
        found: dict[int, int] = {}
        waiting = list(top["kids"])
        while waiting:
            item = get(f"/hn/v0/item/{waiting.pop()}.json")
            found[item["id"]] = item["parent"]
            waiting += item["kids"]
        assert len(found) == top["descendants"]
        nested: dict[int, int] = {}
        nodes = [get(f"/hn/api/v1/items/{post}")]
        while nodes:
            node = nodes.pop()
            nested |= {child["id"]: node["id"] for child in node["children"]}
            nodes += node["children"]
        assert nested == found
        flat = get(f"/lobsters/s/p{post}.json")["comments"]
        assert {c["short_id"]: c["parent_comment"] for c in flat} == {
            f"c{child}": f"c{parent}" if parent != post else None for child, parent in found.items()
        }
        assert all(c["depth"] == 0 for c in flat if c["parent_comment"] is None)
        posts = get(f"/discourse/t/{post}.json")["post_stream"]["posts"]
        assert {p["id"]: post * 100 + (p["reply_to_post_number"] or 1) - 1 for p in posts[1:]} == {
            child: parent if parent != post else post * 100 for child, parent in found.items()
        }
        lemmy = get(f"/lemmy/api/v3/comment/list?post_id={post}")["comments"]
        assert {c["comment"]["id"]: int(c["comment"]["path"].split(".")[-2]) for c in lemmy} == {
            child: parent if parent != post else 0 for child, parent in found.items()
        }
    assert get("/hn/v0/item/7.json") is None


# --- the portal -------------------------------------------------------------------------------------


def squeeze(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text)


def test_the_portal_says_what_its_truth_says(room: Newsroom, client: httpx.Client) -> None:
    truths = room.truth
    assert len(truths) == 100
    assert {(t["layout"], len(t["pages"]) > 1, t["encoding"]) for t in truths} >= {
        (layout, many, edition.encoding)
        for layout in LAYOUTS
        for many in (True, False)
        for edition in EDITIONS
    }
    for truth in truths:
        shown: list[str] = []
        for url, part in zip(truth["pages"], truth["page_bodies"], strict=True):
            answer = client.get(url)
            assert answer.headers["content-type"] == truth["content_type"]
            text = answer.content.decode(CODECS[truth["edition"]])
            root = tree(re.sub(r"<meta[^>]*charset[^>]*>", "", text, flags=re.IGNORECASE))
            for script in root.xpath("//script"):
                script.getparent().remove(script) if not script.tail else script.clear(keep_tail=True)
            page = squeeze(str(root.text_content()))
            place = 0
            for paragraph in part:
                place = page.index(squeeze(paragraph), place)
            shown.append(page)
            assert squeeze(truth["headline"]) in page
            assert squeeze(truth["agency"]) in page
        assert squeeze(truth["kicker"]) in shown[0]
        assert squeeze(truth["deck"]) in shown[0]
        assert squeeze(truth["editor"]) in shown[-1]
        assert all(squeeze(name) in shown[0] for name in [*truth["authors"], *truth["breadcrumb"]])
        assert [text for part in truth["page_bodies"] for text in part] == truth["body"]
        body = "\n".join(truth["body"])
        assert [text for text in truth["not_body"] if text in body] == []
        assert datetime.fromisoformat(truth["published"]).utcoffset() is not None


def test_portal_pages_lead_on_and_back(room: Newsroom, client: httpx.Client) -> None:
    many = next(truth for truth in room.truth if len(truth["pages"]) > 2)
    seen, url = [], many["url"]
    while url:
        seen.append(url)
        root = tree(client.get(url).content.decode(CODECS[many["edition"]]))
        following = [a for a in root.xpath("//a") if a.text == "下一页"]
        url = str(httpx.URL(url).join(following[0].get("href"))) if following else ""
    assert seen == many["pages"]
    assert any(url.endswith("_1.shtml") for url in seen)
    assert client.get(room.url("/portal/utf-8/20000101/n9000.shtml")).status_code == 404


def test_a_legacy_portal_is_not_what_it_is_labelled(room: Newsroom, client: httpx.Client) -> None:
    pages = [client.get(truth["url"]).content for truth in room.truth if truth["edition"] == "gb2312"]
    assert all(b"charset=gb2312" in page or b'charset="gb2312"' in page for page in pages)
    text = b"".join(pages).decode("gb18030")
    assert all(char in text for char in "镕喆囧€")
    japanese = b"".join(client.get(t["url"]).content for t in room.truth if t["edition"] == "shift_jis")
    assert "髙" in japanese.decode("cp932")
    kinds = {truth["content_type"] for truth in room.truth}
    assert {"text/html", "text/html; charset=iso-8859-1", "text/html; charset=gb2312"} <= kinds


def test_channels_list_what_their_truth_says(room: Newsroom, client: httpx.Client) -> None:
    assert [channel["layout"] for channel in room.channels] == list(LISTS)
    for channel in room.channels:
        url = channel["url"]
        for page in channel["pages"]:
            assert page["url"] == url
            text = client.get(url).content.decode(CODECS[channel["edition"]])
            root = tree(re.sub(r"<meta[^>]*charset[^>]*>", "", text))
            links: dict[str, str] = {}
            for a in root.xpath("//a[@href]"):
                links[room.base + a.get("href")] = links.get(room.base + a.get("href"), "") + str(
                    a.text_content()
                )
            for item in page["headlines"]:
                assert squeeze(item["headline"]) in squeeze(links[item["url"]])
            assert bool(page["next"]) == any(page["next"] == link for link in links if page["next"])
            url = page["next"]
        assert url == ""
        assert client.get(channel["pages"][2]["headlines"][-1]["url"]).status_code == 200


def test_sitemaps_and_front_pages(room: Newsroom, client: httpx.Client) -> None:
    index = etree.fromstring(client.get(room.url("/sitemap.xml")).content)
    place = index.findtext("{*}sitemap/{*}loc")
    assert place is not None
    news = etree.fromstring(client.get(place).content)
    english = next(channel for channel in room.channels if channel["language"] == "en")
    assert [loc.text for loc in news.iterfind("{*}url/{*}loc")] == [
        item["url"] for item in english["pages"][0]["headlines"]
    ]
    for edition in EDITIONS:
        text = client.get(room.url(f"/portal/{edition.name}/")).content.decode(edition.codec)
        own = [channel for channel in CHANNELS if channel.edition == edition]
        assert all(channel.path(1) in text for channel in own)
