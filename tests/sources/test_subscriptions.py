"""Sources and sections: what is good is read, what is bad is named and kept, changes leave comments."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.model import SectionPath, Source, source_id
from tui_news.paths import Places
from tui_news.sources.subscriptions import (
    AlreadyFollowed,
    Subscriptions,
    SubscriptionsError,
    add,
    add_section,
    canonical_url,
    import_sources,
    move,
    move_section,
    order,
    pause,
    remove,
    remove_section,
    rename_section,
    reorder,
    section_path,
    tree,
    update,
    write_default,
)

HAND_WRITTEN = """\
# My newspaper.

[[section]]
path = "World"

[[section]]
path = "World/Asia"   # far away
title = "Asia, daily"

# The harbour's own paper.
[[source]]
url = "https://harbour.example/feed"  # fast
title = "Harbour"
section = "World/Asia"
# interval = 5

[[source]]
url = 'https://broken.example'
colour = "red"
kind = "stream"
interval = -3
section = ["Either/Or", "Deep"]
tags = ["one", "two"]

# no address yet
[[source]]
title = "Some day"
section = "World"

# --- technology ---

[[source]]
url = "https://tech.example/atom.xml"
id = "tech"
section = "Technology"
paused = true
"""


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("LC_ALL", "C")
    return Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")


@pytest.fixture
def mine(places: Places) -> Places:
    write(places, HAND_WRITTEN)
    return places


def write(places: Places, text: str) -> None:
    places.config.mkdir(parents=True, exist_ok=True)
    places.sources_file.write_text(text, "utf-8")


def text_of(places: Places) -> str:
    return places.sources_file.read_text("utf-8")


HARBOUR = source_id("https://harbour.example/feed")


# --- reading ---------------------------------------------------------------------------------------


def test_good_entries_are_read(mine: Places) -> None:
    own = Subscriptions.load(mine)
    assert [source.url for source in own.sources] == [
        "https://harbour.example/feed",
        "https://broken.example",
        "https://tech.example/atom.xml",
    ]
    harbour, broken, tech = own.sources
    assert (harbour.id, harbour.title, harbour.section) == (HARBOUR, "Harbour", ("World", "Asia"))
    assert (broken.section, broken.kind, broken.tags) == (("Either/Or", "Deep"), "feed", ("one", "two"))
    assert (tech.id, tech.paused) == ("tech", True)
    assert own.sections == (
        ("World",),
        ("World", "Asia"),
        ("Either/Or",),
        ("Either/Or", "Deep"),
        ("Technology",),
    )
    assert own.titles == {("World", "Asia"): "Asia, daily"}
    assert not own.default


def test_bad_entries_name_file_line_key_and_what_is_allowed(mine: Places) -> None:
    problems = Subscriptions.load(mine).problems
    assert any(
        p.startswith("sources.toml:19: source.colour is not known; allowed are url, title") for p in problems
    )
    assert any(
        p.startswith("sources.toml:20: source.kind: allowed is one of feed, page, sitemap") for p in problems
    )
    assert any(p.startswith("sources.toml:21: source.interval: allowed is a whole number") for p in problems)
    assert any(p.startswith("sources.toml:26: source.url (Some day) is needed") for p in problems)
    assert len(problems) == 4


def test_a_file_that_is_no_toml_loses_only_the_broken_entry(mine: Places) -> None:
    broken = HAND_WRITTEN.replace('title = "Harbour"', 'title = "Harbour')
    write(mine, broken)
    own = Subscriptions.load(mine)
    assert [source.id for source in own.sources][1:] == ["tech"]
    assert own.problems[0].startswith("sources.toml:13: not TOML: ")
    assert any(p.startswith("sources.toml:26: source.url (Some day)") for p in own.problems)
    with pytest.raises(SubscriptionsError, match=r"sources\.toml:13: not TOML: .*; mend it first"):
        pause(mine, "tech", False)
    assert text_of(mine) == broken


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "//host/feed",
        "gopher://a.example",
        "http://[::1",
        "",
        "-",
    ],
)
def test_only_web_addresses_are_followed(places: Places, url: str) -> None:
    own = Subscriptions.of_text(f'[[source]]\nurl = "{url}"\n')
    assert own.sources == ()
    assert len(own.problems) == 1
    with pytest.raises(SubscriptionsError, match="http"):
        add(places, Source("x", url))


def test_a_password_in_an_address_is_warned_of() -> None:
    own = Subscriptions.of_text('[[source]]\nurl = "https://me:secret@paid.example/feed"\n')
    assert own.sources[0].url == "https://me:secret@paid.example/feed"
    assert "password" in own.problems[0]
    assert "secret" not in own.problems[0]


def test_doubles_are_found_however_they_are_spelt() -> None:
    own = Subscriptions.of_text(
        '[[source]]\nurl = "https://Host.example:443/feed/"\n'
        '[[source]]\nurl = "http://host.example/feed#top"\n'
        '[[source]]\nurl = "https://host.example/feed?page=2"\n'
        '[[source]]\nurl = "https://b.example/"\nid = "x"\n'
        '[[source]]\nurl = "https://c.example/"\nid = "x"\n'
    )
    assert [source.url for source in own.sources] == [
        "https://Host.example:443/feed/",
        "https://host.example/feed?page=2",
        "https://b.example/",
    ]
    assert [problem.split(":")[1] for problem in own.problems] == ["4", "11"]


def test_an_id_cannot_leave_its_folder() -> None:
    for bad in ("../x", "a/b", ".hidden", "a" * 65, "a\\u0000b"):
        own = Subscriptions.of_text(f'[[source]]\nurl = "https://a.example/"\nid = "{bad}"\n')
        assert own.sources[0].id == source_id("https://a.example/")
        assert "source.id" in own.problems[0]


def test_hostile_texts_are_cleaned() -> None:
    own = Subscriptions.of_text(
        '[[source]]\nurl = "https://a.example/"\ntitle = "\\u001b[2JTop\\u202e"\nsection = "A\\u0007/B\\nC"\n'
        'tags = ["\\u009b31mx"]\n"\\u001b[1m" = 1\n'
    )
    assert own.sources[0].title == "Top"
    assert own.sources[0].section == ("A", "B C")
    assert own.sources[0].tags == ("x",)
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for p in own.problems for char in p)


@pytest.mark.parametrize(
    "text", ["source = 3", "[source]\nurl = 'https://a.example/'", "source = [1]", "[other]\n"]
)
def test_wrong_shapes_are_named(text: str) -> None:
    own = Subscriptions.of_text(text)
    assert own.sources == ()
    assert own.problems


def test_without_a_file_the_default_selection_is_there_and_unwritten(places: Places) -> None:
    own = Subscriptions.load(places)
    assert own.default
    assert 12 <= len(own.sources) <= 18
    assert own.sections[:2] == (("World",), ("Technology",))
    assert not places.config.exists()


def test_an_empty_file_means_no_sources(places: Places) -> None:
    write(places, "")
    own = Subscriptions.load(places)
    assert own.sources == ()
    assert own.problems == ()
    assert not own.default


def test_get_and_find(mine: Places) -> None:
    own = Subscriptions.load(mine)
    assert own.get("tech") == own.sources[2]
    assert own.get("none") is None
    assert own.find("http://TECH.example/atom.xml") == own.sources[2]
    assert own.find("http://tech.example/other") is None


# --- changing --------------------------------------------------------------------------------------


def test_add_keeps_all_that_stands_there(mine: Places) -> None:
    new = Source(
        "ignored by nobody",
        "https://new.example/feed",
        "New",
        ("A/B", "C"),
        "page",
        tags=("x",),
        full_text="always",
    )
    own = add(mine, new)
    assert text_of(mine) == HAND_WRITTEN + (
        '\n[[source]]\nurl = "https://new.example/feed"\ntitle = "New"\nsection = ["A/B", "C"]\n'
        'kind = "page"\nfull_text = "always"\ntags = ["x"]\n'
    )
    assert own.sources[-1] == replace(new, id=source_id(new.url))
    assert own == Subscriptions.load(mine)


def test_add_refuses_doubles(mine: Places) -> None:
    with pytest.raises(AlreadyFollowed, match="Harbour is followed already in World/Asia") as caught:
        add(mine, Source("x", "http://harbour.example/feed/"))
    assert caught.value.id == HARBOUR
    assert text_of(mine) == HAND_WRITTEN


def test_the_first_change_writes_what_the_reader_saw(places: Places) -> None:
    seen = Subscriptions.load(places)
    own = add(places, Source("", "https://new.example/feed"))
    assert own.sources[:-1] == seen.sources
    assert own.sections == seen.sections
    assert not own.default
    assert own.problems == ()
    assert stat.S_IMODE(places.sources_file.stat().st_mode) == 0o600


def test_write_default_writes_once(places: Places) -> None:
    own = write_default(places)
    before = text_of(places)
    assert before.startswith("# The sources that tui-news reads")
    assert write_default(places) == own
    assert text_of(places) == before


def test_remove_takes_the_table_with_its_own_comment_only(mine: Places) -> None:
    remove(mine, HARBOUR)
    text = text_of(mine)
    assert "harbour" not in text.lower()
    assert "# interval = 5" not in text
    remove(mine, "tech")
    text = text_of(mine)
    assert "# no address yet\n" in text
    assert "# --- technology ---\n" in text
    assert 'title = "Some day"' in text
    with pytest.raises(SubscriptionsError, match="no source has the id tech"):
        remove(mine, "tech")


def test_an_address_that_moved_keeps_its_identity(mine: Places) -> None:
    own = update(mine, HARBOUR, url="https://new-harbour.example/feed")
    assert own.get(HARBOUR) == replace(
        Subscriptions.of_text(HAND_WRITTEN).sources[0], url="https://new-harbour.example/feed"
    )
    assert 'url = "https://new-harbour.example/feed"  # fast\n' in text_of(mine)
    own = update(mine, HARBOUR, url="https://harbour.example/feed")
    assert own.get(HARBOUR)
    with pytest.raises(AlreadyFollowed):
        update(mine, HARBOUR, url="https://tech.example/atom.xml")


def test_the_old_address_of_a_source_that_moved_can_be_followed_anew(mine: Places) -> None:
    update(mine, HARBOUR, url="https://new-harbour.example/feed")
    own = add(mine, Source(HARBOUR, "https://harbour.example/feed"))
    assert own.sources[-1].url == "https://harbour.example/feed"
    assert own.sources[-1].id != HARBOUR
    assert len(own.problems) == 4


def test_update_changes_single_keys(mine: Places) -> None:
    own = update(mine, HARBOUR, title="", interval=30, tags=("a", "b"), paused=True, section=())
    harbour = own.get(HARBOUR)
    assert harbour is not None
    assert (harbour.title, harbour.interval, harbour.tags, harbour.paused, harbour.section) == (
        "", 30, ("a", "b"), True, (),
    )  # fmt: skip
    pause(mine, HARBOUR, False)
    text = text_of(mine)
    assert "paused" not in text.split("# interval = 5")[0]
    assert '# The harbour\'s own paper.\n[[source]]\nurl = "https://harbour.example/feed"  # fast\n' in text
    for key, value in (
        ("kind", "stream"),
        ("interval", True),
        ("url", "ftp://x.example"),
        ("id", "x"),
        ("none", 1),
    ):
        with pytest.raises(SubscriptionsError):
            update(mine, HARBOUR, **{key: value})
    assert text_of(mine) == text


def test_move_and_reorder(mine: Places) -> None:
    own = move(mine, "tech", "World/Asia")
    assert [node.source_ids for node in tree(own.sources, own.sections)[0].children] == [(HARBOUR, "tech")]
    own = reorder(mine, "tech", -1)
    assert [source.id for source in own.sources if source.section == ("World", "Asia")] == ["tech", HARBOUR]
    text = text_of(mine)
    assert (
        text.index("tech.example") < text.index("# The harbour's own paper.") < text.index("harbour.example")
    )
    assert reorder(mine, "tech", -5) == own
    assert reorder(mine, "tech", +5).sources[-1].id == "tech"
    assert sorted(text_of(mine).split("\n")) == sorted(text.split("\n"))


def test_rename_takes_all_below_and_entries_that_could_not_be_read(mine: Places) -> None:
    own = rename_section(mine, ("World",), "Abroad")
    assert own.sections[:2] == (("Abroad",), ("Abroad", "Asia"))
    assert own.titles == {("Abroad", "Asia"): "Asia, daily"}
    text = text_of(mine)
    assert 'path = "Abroad/Asia"   # far away\n' in text
    assert text.count('section = "Abroad"') == 1  # the entry without an address
    own = rename_section(mine, ("Abroad", "Asia"), "Orient")
    assert own.titles == {}
    own = rename_section(mine, ("Technology",), ("Abroad", "Technology"))
    assert own.get("tech").section == ("Abroad", "Technology")  # type: ignore[union-attr]
    own = rename_section(mine, ("Either/Or",), "And/Or")
    assert own.sources[1].section == ("And/Or", "Deep")
    for path, new in ((("None",), "x"), (("Abroad",), ("Abroad", "x")), (("Abroad",), " ")):
        with pytest.raises(SubscriptionsError):
            rename_section(mine, path, new)


def test_sections_move_among_their_siblings(mine: Places) -> None:
    own = move_section(mine, ("Technology",), -2)
    assert [path for path in own.sections if len(path) == 1] == [("Technology",), ("World",), ("Either/Or",)]
    own = move_section(mine, ("Technology",), +1)
    assert [path for path in own.sections if len(path) == 1] == [("World",), ("Technology",), ("Either/Or",)]
    assert move_section(mine, ("World",), -1) == own
    assert "# My newspaper.\n" in text_of(mine)
    assert 'path = "World/Asia"   # far away\ntitle = "Asia, daily"\n' in text_of(mine)


def test_a_section_can_be_declared_and_taken_away(mine: Places) -> None:
    own = add_section(mine, "Leisure/Comics", "Comic strips")
    assert ("Leisure", "Comics") in own.sections
    assert own.titles["Leisure", "Comics"] == "Comic strips"
    assert add_section(mine, ("Leisure", "Comics")) == own
    own = remove_section(mine, ("Leisure",))
    assert ("Leisure",) not in own.sections
    with pytest.raises(SubscriptionsError, match="not empty"):
        remove_section(mine, ("World",))
    with pytest.raises(SubscriptionsError, match="name"):
        add_section(mine, " / ")


def test_an_inline_list_is_read_and_left_to_its_writer(places: Places) -> None:
    text = 'source = [{ url = "https://a.example/", id = "a" }]\n'
    write(places, text)
    assert Subscriptions.load(places).sources[0].id == "a"
    for change in (
        lambda: remove(places, "a"),
        lambda: pause(places, "a"),
        lambda: add(places, Source("b", "http://b.example/")),
    ):
        with pytest.raises(SubscriptionsError):
            change()
    assert text_of(places) == text


def test_windows_line_ends_stay(places: Places) -> None:
    places.config.mkdir()
    places.sources_file.write_bytes(b'[[source]]\r\nurl = "https://a.example/"\r\nid = "a"\r\n')
    update(places, "a", title="A")
    add(places, Source("b", "https://b.example/"))
    assert places.sources_file.read_bytes().replace(b"\r\n", b"").count(b"\n") == 0
    assert [source.url for source in Subscriptions.load(places).sources] == [
        "https://a.example/",
        "https://b.example/",
    ]


def test_many_are_imported_in_one_write_and_never_twice(mine: Places) -> None:
    new = [Source("", f"https://s{index}.example/feed", f"S{index}", ("Many",)) for index in range(300)]
    result = import_sources(
        mine, [*new, new[0], Source("", "https://harbour.example/feed"), Source("", "data:x")]
    )
    assert len(result.added) == 300
    assert len(result.already) == 2
    assert len(result.problems) == 1
    before = text_of(mine)
    again = import_sources(mine, new)
    assert (again.added, len(again.already)) == ((), 300)
    assert text_of(mine) == before


def test_two_programs_do_not_lose_each_others_changes(mine: Places) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda index: add(mine, Source("", f"https://t{index}.example/")), range(24)))
    assert len(Subscriptions.load(mine).sources) == 27


# --- properties ------------------------------------------------------------------------------------

_NAMES = st.text(st.characters(categories=["L", "N", "P", "S"], max_codepoint=0x2FFF), min_size=1, max_size=8)
_PATHS = st.lists(st.sampled_from("abc"), max_size=4).map(tuple)


@given(st.lists(_PATHS, max_size=12), st.lists(_PATHS, max_size=12))
def test_order_holds_all_once_with_parents_first(
    declared: list[SectionPath], used: list[SectionPath]
) -> None:
    ordered = order(declared, used)
    wanted = {path[:end] for path in (*declared, *used) for end in range(1, len(path) + 1)}
    assert set(ordered) == wanted
    assert len(ordered) == len(wanted)
    assert all(ordered.index(path[:-1]) < ordered.index(path) for path in ordered if len(path) > 1)
    assert order(ordered, used) == ordered


@given(st.lists(_PATHS, max_size=20))
def test_a_tree_shows_every_source_of_a_section_once(paths: list[SectionPath]) -> None:
    sources = [
        Source(str(index), f"https://h{index}.example/", section=path) for index, path in enumerate(paths)
    ]
    waiting = tree(sources)
    own: list[str] = []
    while waiting:
        node = waiting.pop()
        assert sorted(node.all_ids) == sorted(
            s.id for s in sources if s.section[: len(node.path)] == node.path
        )
        own.extend(node.source_ids)
        waiting.extend(node.children)
    assert sorted(own) == sorted(source.id for source in sources if source.section)


def test_a_section_20000_deep_is_walked_without_recursion() -> None:
    node = tree([Source("deep", "https://a.example/", section=("x",) * 2_000)])[0]
    depth = 1
    while node.children:
        node, depth = node.children[0], depth + 1
    assert (depth, node.source_ids) == (2_000, ("deep",))


@given(
    st.lists(
        st.builds(
            Source,
            id=st.just(""),
            url=st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9?=&%]{0,8}", fullmatch=True),
            title=_NAMES,
            section=st.lists(_NAMES, max_size=3).map(tuple),
            kind=st.sampled_from(["feed", "page", "sitemap"]),
            language=st.sampled_from(["", "en", "zh-Hans"]),
            interval=st.integers(0, 9_999),
            paused=st.booleans(),
            tags=st.lists(_NAMES, max_size=3, unique=True).map(tuple),
        ),
        max_size=5,
        unique_by=lambda source: canonical_url(source.url),
    )
)
def test_what_is_added_is_read_back(tmp_path_factory: pytest.TempPathFactory, sources: list[Source]) -> None:
    home = tmp_path_factory.mktemp("home")
    places = Places(home, home, home)
    write(places, "# mine\n")
    result = import_sources(places, sources)
    loaded = Subscriptions.load(places)
    assert loaded.problems == ()
    assert loaded.sources == result.added
    for given_, read in zip(sources, loaded.sources, strict=True):
        assert (read.url, read.kind, read.interval, read.paused) == (
            given_.url, given_.kind, given_.interval, given_.paused,
        )  # fmt: skip
        # A name that is nothing but invisible characters is none: the cleaner drops it.
        assert read.section == section_path(given_.section)


@given(st.text(max_size=200))
def test_any_text_is_read_or_named(text: str) -> None:
    own = Subscriptions.of_text(text)
    assert all("\n" not in problem for problem in own.problems)
