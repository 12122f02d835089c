"""Paragraphs made up for the typesetter's tests, and kinsoku judged by rules written down a second time."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import strategies as st

CLOSING = "、。，．：；！？」』）】》〉〕”’…％‰℃"
OPENING = "「『（【《〈〔“‘"
PAIRS = ("「」", "『』", "（）", "【】", "《》", "〈〉", "“”", "‘’")
HANZI = (
    "天地人日月山川河海风雨雪云花草木竹石火土金水田林鸟鱼虫马牛羊春夏秋冬东西南北城市"
    "乡村学校医院书报新闻读者记者会议发展经济社会文化国家世界"
)
KANA = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
    "アイウエオカキクケコ"
)
SMALL = "っゃゅょーッャュョ々"
WORDS = (
    "harbour", "tram", "council", "Linux", "GDP", "TCP/IP", "Wi-Fi", "the", "of", "a", "COVID-19", "reopened",
    "don’t", "well-known", "Windows XP", "naïve", "e.g.", "km/h",
)  # fmt: skip
NUMBERS = (
    "2007年",
    "9月1日",
    "35％",
    "3,000万",
    "1.5℃",
    "$1.2",
    "100 km",
    "2007–2009",
    "№5",
    "¥800",
    "50%",
    "24/7",
    "19:34",
)
EMOJI = ("👍🏽", "👨\u200d👩\u200d👧", "🇨🇳", "❤\ufe0f", "☺\ufe0f", "e\u0301", "각", "क्षि")


def paragraph(random: Random) -> str:
    """A paragraph of Chinese or Japanese, mixed with Latin words, numbers, quotes, dashes and emoji, as
    dense in marks as no newspaper would be: at most two opening and three closing ones in a row."""
    letters = HANZI if random.random() < 0.7 else HANZI[:20] + KANA + SMALL
    out: list[str] = []
    for _ in range(random.randint(1, 30)):
        kind = random.random()
        if kind < 0.5:
            piece = "".join(random.choice(letters) for _ in range(random.randint(1, 12)))
            if piece[0] in SMALL:
                piece = "東" + piece
        elif kind < 0.62:
            piece = random.choice(WORDS)
        elif kind < 0.74:
            piece = random.choice(NUMBERS)
        elif kind < 0.78:
            piece = random.choice(EMOJI)
        elif kind < 0.84:
            piece = random.choice(HANZI) + random.choice(("——", "……", "·")) + random.choice(HANZI)
        else:
            piece = random.choice(HANZI)
            for _ in range(random.randint(1, 2)):
                pair = random.choice(PAIRS)
                piece = pair[0] + piece + pair[1]
        out.append(piece)
        mark = random.random()
        if mark < 0.45:
            out.append(
                random.choice("，。、；：！？") if random.random() < 0.9 else random.choice(("，", ",", ". "))
            )
        elif mark < 0.6:
            out.append(" ")
    return "".join(out).strip()


def paragraphs() -> st.SearchStrategy[str]:
    """`paragraph` as a hypothesis strategy."""
    return seeds().map(lambda seed: paragraph(Random(seed)))


def seeds() -> st.SearchStrategy[int]:
    """Seeds of made-up text: to shrink each of its hundred choices would tell no more and take minutes."""
    return st.integers(0, 2**32)


def violations(bodies: list[str]) -> list[str]:
    """What is wrong with the lines of one paragraph, one entry for each broken rule."""
    wrong: list[str] = []
    for above, below in pairwise(bodies):
        end, start = above.rstrip(" \u3000"), below.lstrip(" \u3000")
        if not end or not start:
            wrong.append(f"empty line: {above!r} / {below!r}")
            continue
        if start[0] in CLOSING:
            wrong.append(f"begins with {start[0]}: {below!r}")
        if end[-1] in OPENING:
            wrong.append(f"ends with {end[-1]}: {above!r}")
        if end[-1] == start[0] and start[0] in "—…":
            wrong.append(f"{start[0] * 2} parted: {above!r} / {below!r}")
    return wrong
