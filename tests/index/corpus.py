"""Articles in several languages, and texts made to be hard to cut into words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tui_news.model import Article, Block, Enclosure, Run, article_id

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

_WORDS = (
    "water", "Wat", "ＷＡＴＥＲ", "mars", "a", "an", "C++", "c", "12:30", "_init_", "naïve", "Straße", "İ",
    "ﬁn", "中国", "中國", "国", "國會", "台灣", "台湾", "東京タワー", "タワー", "서울에서", "서울", "ไทย",
    "हिन्दी", "人々", "𠮷野家", "，", "。", "——", "-", "(", ")", '"', "'", "#", "€5", "🎉", "👩\u200d🚀", ".",
    "...", "\ue0fe", "\ue000", "\ufffd",
)  # fmt: skip
_GAPS = ("", " ", " ", " ", "  ", "\n", "\t", "\u3000", "\xa0", ", ", "-")

texts = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_GAPS)), max_size=8).map(
    lambda parts: "".join(word + gap for word, gap in parts)
) | st.text(max_size=12)
lines = texts.map(lambda text: " ".join(text.split()).encode("utf-8", "replace").decode())


@st.composite
def articles(draw: st.DrawFn, number: int = 0, source: str = "s1") -> Article:
    """One article, its id from `number`."""
    age = draw(st.integers(0, 40))
    return Article(
        id=article_id(source, str(number)),
        source=source,
        headline=draw(lines),
        kicker=draw(lines),
        deck=draw(lines),
        tags=tuple(draw(st.lists(lines.filter(bool), max_size=2))),
        authors=tuple(draw(st.lists(lines.filter(bool), max_size=1))),
        published=NOW - timedelta(hours=age),
        language=draw(st.sampled_from(("", "en", "zh-Hant"))),
        picture=draw(st.sampled_from(("", "https://x.example/p.png"))),
        comments=draw(st.sampled_from((None, 0, 3))),
        enclosures=draw(st.sampled_from(((), (Enclosure("https://x.example/a.mp3", "audio/mpeg"),)))),
        blocks=tuple(
            Block("paragraph", (Run(text.encode("utf-8", "replace").decode()),))
            for text in draw(st.lists(texts, max_size=2))
        ),
    )


terms = st.one_of(
    texts.map(lambda text: " ".join(text.replace('"', "").split())).filter(bool).map('"{}"'.format),
    st.sampled_from(_WORDS).map(lambda word: f'"{word}"'.replace('"""', '"\'"')),
    st.sampled_from(_WORDS).map(lambda word: f'title:"{word[:1]}"'.replace('"""', '"\'"')),
    st.sampled_from(
        ("tag:water", "author:a", "lang:zh", "lang:e", "has:audio", "has:comments", "has:picture", "after:9h",
         "before:20h", "before:9999y")
    ),
)  # fmt: skip
queries = st.lists(st.tuples(st.sampled_from(("", "", "-")), terms).map("".join), min_size=1, max_size=3).map(
    " ".join
)


def slices(text: str) -> st.SearchStrategy[str]:
    """Parts of a text."""
    return st.tuples(st.integers(0, len(text)), st.integers(1, 6)).map(lambda at: text[at[0] : at[0] + at[1]])
