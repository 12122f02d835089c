"""A newsroom on the loopback: what tests and benchmarks fetch in place of the world.

    with Newsroom(seed=1) as room:
        httpx.get(room.url("/feeds/world.rss"))
        room.fault("/feeds/world.rss", "503:120")    # modes: tests.newsroom.faults.MODES
        room.publish("/feeds/world.rss", 3)          # three new stories at its top
        room.requests[-1].headers["user-agent"]

By hand: `python -m tests.newsroom --help`.

Paths: `/feeds/...` (`room.feeds` lists them), `/feeds/sized/<number>/<entries>.rss`,
`/feeds/hostile.rss|atom|json`, `/feeds/odd/<name>.rss` (`hostile.ODD`), `/articles/<key>.html`,
`/comments/<key>.rss`, `/wp-json/wp/v2/comments?post=<key>`, `/site/<name>/` (pages that announce feeds;
`/site/none/` announces none), `/portal/<edition>/` (gb2312 gb18030 big5 shift_jis utf-8 euc-jp euc-kr en ja
ko) with channels `/portal/<edition>/channel<n>/index[_<page>].shtml` and articles, what they say being in
`room.truth` and `room.channels`, `/sitemap.xml`, `/sitemap-news.xml`; and before any path: `/fault/<mode>`,
`/slow/<seconds>`, `/drip/<pause>`, `/moved/<301|302|303|307|308>`, `/coded/<gzip|deflate|br|zstd>`.
"""

from __future__ import annotations

from tests.newsroom.feeds import Feed
from tests.newsroom.room import Newsroom
from tests.newsroom.story import EPOCH, Story
from tests.newsroom.wire import Answer, Request

__all__ = ["EPOCH", "Answer", "Feed", "Newsroom", "Request", "Story"]
