"""A newsroom on the loopback: what tests and benchmarks fetch in place of the world.

    with Newsroom(seed=1) as room:
        httpx.get(room.url("/feeds/world.rss"))
        room.fault("/feeds/world.rss", "503:120")    # modes: tests.newsroom.faults.MODES
        room.publish("/feeds/world.rss", 3)          # three new stories at its top
        room.requests[-1].headers["user-agent"]

By hand: `python -m tests.newsroom --help`.

Paths:

- `/feeds/...`: `room.feeds` lists them; `/feeds/sized/<number>/<entries>.rss` for benchmarks;
  `/feeds/hostile.rss|atom|json`; `/feeds/odd/<name>.rss`, names in `hostile.ODD`
- `/articles/<key>.html`: the page of every entry, key being `Story.key`
- `/comments/<key>.rss`, `/comments/<key>/post`, `/wp-json/wp/v2/comments?post=<key>`: its comments
- `/hn/v0/topstories.json`, `/hn/v0/item/<id>.json`, `/hn/api/v1/items/<id>`, `/lobsters/s/p<id>.json`,
  `/discourse/t/<id>.json`, `/lemmy/api/v3/comment/list?post_id=<id>`: threads as discussion sites have them,
  from id 1000 on
- `/site/<name>/`: pages that announce feeds, e.g. `/site/zh/`; `/site/none/` announces none
- `/portal/<edition>/` (gb2312 gb18030 big5 shift_jis utf-8 euc-jp euc-kr en ja ko), its channels
  `/portal/<edition>/channel<n>/index[_<page>].shtml` and articles: `room.truth` and `room.channels`
- `/sitemap.xml`, `/sitemap-news.xml`
- before any of these: `/fault/<mode>`, `/slow/<seconds>`, `/drip/<pause>`, `/coded/<gzip|deflate|br|zstd>`,
  `/moved/<301|302|303|307|308>`
"""

from __future__ import annotations

from tests.newsroom.feeds import Feed
from tests.newsroom.room import Newsroom
from tests.newsroom.story import EPOCH, Story
from tests.newsroom.wire import Answer, Request

__all__ = ["EPOCH", "Answer", "Feed", "Newsroom", "Request", "Story"]
