"""UAX #14 and UAX #9 against the standards' own tests where they are installed, and by example."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tui_news.typeset.bidi import base_level, levels
from tui_news.typeset.breaks import opportunities, untailored
from tui_news.typeset.classes import untailored as untailored_letters

# Debian's package unicode-data.
DATABASE = Path("/usr/share/unicode")
LETTERS = untailored_letters()

# Rules that Unicode changed between version 15, which Debian has, and 17, by which lines are broken here.
CHANGED_SINCE_15 = 33


def cut(text: str, places: list[int]) -> list[str]:
    return [text[start:end] for start, end in zip([0, *places], places, strict=False)]


@pytest.mark.skipif(not (DATABASE / "auxiliary/LineBreakTest.txt").exists(), reason="no Unicode database")
def test_line_breaks_by_the_standards_own_test() -> None:
    wrong: list[str] = []
    for line in (DATABASE / "auxiliary/LineBreakTest.txt").read_text("utf-8").splitlines():
        text, expected = "", []
        for word in line.partition("#")[0].split():
            if word == "÷" and text:
                expected.append(len(text))
            elif word not in ("÷", "×"):
                text += chr(int(word, 16))
        if text and untailored(text, LETTERS) != expected:
            wrong.append(line)
    assert len(wrong) <= CHANGED_SINCE_15, wrong[:3]


@pytest.mark.skipif(not (DATABASE / "BidiCharacterTest.txt").exists(), reason="no Unicode database")
def test_bidi_levels_by_the_standards_own_test() -> None:
    left_out = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B", "S", ""}
    tried = 0
    for number, line in enumerate((DATABASE / "BidiCharacterTest.txt").read_text("utf-8").splitlines()):
        # Every fifth will do: the whole file takes ten seconds.
        if line.startswith("#") or not line or number % 5:
            continue
        points, _, base, expected, _ = line.split(";")
        text = "".join(chr(int(point, 16)) for point in points.split())
        if "x" in expected or any(unicodedata.bidirectional(char) in left_out for char in text):
            continue
        found = levels(text, int(base))
        end = len(text)
        while end and unicodedata.bidirectional(text[end - 1]) in ("WS", "BN"):  # L1
            end -= 1
        found[end:] = [int(base)] * (len(text) - end)
        assert found == [int(level) for level in expected.split()], line
        tried += 1
    assert tried > 10_000


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "The (quick) “brown” fox can’t jump 32.3 feet.",
            "The |(quick) |“brown” |fox |can’t |jump |32.3 |feet.",
        ),
        ("再来一次（你好），再见。", "再|来|一|次|（你|好），|再|见。"),
        ("hello-world 3-5 a/b", "hello-|world |3-5 |a/|b"),
        ("see http://a.example/x", "see |http://|a.example/|x"),
        ("€1,234.50 (ca. 35%)", "€1,234.50 |(ca. |35%)"),
        ("한국어 각도", "한|국|어 |각|도"),
        ("字e\u0301字\u0301x", "字|e\u0301|字\u0301|x"),
        ("🇨🇳🇯🇵🇰🇷", "🇨🇳|🇯🇵|🇰🇷"),
        ("👨\u200d👩\u200d👧👍🏽", "👨\u200d👩\u200d👧|👍🏽"),
        ("シャッター", "シャッ|ター"),
        ("ab\u00a0cd ef", "ab\u00a0cd |ef"),
        ("甲——乙……丙", "甲|——|乙……|丙"),
        ("他说“好”。", "他|说|“好”。"),
        ("שלום-עולם", "שלום-|עולם"),
    ],
)
def test_places_where_the_standard_lets_a_line_end(text: str, pieces: str) -> None:
    assert "|".join(cut(text, untailored(text, LETTERS))) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("乔治·华盛顿", "乔|治·|华|盛|顿"),
        ("到2007年9月1日止", "到|2007年|9月|1日|止"),
        ("约100～200人", "约|100～200人"),
        ("ＮＡＴＯ峰会", "ＮＡＴＯ|峰|会"),
        ("速度是 80 km/h 吗", "速|度|是 |80 km/h |吗"),
        ("文 。字", "文 。|字"),
        ("（ 文 ）", "（ 文 ）"),
        ("2007–2009 and 2007-2009", "2007–2009 |and |2007-2009"),
        ("说“好”“对”——GDP“增”", "说|“好”|“对”|——|GDP|“增”"),
        ("say “yes” or don’t", "say |“yes” |or |don’t"),
        ("增长５０％。", "增|长|５０％。"),
    ],
)
def test_what_east_asian_text_and_numbers_add(text: str, pieces: str) -> None:
    assert "|".join(cut(text, opportunities(text))) == pieces


def test_direction_is_that_of_the_first_letter() -> None:
    assert base_level("123 שלום abc") == 1
    assert base_level("“abc” שלום") == 0
    assert base_level("123") == 0


def test_a_long_nest_of_brackets_takes_no_quadratic_time() -> None:
    text = "א(" * 20_000 + ")" * 20_000
    assert len(levels(text, 1)) == 60_000
