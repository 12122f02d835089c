"""Lists of subscriptions: nesting and titles survive both ways, and no list does harm."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.model import Source, source_id
from tui_news.paths import Places
from tui_news.sources.opml import import_sources, read_opml, write_opml
from tui_news.sources.subscriptions import Subscriptions, canonical_url

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "opml" / "Subs.opml"


def opml(body: str) -> bytes:
    head = "<?xml version='1.0' encoding='utf-8'?><opml version='2.0'><head><title>My list</title></head>"
    return f"{head}<body>{body}</body></opml>".encode()


def outline(url: str, title: str = "T", more: str = "") -> str:
    return f'<outline type="rss" text="{title}" xmlUrl="{url}" {more}/>'


NESTED = opml(
    '<outline text="World" title="The World">'
    + outline(
        "https://a.example/feed",
        "A &amp; B",
        'htmlUrl="https://a.example/" language="en" category="/x/y,tag one"',
    )
    + '<outline text="Asia">'
    + outline("https://b.example/feed")
    + "</outline></outline>"
    + outline("https://c.example/feed", "C", 'category="/Science/Space,far"')
    + outline("https://b.example/feed/")
    + '<outline text="Empty"/>'
    + '<OUTLINE XMLURL="http://d.example/" TEXT="Old"/>'
    + '<outline type="page" text="P" xmlUrl="https://p.example/list"/>'
)


def test_nesting_becomes_sections_and_titles_stay() -> None:
    result = read_opml(NESTED)
    assert result.title == "My list"
    assert result.problems == []
    assert result.notes == ["1 named twice; each was taken once"]
    a, b, c, d, p = result.sources
    assert a == Source(
        source_id("https://a.example/feed"), "https://a.example/feed", "A & B", ("The World",),
        language="en", home="https://a.example/", tags=("tag one",),
    )  # fmt: skip
    assert b.section == ("The World", "Asia")
    assert (c.section, c.tags) == (("Science", "Space"), ("far",))
    assert (d.url, d.title, d.section) == ("http://d.example/", "Old", ())
    assert p.kind == "page"


def test_opml_1_without_a_declaration_is_read() -> None:
    result = read_opml(
        b'\n<opml version="1.0"><body><outline title="x" xmlUrl=" https://a.example/f "/></body></opml>'
    )
    assert [(source.url, source.title) for source in result.sources] == [("https://a.example/f", "x")]


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("gb2312", "gb18030"), ("Shift_JIS", "cp932"), ("utf-16", "utf-16"), ("ISO-8859-1", "cp1252")],
)
def test_lists_in_old_charsets_are_read(charset: str, codec: str) -> None:
    name = {"gb18030": "朱镕基", "cp932": "①ニュース", "utf-16": "日本語", "cp1252": "Café “€”"}[codec]
    text = f'<?xml version="1.0" encoding="{charset}"?><opml><body><outline text="{name}">{outline("https://a.example/")}</outline></body></opml>'
    result = read_opml(text.encode(codec))
    assert [source.section for source in result.sources] == [(name,)]


# --- hostile lists ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "dtd",
    [
        f"<!DOCTYPE o [<!ENTITY a '{'A' * 1000}'>]>",
        "<!DOCTYPE opml SYSTEM 'file:///etc/passwd'>",
        "<!doctype opml>",
        "<!-- x --><!DOCTYPE o [<!ENTITY % e SYSTEM 'http://127.0.0.1/'> %e;]>",
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(dtd: str, codec: str) -> None:
    text = (
        dtd
        + "<opml><body>"
        + f"<outline text='{'&a;' * 20_000}' xmlUrl='http://x.example/'/>"
        + "</body></opml>"
    )
    result = read_opml(text.encode(codec))
    assert result.sources == []
    assert len(result.problems) == 1
    assert "refused" in result.problems[0]


def test_only_web_addresses_are_taken_and_the_rest_is_said() -> None:
    bad = [
        "file:///etc/passwd",
        "javascript:1",
        "ftp://a.example/",
        "data:text/html,x",
        "-oProxyCommand=x",
        "feed:x",
        "",
    ]
    result = read_opml(opml("".join(outline(url) for url in bad) + outline("https://ok.example/f")))
    assert [source.url for source in result.sources] == ["https://ok.example/f"]
    assert len(result.problems) == len(bad)
    assert all(url in problem for url, problem in zip(bad, result.problems, strict=True))


def test_controls_reach_neither_sources_nor_messages() -> None:
    nasty = "&#x9b;2J\u202e\u200bX&#x85;"
    inner = outline("https://a.example/", nasty) + outline("x:" + nasty, nasty)
    result = read_opml(opml(f'<outline text="{nasty}">{inner}</outline>'))
    source = result.sources[0]
    assert source.title.strip() == "X"
    assert all(
        not 0x7F <= ord(char) < 0xA0 and char not in "\u202e\u200b"
        for text in (source.title, *source.section, *result.problems)
        for char in text
    )


def test_bare_ampersands_and_html_entities_are_mended_and_said() -> None:
    result = read_opml(opml(outline("https://a.example/f?a=1&b=2&copy=3&amp;d=4", "Caf&eacute; & Bar")))
    assert [(source.url, source.title) for source in result.sources] == [
        ("https://a.example/f?a=1&b=2&copy=3&d=4", "Café & Bar")
    ]
    assert "no well-formed XML" in result.problems[0]


def test_what_comes_before_a_cut_is_kept() -> None:
    whole = opml("".join(outline(f"https://s{index}.example/", f"S{index}") for index in range(50)))
    result = read_opml(whole[: len(whole) // 2])
    assert 20 <= len(result.sources) <= 25
    assert len(result.problems) == 1


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"<html><p>no</html>", b"{}", b"<opml", b"<rss><channel/></rss>", b"\xff\xfe"]
)
def test_what_is_no_opml_is_said_in_one_line(data: bytes) -> None:
    result = read_opml(data)
    assert result.sources == []
    assert len(result.problems) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<outline text='x'>" * 100_000 + outline("https://a.example/") + "</outline>" * 100_000,
        "<outline " + " ".join(f"a{index}='1'" for index in range(100_000)) + " />",
        "<outline text='" + "&" * 500_000 + "'/>",
        "<outline " * 500_000,
        "<!--" * 500_000,
        '<outline text="' * 100_000,
        outline("https://a.example/" + "x" * 1_000_000) * 3,
        outline("https://a.example/", more="category='" + "/a" * 500_000 + "'"),
    ],
    ids=["deep", "attributes", "ampersands", "unclosed", "comments", "quotes", "long", "category"],
)
def test_floods_end(body: str) -> None:
    result = read_opml(opml(body + outline("https://z.example/")))
    assert len(result.sources) <= 2
    assert all(len(problem) < 500 for problem in result.problems)


def test_a_deep_list_keeps_its_sources_in_bounded_sections() -> None:
    result = read_opml(
        opml("<outline text='x'>" * 1_000 + outline("https://a.example/") + "</outline>" * 1_000)
    )
    assert [len(source.section) for source in result.sources] == [16]
    assert "nested deeper" in result.notes[0]


def test_a_huge_list_is_not_read() -> None:
    result = read_opml(opml("<!-- " + "x" * 8_000_000 + " -->"))
    assert "longer than 8 MB" in result.problems[0]


@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_damaged_list_never_raises(seed: int, changes: int) -> None:
    rng = random.Random(seed)
    data = bytearray(NESTED)
    for _ in range(changes):
        data[rng.randrange(len(data))] = rng.choice(b"<>&\"'/=\0\x1b x\xff")
    result = read_opml(bytes(data))
    assert all(source.url.startswith("http") for source in result.sources)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_named(data: bytes) -> None:
    assert read_opml(data).problems


# --- out, and in again -----------------------------------------------------------------------------

_NAMES = st.text(st.characters(categories=["L", "N", "P", "S"], max_codepoint=0x2FFF), min_size=1, max_size=8)
_TAGS = _NAMES.map(lambda tag: tag.replace(",", "").replace("/", "").strip() or "t")
_SOURCES = st.lists(
    st.builds(
        lambda url, **more: Source(source_id(url), url, **more),
        st.from_regex(r"https?://[a-z]{1,8}\.example/[a-z0-9?=&%]{0,8}", fullmatch=True),
        title=_NAMES,
        section=st.lists(_NAMES, max_size=4).map(tuple),
        kind=st.sampled_from(["feed", "page", "sitemap"]),
        language=st.sampled_from(["", "en", "zh-Hans"]),
        home=st.sampled_from(["", "https://home.example/?a=1&b=2"]),
        tags=st.lists(_TAGS, max_size=3, unique=True).map(tuple),
    ),
    max_size=8,
    unique_by=lambda source: canonical_url(source.url),
)


@given(_SOURCES)
def test_what_is_written_is_read_back(sources: list[Source]) -> None:
    from tui_news.text.clean import clean_line

    data = write_opml(sources, [source.section for source in sources], "Mine & <yours>")
    result = read_opml(data)
    assert (result.title, result.notes) == ("Mine & <yours>", [])
    assert {
        (s.id, s.url, s.kind, s.section, s.title, s.language, s.home, s.tags) for s in result.sources
    } == {
        (
            s.id, s.url, s.kind, tuple(clean_line(part, 80) for part in s.section if clean_line(part, 80)),
            clean_line(s.title, 200), s.language, s.home,
            tuple(dict.fromkeys(filter(None, map(clean_line, s.tags)))),
        )
        for s in sources
    }  # fmt: skip
    assert write_opml(sources, [source.section for source in sources], "Mine & <yours>") == data


def test_the_order_of_sections_is_the_papers() -> None:
    sources = [
        Source("1", "https://a.example/", "A", ("B", "C")),
        Source("2", "https://b.example/", "B", ("A",)),
    ]
    text = write_opml(sources, [("A",), ("B",), ("B", "C"), ("Empty",)]).decode()
    marks = [
        '<outline text="A"',
        "b.example",
        '<outline text="B"',
        '<outline text="C"',
        "a.example",
        'text="Empty"',
    ]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)


def test_an_export_holds_no_password() -> None:
    data = write_opml([Source("1", "https://me:secret@paid.example/feed?x=a@b", "Paid")])
    assert b"secret" not in data
    assert b'xmlUrl="https://paid.example/feed?x=a@b"' in data


def test_what_xml_cannot_hold_is_left_out() -> None:
    result = read_opml(write_opml([Source("1", "https://a.example/", "a\x1b\x00\ufffeb\ud800", ("s\x07",))]))
    assert [(source.title, source.section) for source in result.sources] == [("ab", ("s",))]


def test_a_second_import_adds_nothing(tmp_path: Path) -> None:
    places = Places(tmp_path, tmp_path, tmp_path)
    places.sources_file.write_text("", "utf-8")
    sources = read_opml(NESTED).sources
    first = import_sources(places, sources)
    assert (len(first.added), first.already, first.problems) == (5, (), ())
    before = places.sources_file.read_bytes()
    again = import_sources(places, sources)
    assert (again.added, len(again.already)) == ((), 5)
    assert places.sources_file.read_bytes() == before
    own = Subscriptions.load(places)
    assert own.sources == tuple(sources)
    assert read_opml(write_opml(own.sources, own.sections)).sources != []


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real lists is not here")
def test_a_real_list_goes_in_and_out_and_in(tmp_path: Path) -> None:
    places = Places(tmp_path, tmp_path, tmp_path)
    places.sources_file.write_text("", "utf-8")
    result = read_opml(CORPUS.read_bytes())
    assert result.problems == []
    assert len(result.sources) == 206
    assert len({source.section for source in result.sources}) == 5
    assert all(source.title for source in result.sources)
    assert len(import_sources(places, result.sources).added) == 206
    own = Subscriptions.load(places)
    assert own.problems == ()
    again = read_opml(write_opml(own.sources, own.sections))
    assert import_sources(places, again.sources).added == ()
    assert {(s.url, s.title, s.section) for s in again.sources} == {
        (s.url, s.title, s.section) for s in own.sources
    }


def test_half_a_character_spoils_nothing() -> None:
    for half in ("&#xD800;", "&#55296;", "&#x00dfff;"):
        result = read_opml(
            f"<opml><body><outline text='a{half}b' xmlUrl='https://ok.example/'/></body></opml>".encode()
        )
        assert [source.title for source in result.sources] == ["a\ufffdb"]
        assert result.problems
