"""Threads: what each site's answers become, where comments are looked for, and that nothing breaks it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.model import Article
from tui_news.sources.discussion import places_of, thread_from_dict, thread_to_dict
from tui_news.sources.discussion.answers import markdown_blocks
from tui_news.sources.discussion.places import Place, found_on_page, recognised
from tui_news.sources.discussion.readers import KINDS, reader_of
from tui_news.sources.discussion.thread import MAX_COMMENTS, Comment, DiscussionError, nodes, unseen

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def dump(value: object) -> bytes:
    return json.dumps(value).encode()


# --- the tree ------------------------------------------------------------------------------------------


def test_answers_follow_what_they_answer() -> None:
    said = [Comment("a"), Comment("b"), Comment("c", "a"), Comment("d", "c"), Comment("e", "a")]
    assert [(n.comment.id, n.depth, n.parent, n.below) for n in nodes(said)] == [
        ("a", 0, -1, 3), ("c", 1, 0, 1), ("d", 2, 1, 0), ("e", 1, 0, 0), ("b", 0, -1, 0),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60))
def test_every_comment_has_one_place_whatever_they_claim(pairs: list[tuple[int, int]]) -> None:
    said = [Comment(str(id), str(parent)) for id, parent in pairs]
    made = nodes(said)
    assert sorted(n.comment.id for n in made) == sorted({c.id for c in said})
    for at, node in enumerate(made):
        assert node.parent < at
        assert node.depth == (made[node.parent].depth + 1 if node.parent >= 0 else 0)
        subtree = made[at + 1 : at + 1 + node.below]
        assert all(below.depth > node.depth for below in subtree)


def test_a_chain_as_long_as_a_thread_may_be_is_no_recursion() -> None:
    said = [Comment(str(n), str(n - 1) if n else "") for n in range(MAX_COMMENTS)]
    made = nodes(said)
    assert made[-1].depth == MAX_COMMENTS - 1
    assert made[0].below == MAX_COMMENTS - 1


def test_new_are_those_that_were_not_there_on_the_last_visit() -> None:
    said = [Comment("a"), Comment("b")]
    assert unseen(said, None) == frozenset()
    assert unseen(said, frozenset({"a", "z"})) == {"b"}


# --- places --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "kind", "asked"),
    [
        ("https://news.ycombinator.com/item?id=42", "algolia", "https://hn.algolia.com/api/v1/items/42"),
        ("https://lobste.rs/s/abc123/a_title", "lobsters", "https://lobste.rs/s/abc123.json"),
        ("https://lobste.rs/s/abc123", "lobsters", "https://lobste.rs/s/abc123.json"),
        ("https://talk.example/t/a-topic/99/7", "discourse", "https://talk.example/t/99.json"),
        ("https://talk.example/forum/t/99", "discourse", "https://talk.example/forum/t/99.json"),
        ("https://lemmy.example/post/5", "lemmy",
         "https://lemmy.example/api/v3/comment/list?post_id=5&type_=All&sort=Old&limit=50&max_depth=12"),
        ("https://b.example/wp-json/wp/v2/comments?post=7", "wordpress",
         "https://b.example/wp-json/wp/v2/comments?post=7"),
        ("https://www.reddit.com/r/x/comments/abc/title/", "feed",
         "https://www.reddit.com/r/x/comments/abc/title/.rss"),
    ],
)  # fmt: skip
def test_addresses_of_known_sites(address: str, kind: str, asked: str) -> None:
    place = recognised(address)
    assert place is not None
    assert (place.kind, place.url) == (kind, asked)


@pytest.mark.parametrize(
    "address",
    ["", "https://example.org/a", "javascript:alert(1)", "file:///s/abc123", "http://[", "x" * 5000],
)
def test_other_addresses_are_no_places(address: str) -> None:
    assert recognised(address) is None


def test_a_site_s_own_interface_goes_before_its_feed() -> None:
    article = Article(
        "", "", url="https://talk.example/t/topic/99", comments_feed="https://talk.example/other/feed.rss"
    )
    assert [place.kind for place in places_of(article)] == ["discourse", "feed"]
    hn = places_of(Article("", "", comments_url="https://news.ycombinator.com/item?id=42"))
    assert [place.kind for place in hn] == ["algolia", "firebase"]
    assert hn[1].url == "https://hacker-news.firebaseio.com/v0/item/42.json"


def test_what_a_page_says() -> None:
    page = """<html><head><link rel="https://api.w.org/" href="/wp-json/">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/12">
    <link rel="alternate" type="application/rss+xml" href="/2026/a-post/feed/">
    <link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="replies" type="application/atom+xml" href="replies.atom"></head><body></body></html>"""
    found = found_on_page(page, "https://b.example/2026/a-post/")
    assert [(place.kind, place.url) for place in found] == [
        ("wordpress", "https://b.example/wp-json/wp/v2/comments?post=12"),
        ("feed", "https://b.example/2026/a-post/feed/"),
        ("feed", "https://b.example/2026/a-post/replies.atom"),
    ]
    header = '<https://b.example/wp-json/>; rel="https://api.w.org/", <https://b.example/?p=9>; rel=shortlink'
    assert found_on_page("", "https://b.example/x", header)[0].url.endswith("comments?post=9")
    discourse = '<meta name="generator" content="Discourse 3.2"><p>x'
    assert found_on_page(discourse, "https://d.example/t/topic/4")[0].url == "https://d.example/t/4.json"
    assert found_on_page('<link rel=replies href="javascript:x">', "https://d.example/") == []


# --- odd answers ---------------------------------------------------------------------------------------

PLACES = [Place(kind, f"https://x.example/{kind}?post=1") for kind in KINDS]


@pytest.mark.parametrize("place", PLACES, ids=list(KINDS))
@pytest.mark.parametrize(
    "body", [b"", b"null", b"<html><body>Sign in</body></html>", b"[1", b"3", b'{"a":1}']
)
def test_what_is_no_answer_is_said_in_one_line(place: Place, body: bytes) -> None:
    with pytest.raises(DiscussionError) as caught:
        reader_of(place).take(body, {})
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) > 10


junk = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**12) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["id", "children", "comments", "comment", "creator", "counts", "path", "parent", "text",
             "content", "rendered", "post_stream", "posts", "stream", "post_number", "short_id", "kids",
             "created_at", "author", "cooked", "items", "date_gmt", "indent_level", "score"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES, ids=list(KINDS))
@settings(max_examples=60, deadline=None)
@given(value=junk)
def test_no_json_breaks_a_reader(place: Place, value: object) -> None:
    reader = reader_of(place)
    try:
        reader.take(dump(value), {})
    except DiscussionError:
        return
    thread = reader.thread(NOW)
    assert thread_from_dict(thread_to_dict(thread)) == thread
    nodes(thread.comments)


def test_escapes_and_markup_of_others_stay_text() -> None:
    nasty = "\x1b]0;owned\x07<script>x</script><b>bold</b>\u202e [@click=app.quit]"
    tree = {"id": 1, "children": [{"id": 2, "author": "\x1b[31mEve\n", "text": nasty, "children": []}]}
    reader = reader_of(Place("algolia", "https://hn.algolia.com/api/v1/items/1"))
    reader.take(dump(tree), {})
    (comment,) = reader.comments
    assert comment.author == "Eve"
    assert comment.text == "bold [@click=app.quit]"


def test_a_nested_bomb_is_no_thread() -> None:
    deep = b'{"id":1,"children":[' * 5_000 + b"]}" * 5_000
    with pytest.raises(DiscussionError):
        reader_of(Place("algolia", "https://hn.algolia.com/api/v1/items/1")).take(deep, {})


def test_a_list_that_is_too_long_is_cut_and_says_so() -> None:
    many = [{"id": n, "content": {"rendered": "x"}} for n in range(1, MAX_COMMENTS + 50)]
    reader = reader_of(Place("wordpress", "https://x.example/wp-json/wp/v2/comments?post=1"))
    reader.take(dump(many), {})
    assert len(reader.comments) == MAX_COMMENTS
    assert "Only the first" in reader.notes[0]


def test_pages_of_wordpress_and_a_lobsters_without_parents() -> None:
    reader = reader_of(Place("wordpress", "https://x.example/wp-json/wp/v2/comments?post=1"))
    page = dump([{"id": 1, "content": {"rendered": "<p>One</p>"}, "date_gmt": "2026-01-02T03:04:05"}])
    (following,) = reader.take(page, {"x-wp-totalpages": "2", "x-wp-total": "2"})
    assert "page=2" in following
    assert "post=1" in following
    assert reader.take(dump([]), {"x-wp-totalpages": "2"}) == ()
    assert reader.thread(NOW).comments[0].when == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    old = {"comments": [
        {"short_id": "a", "indent_level": 1}, {"short_id": "b", "indent_level": 2},
        {"short_id": "c", "indent_level": 3}, {"short_id": "d", "indent_level": 2},
        {"short_id": "e", "indent_level": 1},
    ]}  # fmt: skip
    lobsters = reader_of(Place("lobsters", "https://x.example/s/abcd.json"))
    lobsters.take(dump(old), {})
    assert [(c.id, c.parent) for c in lobsters.comments] == [
        ("a", ""), ("b", "a"), ("c", "b"), ("d", "a"), ("e", ""),
    ]  # fmt: skip


def test_markdown_of_comments() -> None:
    made = markdown_blocks(
        "Look at [this](https://a.example/x) <b>\n\n> quoted\n\n- one\n- two\n\n```\nif x:\n```"
    )
    assert [(block.kind, block.text) for block in made] == [
        ("paragraph", "Look at this <b>"), ("quote", "quoted"), ("item", "one"), ("item", "two"),
        ("pre", "if x:"),
    ]  # fmt: skip
    assert made[0].runs[1].href == "https://a.example/x"


@given(st.text(max_size=200))
def test_any_markdown_is_blocks(text: str) -> None:
    for block in markdown_blocks(text):
        assert block.kind
