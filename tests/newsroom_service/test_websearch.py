"""Scopes of a search, and the open web asked by its templates: feeds and JSON, kept, followed, forgotten."""

from __future__ import annotations

import re

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.newsroom_service.conftest import BRIEFS, WORLD, Opener
from tui_news.config.settings import TERMS, WebSearch
from tui_news.model import Source
from tui_news.newsroom import View
from tui_news.newsroom.discussion import fetch
from tui_news.newsroom.scopes import SCOPES, kind_of
from tui_news.newsroom.websearch import articles_of, ask, asked, engine_of, engines, filled, keep
from tui_news.sources.catalog import LANGUAGES, default_searches, search_catalog, searches
from tui_news.sources.subscriptions import web_url

SITES = {"hn": "hn/api/v1/search", "discourse": "discourse/search.json", "lemmy": "lemmy/api/v3/search",
         "wordpress": "wordpress/search"}  # fmt: skip


def configured(room: Loopback, **searches: str) -> str:
    """A config with web searches: `name=scope path`."""
    return "".join(
        f'[[search.web]]\nname = "{name}"\nurl = "{room.url("/" + told.split()[1])}?q={{searchTerms}}"\n'
        f'scope = "{told.split()[0]}"\n\n'
        for name, told in searches.items()
    )


# --- scopes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (Source("s", "https://a.example/feed", section=("World",)), "news"),
        (Source("s", "https://a.example/feed", section=("Tech", "Blogs")), "blogs"),
        (Source("s", "https://a.example/feed", section=("博客",)), "blogs"),
        (Source("s", "https://a.example/feed", tags=("Blog",)), "blogs"),
        (Source("s", "https://someone.substack.com/feed"), "blogs"),
        (Source("s", "https://hnrss.org/newest"), "forum"),
        (Source("s", "https://a.example/feed", section=("说吧",)), "forum"),
        (Source("s", "https://a.example/feed", section=("討論",)), "forum"),
        (Source("s", "https://forum.example.org/latest.rss"), "forum"),
        (Source("s", "http://["), "news"),
    ],
)
def test_what_a_source_is(source: Source, kind: str) -> None:
    assert kind_of(source) == kind


async def test_scopes_of_cached_articles(reader: Opener, room: Loopback) -> None:
    async with reader(WORLD, BRIEFS, "/feeds/podcast.rss", "/talk/hn.rss") as newsroom:
        await newsroom.refresh()
        newsroom.open_starter(False)
        found = {scope: list(newsroom.listing(View(scope=scope))) for scope in SCOPES}
        assert {article.source for article in found["audio"]} == {"s2"}
        assert {article.source for article in found["news"]} == {"s0", "s1", "s3"}
        assert all(article.picture for article in found["pictures"])
        assert found["pictures"]
        assert found["blogs"] == found["forum"] == []
        assert len(found[""]) == len(list(newsroom.listing(View())))
    async with reader("/talk/hn.rss", "/talk/wordpress.rss", config="") as newsroom:
        path = newsroom.places.sources_file
        text = path.read_text().replace('section = "News"', 'section = "Discussion"', 1)
        path.write_text(text.replace('section = "News"', 'section = "Blogs"'))
    async with reader() as newsroom:
        await newsroom.refresh()
        assert {article.source for article in newsroom.listing(View(scope="forum"))} == {"s0"}
        assert {article.source for article in newsroom.listing(View(scope="blogs"))} == {"s1"}
        hit = newsroom.listing(View(scope="blogs"))[0]
        assert hit.id in [one.id for one in newsroom.listing(View(scope="blogs", query=f'"{hit.headline}"'))]


# --- the web -------------------------------------------------------------------------------------------


def test_templates_are_filled() -> None:
    template = "https://a.example/?q={searchTerms}&l={language?}&p={startPage?}&x={geo:name?}"
    assert (
        filled(template, "a b&c=雨", "zh-CN") == "https://a.example/?q=a%20b%26c%3D%E9%9B%A8&l=zh-CN&p=1&x="
    )
    assert (
        filled("https://a.example/{searchTerms}", "../x/{language}")
        == "https://a.example/..%2Fx%2F%7Blanguage%7D"
    )


def test_presets_answer_in_every_scope() -> None:
    for language in LANGUAGES:
        assert {search.scope for search in default_searches(language)} == set(SCOPES) - {""}
    assert default_searches("zh-Hans")[0].name == "Google 新闻"
    names = [search.name.casefold() for search in searches()]
    assert len(set(names)) == len(names)
    for search in searches():
        assert TERMS in search.url
        assert filled(search.url, "x").count("{") == 0
        assert web_url(search.home) == search.home
        assert (search.kind, search.category) == ("search", "searches")
        assert (search.language in LANGUAGES, search.scope in SCOPES) == (True, True)
        with pytest.raises(ValueError, match=re.escape(search.name)):
            search.source()
    assert searches()[0] in search_catalog("google news", category="searches")
    assert {search.scope for search in search_catalog(category="forum")} == {"forum"}


