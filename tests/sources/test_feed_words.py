"""Headlines made from text, decks, names: short texts as a reader would want them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.test_feed_formats import one, rss
from tui_news.sources.feed import words
from tui_news.text.clean import clean_line
from tui_news.text.width import cell_len


@given(st.text(max_size=200), st.integers(min_value=1, max_value=120))
def test_the_short_way_is_the_cleaners(text: str, limit: int) -> None:
    assert clean_line(text, limit) == clean_line(text, limit)


@given(st.text(alphabet=" \t\n\x00\x1b~aZ[m]", max_size=40))
def test_the_short_way_is_the_cleaners_at_the_edge_of_ascii(text: str) -> None:
    assert clean_line(text) == clean_line(text)


@pytest.mark.parametrize(
    ("text", "headline", "rest"),
    [
        ("The ferry is late again. Fog, they say.", "The ferry is late again", "Fog, they say."),
        ("Is the ferry late again today? Yes.", "Is the ferry late again today?", "Yes."),
        ("The U.S. ferry is late again today. Fog.", "The U.S. ferry is late again today", "Fog."),
        ("No stop", "No stop", ""),
        (
            "渡轮又晚点了，码头上的乘客都在等。据说是因为雾。",
            "渡轮又晚点了，码头上的乘客都在等",
            "据说是因为雾。",
        ),
        ("", "", ""),
    ],
)
def test_the_first_sentence_is_the_headline(text: str, headline: str, rest: str) -> None:
    assert words.split_headline(text) == (headline, rest)


def test_a_long_sentence_is_cut_between_words_and_goes_on_in_the_deck() -> None:
    text = "because " * 30 + "of fog"
    head, rest = words.split_headline(text)
    assert head.endswith("because…")
    assert cell_len(head) <= words.HEADLINE_CELLS
    assert head.removesuffix("…") + " " + rest.removeprefix("…") == text


def test_ideographs_are_cut_anywhere_but_words_among_them_are_not() -> None:
    head, _ = words.split_headline("雾" * 44 + "Greenwich" + "雾" * 20)
    assert head == "雾" * 44 + "…"


@given(st.text(min_size=1, max_size=400))
def test_no_headline_is_too_wide_or_loses_text(text: str) -> None:
    text = clean_line(text)
    head, rest = words.split_headline(text)
    assert cell_len(head) <= words.HEADLINE_CELLS
    assert bool(head) == bool(text)
    assert len(head) + len(rest) <= len(text) + 2


def entry(title: str, description: str = "", content: str = "") -> str:
    extra = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return rss(
        f"<item><title>{title}</title><description><![CDATA[{description}]]></description>{extra}</item>"
    )


@pytest.mark.parametrize(
    ("title", "description", "content", "deck"),
    [
        ("Fog", "<p>It was <i>thick</i>.</p>", "<p>All day long.</p>", "It was thick."),
        ("Fog on the river", "Fog on the river", "<p>All day.</p>", "All day."),
        ("Fog on the river", "Fog on the river.", "", ""),
        ("Fog on the river", "Fog on the river: ferries wait.", "", "Fog on the river: ferries wait."),
        ("Fog on the river", "Fog on the river Ferries wait.", "", "Ferries wait."),
        ("Fog", "It was thick. <a href='/x'>Read more »</a>", "", "It was thick."),
        ("Fog", "It was thick and [&#8230;]", "", "It was thick and…"),
        ("Fog", "There is no more", "", "There is no more"),
        ("Fog", "<img src='/a.png'><p>Short.</p><p>And then more.</p>", "", "Short. And then more."),
        ("Fog", "", "", ""),
    ],
)
def test_decks(title: str, description: str, content: str, deck: str) -> None:
    assert one(entry(title, description, content)).deck == deck


def test_a_long_deck_ends_at_a_sentence() -> None:
    deck = one(entry("Fog", "The fog came in from the sea and stayed. " * 20)).deck
    assert deck.endswith("stayed.")
    assert len(deck) <= words.DECK_LIMIT


def test_an_entry_without_title_gets_headline_and_deck_from_its_text() -> None:
    text = "<p>The ferry is late <b>again today</b>. Fog, they say.</p>"
    article = one(rss(f"<item><description><![CDATA[{text}]]></description></item>"))
    assert article.headline == "The ferry is late again today"
    assert article.deck == "Fog, they say."
    assert article.full


def test_a_picture_alone_is_called_what_it_shows() -> None:
    html = "<img src='/quay.jpg' alt='The quay at dawn'>"
    article = one(rss(f"<item><description><![CDATA[{html}]]></description></item>"))
    assert article.headline == "The quay at dawn"
    assert article.picture == "https://paper.example/quay.jpg"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("desk@paper.example (Ada Brook)", ("Ada Brook",)),
        ("Ada Brook &lt;ada@paper.example&gt;", ("Ada Brook",)),
        ("ada@paper.example", ("ada@paper.example",)),
        ("By Ada Brook", ("Ada Brook",)),
        ("李亚杰、王明", ("李亚杰", "王明")),
        ("Ada Brook; Kim Lee", ("Ada Brook", "Kim Lee")),
        ("Brook, Ada", ("Brook, Ada",)),
        ("Brook, A., Lee, K. K.", ("Brook, A., Lee, K. K.",)),
        ("Ada Brook, Kim Lee and Jo van Dyk", ("Ada Brook", "Kim Lee", "Jo van Dyk")),
        ("by Ada J. Brook and Kim O’Dell", ("Ada J. Brook", "Kim O’Dell")),
        ("Ada Brook, Jr.", ("Ada Brook, Jr.",)),
        ("Salt and Pepper", ("Salt and Pepper",)),
        ("中村千尋, 森下あかり", ("中村千尋", "森下あかり")),
        ("Byron Lee", ("Byron Lee",)),
        ("\x1b[31mAda", ("Ada",)),
    ],
)
def test_names(text: str, names: tuple[str, ...]) -> None:
    assert one(rss(f"<item><title>x</title><author>{text}</author></item>")).authors == names


@pytest.mark.parametrize(
    ("content", "full"),
    [
        ("<p>" + "Word after word. " * 60 + "</p>", True),
        ("<p>" + "字斟句酌。" * 80 + "</p>", True),
        ("<p>Word after word.</p>", False),
        ("<p>" + "Word after word. " * 60 + "</p><p><a href='/x'>Continue reading →</a></p>", False),
        ("<p>" + "Word after word. " * 60 + "and […]</p>", False),
    ],
)
def test_what_counts_as_a_whole_article(content: str, full: bool) -> None:
    assert one(entry("T", "", content)).full is full
