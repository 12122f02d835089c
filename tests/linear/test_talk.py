"""The conversation through pipes: lists, articles, marks, searching, sources, and what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, cli
from tests.linear.conftest import Talk
from tests.newsroom import Newsroom as Loopback
from tui_news.text.width import cell_len

__all__ = ["cli"]

ROW = re.compile(r"(\d+)\. (.*)")


def rows(lines: list[str]) -> list[str]:
    """The numbered lines."""
    return [line for line in lines if ROW.match(line)]


def after(lines: list[str], text: str) -> list[str]:
    """What was said after the last line that begins with a text."""
    last = max(number for number, line in enumerate(lines) if line.startswith(text))
    return lines[last + 1 :]


def headlines(cli: Cli, *arguments: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = cli("headlines", "--format", "json", *arguments).json["articles"]
    return found


def test_headlines_are_numbered_and_go_on_with_enter(filled: Path, talk: Talk, cli: Cli) -> None:
    expected = [str(article["headline"]) for article in headlines(cli, "-n", "20")]
    lines = talk("", "q")
    assert lines[0].startswith("All sections: ")
    joined = " ".join(lines)
    places = [joined.index(f"{number}. {title}") for number, title in enumerate(expected, 1)]
    assert places == sorted(places)
    assert "21. " not in joined
    assert "unread" in joined
    assert max(map(cell_len, lines)) <= 80


def test_an_article_is_opened_by_its_number_and_marked_read(filled: Path, talk: Talk, cli: Cli) -> None:
    (first,) = headlines(cli, "World/Europe", "-n", "1")
    text = cli("read", str(first["id"])).out
    cli("mark", "unread", str(first["id"]))
    lines = talk("t World/Europe", "1", "q", "q")
    start = lines.index(str(first["headline"]))
    assert any(line.startswith("Source: ") for line in lines[start:])
    assert any(line.startswith("Published: ") for line in lines[start:])
    words = [line for line in text.splitlines() if len(line.split()) > 8]
    assert words
    assert " ".join(words[-1].split()[:6]) in " ".join(" ".join(lines[start:]).split())
    assert headlines(cli, "World/Europe", "-n", "1")[0]["read"] is True
    # Back in the list it is said again, as read.
    assert "unread" not in rows(after(lines, "World"))[-1] or lines[-1].startswith("1. ")


def test_marks_take_numbers_and_are_undone(filled: Path, talk: Talk, cli: Cli) -> None:
    lines = talk("s 1 3-4", "u", "L 2", "m 5", "star")
    assert "3 articles starred. u undoes it." in lines
    assert "Undone: starred, 3 articles." in lines
    assert "Kept for later. u undoes it." in lines
    assert "Marked read. u undoes it." in lines
    assert lines[-1].startswith("Which one?")
    assert not [article for article in headlines(cli) if article["starred"]]
    assert headlines(cli, "-n", "5")[4]["read"] is True


def test_all_of_a_section_is_marked_read_and_the_rest_is_not(filled: Path, talk: Talk, cli: Cli) -> None:
    lines = talk("t Deutsch", "A", "U", "q", "A")
    count = len(headlines(cli, "Deutsch", "-n", "0"))
    assert f"{count} articles marked read. u undoes it." in lines
    assert "All read. U says read ones too." in lines
    assert lines[-1] == "Everything here is read already"
    assert headlines(cli, "World", "--unread")


def test_next_unread_is_said_then_opened_by_enter(filled: Path, talk: Talk, cli: Cli) -> None:
    titles = [str(article["headline"]) for article in headlines(cli, "World/Asia", "-n", "3")]
    lines = talk("t World/Asia", "m 1", "n", "", "J", "q", "q")
    assert titles[1] in lines
    assert titles[2] in lines
    assert titles[0] not in lines
    read = [article["read"] for article in headlines(cli, "World/Asia", "-n", "3")]
    assert read == [True, True, True]


def test_searching_filtering_and_the_way_back(filled: Path, talk: Talk, cli: Cli) -> None:
    word = str(headlines(cli, "World", "-n", "1")[0]["headline"]).split()[-1].strip(".,:?!”")
    found = cli("search", word, "--format", "json", "-n", "0").json["articles"]
    lines = talk(f"/{word}", "q", "t World", f"f {word}", "q", "/ qqzzxx")
    assert f"All sections, “{word}”: {len(found)} article{'s' if len(found) != 1 else ''}." in lines
    assert any(line.startswith(f"World, “{word}”: ") for line in lines)
    assert lines[-1] == "Nothing here matches. q goes back to the whole list."


def test_finding_in_an_article_and_reading_on_from_there(filled: Path, talk: Talk) -> None:
    lines = talk("t 要闻", "1", "/ 的", "1")
    assert any("行" in line or "line" in line for line in after(lines, "Published: "))
    found = [line for line in lines if "with “的”" in line]
    assert len(found) == 1


def test_links_are_listed_copied_and_refused(filled: Path, talk: Talk, cli: Cli) -> None:
    lines = talk("t World/Europe", "1", "#", "#1 copy", "#99", "y")
    url = headlines(cli, "World/Europe", "-n", "1")[0]["url"]
    assert lines[-1] == url
    assert any(line.startswith("There is no link 99") for line in lines)


def test_sections_are_gone_to_by_number_name_and_step(filled: Path, talk: Talk) -> None:
    lines = talk("t", "2", "]", "next section", "t nowhere", "section 中文/国内")
    assert "World, level" not in lines[0]
    assert any(line.startswith("World: ") for line in lines)
    assert any(line.startswith(("Europe: ", "Asia: ")) for line in lines)
    assert any(line.startswith("Leisure: ") for line in lines)
    assert any("No section or source is called “nowhere”" in line for line in lines)
    assert any(line.startswith("国内: ") for line in lines)


def test_what_cannot_be_done_is_said_and_the_conversation_goes_on(filled: Path, talk: Talk) -> None:
    lines = talk(
        "99999", "zzz", "v", "s 99999", "s x", "#", "F", "X", "ne", "s 5-2", "u", "\x00", "?", "q", "q"
    )
    text = " ".join(lines)
    for said in (
        "There is no headline 99999; this list has",
        "No command “zzz”. ? says them all.",
        "v is for the screen only",
        "“x” is no number of a headline",
        "Open an article first",
        "“ne” may be next,",
        "There is no headline 5-2",
        "Nothing to undo",
        "s or star: star or unstar",
    ):
        assert said in text, said
    assert not [line for line in lines if "Traceback" in line]


def test_refresh_tells_in_few_lines(home: Path, room: Loopback, talk: Talk) -> None:
    config = home / "config"
    config.mkdir(parents=True)
    tables = [f'[[source]]\nurl = "{room.url(path)}"\nsection = "News"\n' for path in
              ("/feeds/world.rss", "/feeds/essays.atom", "/feeds/nowhere.rss")]  # fmt: skip
    (config / "sources.toml").write_text("\n".join(tables), encoding="utf-8")
    lines = talk("R", "e", "1", "q", "q")
    asked = lines.index("Asking 3 sources. Ctrl-c stops.")
    assert re.fullmatch(r"\d+ new articles from 3 sources\.", lines[asked + 1])
    assert "has nothing at this" in lines[asked + 2]
    assert any(re.match(r"All sections: \d\d+ articles, ", line) for line in lines[asked:])
    assert any("nowhere.rss: " in line for line in rows(lines))


def test_a_source_is_added_read_and_removed(home: Path, room: Loopback, talk: Talk, cli: Cli) -> None:
    lines = talk(f"a {room.url('/feeds/essays.atom')}", "Culture / Books", "q")
    assert any(line.startswith("Following ") and line.endswith("in Culture, Books.") for line in lines)
    (source,) = [one for one in cli("sources", "list", "--format", "json").json["sources"] if
                 one["url"].endswith("essays.atom")]  # fmt: skip
    assert source["section"] == "Culture/Books"
    assert source["articles"] > 0
    own = cli("sources", "list", "--format", "json").json["sources"]
    failing = [one for one in own if one["error"]]
    order = [*failing, *(one for one in own if not one["error"])]
    number = order.index(source) + 1
    find = ("e", *[""] * (number // 10), str(number), "4")
    lines = talk(*find, "no", *find, "yes", "q")
    assert "Nothing done" in lines
    assert f"Removed {source['title']}." in lines
    left = cli("sources", "list", "--format", "json").json["sources"]
    assert source["id"] not in [one["id"] for one in left]


def test_an_address_that_is_none_is_refused(filled: Path, talk: Talk) -> None:
    lines = talk("a javascript:alert(1)", "read file:///etc/passwd", "C zzzzqq")
    text = " ".join(lines)
    assert "is no web address" in text
    assert "begins with http" in text
    assert "Nothing in the catalogue answers “zzzzqq”" in text


def test_the_page_is_as_long_as_the_reader_wants(filled: Path, talk: Talk) -> None:
    talk("page 3")
    lines = talk("q")
    assert [ROW.match(line)[1] for line in rows(lines)] == ["1", "2", "3"]  # type: ignore[index]


@pytest.mark.parametrize("lang", ["C", "en_US.ISO-8859-1"])
def test_it_is_utf_8_under_every_locale(filled: Path, talk: Talk, lang: str) -> None:
    lines = talk("t 中文", "q", env={"LC_ALL": lang, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert any(line.startswith("中文: ") for line in lines)


def test_a_hostile_headline_reaches_the_line_as_words(home: Path, talk: Talk, room: Loopback) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "sources.toml").write_text(
        f'[[source]]\nurl = "{room.url("/feeds/hostile.rss")}"\nsection = "X"\n', encoding="utf-8"
    )
    lines = talk("R", *[str(number) for number in range(1, 6)], "q")
    assert lines


def test_the_starter_edition_is_there_without_a_network(home: Path, talk: Talk) -> None:
    lines = talk("1", "q", "q")
    assert lines[0].startswith("Welcome: ")
    assert any("starter edition" in line for line in lines)


def test_it_needs_no_textual(filled: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys, json; from tui_news.cli import run; run(['--linear']); "
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"1\nq\n", capture_output=True, timeout=60, check=True
    )
    modules = json.loads(done.stderr.decode().splitlines()[-1])
    assert not {"textual", "trafilatura"} & set(modules)


def test_it_speaks_chinese(filled: Path, talk: Talk) -> None:
    lines = talk("t 要闻", "s 1", "u", "1", "q", "zzz", env={"LANG": "zh_CN.UTF-8", "LC_ALL": ""})
    assert re.fullmatch(r"全部栏目：\d+ 篇文章，\d+ 篇未读。", lines[0])
    assert "已加星。 u 可撤销。" in lines
    assert any(line.startswith("来源：") for line in lines)
    assert any(re.match(r"发布：\d+年\d+月\d+日 周", line) for line in lines)
    assert lines[-1] == "没有“zzz”这个命令。? 列出全部命令。"


def test_comments_notes_and_files(filled: Path, talk: Talk, room: Loopback, tmp_path: Path) -> None:
    lines = talk("t 要闻", "1", "N wait and see", "N", "d", "u", "u", "N", f"w {tmp_path}/kept.html", "c")
    assert "note kept · u undoes it" in lines
    assert "wait and see" in lines
    assert "put up for debate · u undoes it" in lines
    assert "Undone: note kept, 1 article." in lines
    assert any(line.startswith("No note yet") for line in lines)
    assert any(line.startswith("Saved ") for line in lines)  # a long path goes over two lines
    assert (tmp_path / "kept.html").is_file()
    assert "<html" in (tmp_path / "kept.html").read_text("utf-8")
    assert "Fetching the comments …" in lines
