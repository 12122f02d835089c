"""Full texts, targets and search, as the screen and the shell ask for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.newsroom_service.conftest import BRIEFS, WORLD, Opener
from tui_news.fetch import FetchError
from tui_news.model import Article, Source, paragraphs
from tui_news.newsroom import View
from tui_news.newsroom.reading import full_text, read_web_page, wants_full_text
from tui_news.newsroom.searching import search_cache
from tui_news.newsroom.targets import TargetError, find_id, read_target
from tui_news.paths import Places
from tui_news.portal.query import QueryError

SOURCE = Source("s", "https://a.example/feed")


@pytest.mark.parametrize(
    ("mode", "text", "full", "url", "wanted"),
    [
        ("auto", "short", False, "https://a.example/1", True),
        ("auto", "long " * 200, False, "https://a.example/1", False),
        ("auto", "short", True, "https://a.example/1", False),
        ("auto", "short", False, "", False),
        ("never", "short", False, "https://a.example/1", False),
        ("always", "long " * 200, False, "https://a.example/1", True),
        ("always", "long " * 200, True, "https://a.example/1", False),
    ],
)
def test_when_a_page_is_fetched(mode: str, text: str, full: bool, url: str, wanted: bool) -> None:
    article = Article("1", "s", url, full=full, blocks=paragraphs(text))
    assert wants_full_text(article, Source("s", "https://a.example/feed", full_text=mode)) is wanted


async def test_the_full_text_is_kept_for_a_train_without_a_network(reader: Opener, room: Loopback) -> None:
    async with reader(BRIEFS) as newsroom:
        await newsroom.refresh()
        head = newsroom.listing(View(source="s0"))[0]
        whole = await full_text(newsroom, newsroom.article(head.id))
        assert whole.full
        assert len(whole.blocks) > len(newsroom.article(head.id).blocks) - 1 > 2
        assert (whole.id, whole.headline, whole.source) == (head.id, head.headline, "s0")
    async with reader() as newsroom:
        assert newsroom.article(head.id).blocks == whole.blocks
        assert not newsroom.stubs(newsroom.listing(View(source="s0")), 0, 50) or head.id not in {
            stub.id for stub in newsroom.stubs(newsroom.listing(View(source="s0")), 0, 50)
        }


async def test_a_page_that_fails_leaves_the_summary(reader: Opener, room: Loopback) -> None:
    async with reader(BRIEFS) as newsroom:
        await newsroom.refresh()
        article = newsroom.article(newsroom.listing(View(source="s0"))[0].id)
        room.fault("/articles/*", "500")
        with pytest.raises(FetchError):
            await full_text(newsroom, article)
        room.fault("/articles/*", "empty")
        with pytest.raises(ValueError, match="empty"):
            await full_text(newsroom, article)
        assert newsroom.article(article.id) == article


async def test_a_page_that_only_asks_for_scripts_does_not_replace_the_summary(
    reader: Opener, room: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader(BRIEFS) as newsroom:
        await newsroom.refresh()
        article = newsroom.article(newsroom.listing(View(source="s0"))[0].id)
        page = replace(article, blocks=paragraphs("Please allow scripts."))

        async def asks(*_args: object, **_options: object) -> Article:
            return page

        monkeypatch.setattr("tui_news.newsroom.reading.read_web_page", asks)
        with pytest.raises(ValueError, match="no article text"):
            await full_text(newsroom, article)
        assert newsroom.article(article.id) == article


async def test_an_article_over_several_pages_is_one(reader: Opener, room: Loopback) -> None:
    truth = next(item for item in room.truth if len(item["pages"]) > 2)
    async with reader(BRIEFS) as newsroom:
        whole = await read_web_page(newsroom, truth["url"])
        assert whole.headline == truth["headline"]
        texts = [block.text for block in whole.blocks if block.kind != "picture"]
        assert texts == [text.removeprefix("——") for text in truth["body"]]
        room.fault(truth["pages"][1].removeprefix(room.base), "500")
        first = await read_web_page(newsroom, truth["url"])
        assert 0 < len(first.blocks) < len(whole.blocks)
        assert any("Page 2 is missing" in note for note in first.notes)


async def test_targets(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD) as newsroom:
        await newsroom.refresh()
        heads = newsroom.listing(View(source="s0"))
        newsroom.cache.put_numbers([head.id for head in heads[:3]])
        assert find_id(newsroom, "2") == find_id(newsroom, " #2 ") == heads[1].id
        assert find_id(newsroom, heads[7].id) == heads[7].id
        for target in ("4", "0", "-1", "", "zz", "²", "f" * 13, "\x00"):
            with pytest.raises(TargetError) as caught:
                find_id(newsroom, target)
            assert caught.value.code == 4
        article, remark = await read_target(newsroom, "1")
        assert (article.id, remark) == (heads[0].id, "")


def test_the_beginning_of_several_ids_is_not_enough(places: Places) -> None:
    from tui_news.newsroom import Newsroom, now

    with Newsroom.open(places) as newsroom:
        ids = ["abcd00000001", "abcd00000002"]
        articles = [Article(id, "s", headline=id, fetched=now()) for id in ids]
        newsroom.cache.store("s", articles, now=now())
        with pytest.raises(TargetError, match="2 ids"):
            find_id(newsroom, "abcd")
        assert find_id(newsroom, "abcd00000002") == ids[1]


async def test_search_looks_into_the_texts(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD, BRIEFS) as newsroom:
        await newsroom.refresh()
        article = newsroom.article(newsroom.listing(View(source="s0"))[3].id)
        phrase = " ".join(article.blocks[-1].text.split()[:5])
        assert article.id in {hit.id for hit in search_cache(newsroom, f'"{phrase}"')}
        assert {hit.source for hit in search_cache(newsroom, "source:s1 OR x")} <= {"s1"}
        with pytest.raises(QueryError):
            list(search_cache(newsroom, "is:nonsense"))