async def test_the_reader_chooses_among_the_catalogues_searches_and_adds_his_own(
    reader: Opener, room: Loopback
) -> None:
    async with reader(BRIEFS) as newsroom:
        assert {search.name for search in engines(newsroom)} >= {"Bing News", "Hacker News"}
        # One that is not asked by itself is asked by its name.
        assert not {"Medium", "Flickr"} & {search.name for search in engines(newsroom, "blogs")}
        assert [search.name for search in engines(newsroom, name="medium")] == ["Medium"]
        assert "Nobody" in (await ask(newsroom, "x", engine="Nobody")).problems[0]
    mine = configured(room, reddit="forum talk/hn.rss")
    config = f'[[search.web]]\nname = "mojeek"\n\n[[search.web]]\nname = "Nowhere"\n\n{mine}'
    async with reader(BRIEFS, config=config) as newsroom:
        assert newsroom.config.problems == ()
        assert [search.name for search in engines(newsroom)] == ["Mojeek", "reddit"]
        found = await ask(newsroom, "x", "forum")
        assert [engine_of(source) for source in found.sources] == ["reddit"]
        assert [problem for problem in found.problems if "Nowhere" in problem]


async def test_json_and_feeds_are_found_read_and_talked_of(reader: Opener, room: Loopback) -> None:
    story = room.stories(room.feeds[0].path)[0]
    word = max(story.headline.split(), key=len)
    config = configured(
        room, **{name: f"forum {path}" for name, path in SITES.items()}, rss="news feeds/world.rss"
    )
    async with reader(BRIEFS, config=config) as newsroom:
        newsroom.open_starter(False)
        found = await ask(newsroom, word, "forum")
        assert found.problems == ()
        assert len(found.sources) == len(SITES)
        for source in found.sources:
            hits = list(newsroom.listing(View(source=source.id)))
            assert story.headline in {hit.headline for hit in hits}
            assert all(word.casefold() in hit.headline.casefold() for hit in hits)
            assert newsroom.source_name(source.id) == f"{engine_of(source)}: {word}"
            if engine_of(source) != "wordpress":
                hit = next(hit for hit in hits if hit.headline == story.headline)
                article = newsroom.article(hit.id)
                assert article.comments == len(room.thread(room.feeds[0], story))
                talk = await fetch(newsroom, article)
                assert len(talk.thread.comments) == article.comments
        # They are in no section, and in no search of the cache, until they are followed.
        assert {article.source for article in newsroom.listing(View())} <= {"s0"}
        everything = await ask(newsroom, word)
        assert len(everything.sources) == len(SITES) + 1


async def test_pictures_and_audio(reader: Opener, room: Loopback) -> None:
    config = configured(room, Commons="pictures commons/search", Shows="audio podcasts/search")
    async with reader(BRIEFS, config=config) as newsroom:
        pictures = articles_of(newsroom, await ask(newsroom, "", "pictures"))
        assert all(article.picture.endswith(".png") for article in pictures)
        assert pictures
        shows = articles_of(newsroom, await ask(newsroom, "", "audio"))
        assert {enclosure.type for show in shows for enclosure in show.enclosures} == {"audio/mpeg"}
        assert shows[0].enclosures[0].duration == 61


async def test_a_search_is_followed_with_all_that_was_marked(reader: Opener, room: Loopback) -> None:
    config = configured(room, Hacker="forum hn/api/v1/search")
    async with reader(BRIEFS, config=config) as newsroom:
        found = await ask(newsroom, "the", "forum")
        article = articles_of(newsroom, found)[0]
        newsroom.mark([article.id], "starred", starred=True)
        (added,) = keep(newsroom, found.ids, ("Searches",))
        assert added.id == found.ids[0]
        assert keep(newsroom, found.ids) == []
    async with reader() as newsroom:
        assert newsroom.source(added.id).section == ("Searches",)
        assert [hit.id for hit in newsroom.listing(View(mark="starred"))] == [article.id]
        report = await newsroom.refresh([newsroom.source(added.id)])
        assert not report.failed


async def test_old_searches_go_and_followed_ones_stay(
    reader: Opener, room: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_news.newsroom.websearch.KEPT", 3)
    config = configured(room, Hacker="forum hn/api/v1/search")
    async with reader(BRIEFS, config=config) as newsroom:
        first = await ask(newsroom, "the")
        second = await ask(newsroom, "a")
        keep(newsroom, first.ids)
        for word in ("of", "in", "to"):
            last = await ask(newsroom, word)
        counts = newsroom.cache.counts()
        assert set(first.ids) <= set(counts)
        assert not set(second.ids) & set(counts)
        assert set(last.ids) <= set(asked(newsroom))
        assert len(asked(newsroom)) == 3


async def test_failures_name_the_search(reader: Opener, room: Loopback) -> None:
    config = configured(room, Shut="news nowhere", Hacker="forum hn/api/v1/search")
    async with reader(BRIEFS, config=config) as newsroom:
        found = await ask(newsroom, "the")
        (problem,) = found.problems
        assert problem.startswith("Shut: ")
        assert articles_of(newsroom, found)
        none = await ask(newsroom, "the", "pictures")
        assert "no web search is set for pictures" in none.problems[0]
        unknown = await ask(newsroom, "the", engine="Nonesuch")
        assert "there are Shut, Hacker" in unknown.problems[0]
    assert WebSearch("n", "u").scope == "web"
