"""Articles saved to files: names, folders, nothing overwritten, and what the documents say."""

from __future__ import annotations

import os
import stat
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tui_news.model import Article, Block, Enclosure, Run
from tui_news.newsroom.documents import document
from tui_news.newsroom.saving import (
    NAME_BYTES,
    ExistsError,
    SaveError,
    completed,
    file_name,
    form_of,
    free_name,
    path_of,
    save,
)

ARTICLE = Article(
    "0123456789ab",
    "s",
    url="https://e.example/tides?a=1&b=2",
    headline="Tides <rise> & *fall*",
    kicker="Sea",
    deck="What the moon does",
    agency="Harbour Wire",
    authors=("Ada Quay",),
    editor="Ben Mole",
    published=datetime(2024, 3, 4, 5, 6, tzinfo=UTC),
    breadcrumb=("News", "Sea & Shore"),
    tags=("moon", "<b>"),
    language="en",
    enclosures=(Enclosure("https://e.example/a.mp3", "audio/mpeg", title="Listen"),),
    blocks=(Block("paragraph", (Run("Water <comes>."),)), Block("rule")),
)


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Tides rise: what now?", "Tides-rise-what-now.md"),
        ("a/b\\c:d*e", "a-b-c-d-e.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("-rf ~", "rf.md"),
        ("con", "_con.md"),
        ("COM¹.report of the day", "_COM¹.report-of-the-day.md"),
        ("Aux: a story", "Aux-a-story.md"),
        ("…", "….md"),
        ("???", "0123.md"),
        ("", "0123.md"),
        ("新华社：潮水上涨", "新华社：潮水上涨.md"),
        ("ends in dots...", "ends-in-dots.md"),
        ("\x1b[31mred\x07\n2", "red-2.md"),
    ],
)
def test_names(headline: str, name: str) -> None:
    assert file_name(headline, "markdown", "0123") == name


@given(st.text(max_size=300) | st.text("漢e\u0301👩\u200d🚀 ./:", max_size=300))
@settings(max_examples=200, deadline=None)
def test_a_name_is_allowed_on_every_system(headline: str) -> None:
    name = file_name(headline, "html", "id")
    stem = name.removesuffix(".html")
    assert 0 < len(stem.encode()) <= NAME_BYTES + 1
    assert not set(name) & set('<>:"/\\|?*')
    assert not {unicodedata.category(char) for char in name} & {"Cc", "Cs", "Zl", "Zp"}
    assert stem[0] not in "-. ~"
    assert stem[-1] not in ". "
    assert stem.split(".")[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
    assert stem[-1] != "\u200d"


def test_a_long_name_is_cut_between_words() -> None:
    assert file_name("word " * 60, "text") == ("word-" * 36)[:-1] + ".txt"
    assert file_name("潮" * 100, "text") == "潮" * 60 + ".txt"


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a.md"
    assert save(path, "one") == path
    with pytest.raises(ExistsError):
        save(path, "two")
    assert path.read_text() == "one"
    assert free_name(path.parent, "a.md") == path.parent / "a-2.md"
    save(free_name(path.parent, "a.md"), "two")
    assert free_name(path.parent, "a.md") == path.parent / "a-3.md"
    save(path, "three\ud800", overwrite=True)
    assert path.read_text() == "three?"
    assert sorted(os.listdir(path.parent)) == ["a-2.md", "a.md"]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_links_are_followed_only_when_asked(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "target.md")
    with pytest.raises(ExistsError):
        save(tmp_path / "link.md", "x")
    save(tmp_path / "link.md", "x", overwrite=True)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "target.md").read_text() == "x"


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveError, match=r"not saved.*choose another place"):
        save(tmp_path / "file" / "a.md", "x")
    with pytest.raises(SaveError, match="is a folder"):
        save(tmp_path, "x")
    with pytest.raises(SaveError, match="not saved"):
        save(tmp_path / ("x" * 300), "x")
    with pytest.raises(SaveError):
        path_of("~nobody-of-this-name/x", tmp_path, "n.md")
    with pytest.raises(SaveError):
        save(path_of("a\0b", tmp_path, "n.md"), "x")


def test_paths(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert path_of("a.html", tmp_path, "n.md") == tmp_path / "a.html"
    assert path_of("sub", tmp_path, "n.md") == tmp_path / "sub" / "n.md"
    assert path_of("other/", tmp_path, "n.md") == tmp_path / "other" / "n.md"
    assert path_of("~/a.md", tmp_path, "n.md") == Path.home() / "a.md"
    assert [form_of(Path(name), "text") for name in ("a.HTM", "a.md", "a", "a.pdf")] == [
        "html", "markdown", "text", "text",
    ]  # fmt: skip


def test_completion(tmp_path: Path) -> None:
    for name in ("north", "northern"):
        (tmp_path / name).mkdir()
    (tmp_path / "notes.md").write_text("")
    (tmp_path / ".hidden").write_text("")
    (tmp_path / "bad\x1b[2J").write_text("")
    assert completed("no", tmp_path) == ("no", ["north/", "northern/", "notes.md"])
    assert completed("nor", tmp_path) == ("north", ["north/", "northern/"])
    assert completed("not", tmp_path) == ("notes.md", ["notes.md"])
    assert completed(".h", tmp_path) == (".hidden", [".hidden"])
    assert completed("b", tmp_path) == ("b", [])
    assert completed("nowhere/x", tmp_path) == ("nowhere/x", [])
    assert completed("~", tmp_path) == ("~/", [])


def test_an_article_as_markdown() -> None:
    assert document(ARTICLE, "markdown").startswith(
        "# Tides \\<rise\\> & \\*fall\\*\n\nSea\n\n*What the moon does*\n\nHarbour Wire · Ada Quay · "
    )
    assert document(ARTICLE, "markdown").endswith(
        "Water \\<comes\\>.\n\n---\n\nEditor: Ben Mole\n\nTags: moon · \\<b\\>\n"
    )


def test_an_article_as_html() -> None:
    text = document(ARTICLE, "html", "Harbour")
    root = etree.HTML(text)
    assert root.get("lang") == "en"
    assert root.findtext(".//title") == root.findtext(".//h1") == ARTICLE.headline
    assert root.find(".//link[@rel='canonical']").get("href") == ARTICLE.url
    assert root.find(".//time").get("datetime") == "2024-03-04T05:06:00+00:00"
    assert "News › Sea & Shore" in "".join(root.itertext())
    assert [a.get("href") for a in root.iter("a")] == ["https://e.example/a.mp3", ARTICLE.url]
    # It asks nobody for anything but pictures.
    assert not list(root.iter("script", "iframe", "b"))
    assert "default-src 'none'" in root.find(".//meta[@http-equiv]").get("content")


def test_an_article_as_text() -> None:
    assert document(ARTICLE, "text", width=30).startswith("News › Sea & Shore\nSea\nTides")
