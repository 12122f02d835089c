"""Stories: reports of one event are put together, other matters of the same people are not."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.newsroom.events import fresh, held, tuned
from tests.newsroom.events.edition import make, pairwise
from tui_news.portal.stories import HOUR, Folder, Note
from tui_news.portal.terms import phrases, resemblance, sketch, terms

NOW = 1_800_000_000.0


def note(id: str, headline: str, deck: str = "", hours: float = 1, body: str = "") -> Note:
    return Note(id, f"s{id}", NOW - hours * HOUR, headline, deck, body)


def past() -> list[Note]:
    words = ["council budget talks", "harbour fish prices", "school choir concert", "rain in the north"]
    chinese = ["市议会讨论预算方案", "本周海鲜价格平稳", "学校合唱团举办音乐会", "北方地区持续降雨"]
    return [
        note(f"p{number}", f"{(words + chinese)[number % 8]} {number}", hours=200 + number)
        for number in range(160)
    ]


def stories_of(*notes: Note) -> set[frozenset[str]]:
    folder = Folder()
    folder.learn(past())
    folder.add(notes)
    return {frozenset(story.articles) for story in folder.told()}


def test_reports_of_an_event_are_one_story_in_each_language() -> None:
    assert stories_of(
        note("1", "Quake shakes Tessaly, dozens hurt", "The earthquake struck Tessaly before dawn."),
        note("2", "Tessaly earthquake: dozens injured", "A strong quake hit Tessaly at dawn.", 2),
        note("3", "Tessaly opens a book fair", "Readers queue for signed copies.", 2),
        note("4", "临溪市发生地震 数十人受伤", "地震凌晨袭击临溪市，造成数十人受伤。"),
        note("5", "地震袭击临溪市 居民连夜撤离", "临溪市地震造成数十人受伤。", 3),
        note("6", "临溪市房租再度上涨", "", 1),
        note("7", "浜崎市で地震、けが人多数", "未明に浜崎市で強い地震があり、家屋が倒壊した。"),
        note("8", "浜崎市の地震で家屋倒壊", "強い地震で浜崎市の家屋が倒壊した。", 2),
    ) == {frozenset("12"), frozenset("45"), frozenset("78")}


def test_a_copied_text_is_found_under_another_headline() -> None:
    text = "The ferry left the old harbour at seven in the morning with two hundred people aboard. " * 4
    folder = Folder()
    folder.learn(past())
    folder.add(
        [
            note("1", "Two hundred set sail", body=text),
            note("2", "Morning crossing resumes", body=text + "More soon.", hours=0.5),
        ]
    )
    (story,) = folder.told()
    assert story.copies == ("2",)
    assert story.sources == ("s1", "s2")


def test_a_column_that_comes_again_is_no_event() -> None:
    folder = Folder()
    folder.learn(note(f"l{day}", "Letters to the editor", hours=100 + 24 * day) for day in range(5))
    folder.learn(past())
    folder.add([note("1", "Letters to the editor"), note("2", "Letters to the editor")])
    assert folder.told() == []


def test_what_comes_later_joins_and_what_is_old_is_let_go() -> None:
    folder = Folder()
    folder.learn(past())
    folder.add([note("1", "Quake shakes Tessaly, dozens hurt", "The earthquake struck Tessaly.", 60)])
    folder.add([note("2", "Tessaly earthquake: dozens injured", "A quake hit Tessaly at dawn.", 50)])
    ids = [story.articles for story in folder.told()]
    assert ids == [("1", "2")]
    other = Folder()
    other.learn(past())
    other.resume(
        [
            note("1", "Quake shakes Tessaly, dozens hurt", "The earthquake struck Tessaly.", 60),
            note("2", "Tessaly earthquake: dozens injured", "A quake hit Tessaly at dawn.", 50),
        ],
        ids,
    )
    other.add(
        [note("3", "Tessaly earthquake: dozens hurt, more missing", "A quake hit Tessaly at dawn.", 44)]
    )
    assert [set(story.articles) for story in other.told()] == [set("123")]
    other.forget(NOW - 45 * HOUR)
    assert other.told() == []
    assert list(other.rows) == ["3"]


def test_the_newsrooms_edition_is_folded_as_it_was_planted() -> None:
    for words, floor in ((tuned, 0.9), (held, 0.88), (fresh, 0.85)):
        edition = make(words, 1, sources=24, each=20, events=24, past=4)
        notes = [
            Note(a.id, a.source, a.when.timestamp(), a.headline, a.deck)
            for a in edition.articles
            if a.when is not None
        ]
        window = notes[-1].time - 80 * HOUR
        folder = Folder()
        folder.learn(one for one in notes if one.time < window)
        folder.add([one for one in notes if one.time >= window])
        score = pairwise({id: row.story for id, row in folder.rows.items()}, edition.event_of)
        assert score[2] >= floor, (words.NAME, score)


def test_a_story_says_in_words_what_it_shares() -> None:
    first, second = (
        terms("Fire guts Calder Steel warehouse"),
        terms("Calder Steel: warehouse burns, five hurt"),
    )
    shared = {term.key for term in first} & {term.key for term in second}
    assert phrases(first, shared) == ["calder steel warehouse"]
    chinese = terms("华岳钢铁仓库突发大火")
    assert phrases(chinese, {term.key for term in terms("大火烧毁华岳钢铁仓库")}) == ["华岳钢铁仓库", "大火"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=80), st.floats(0, 400)), max_size=12))
def test_any_text_is_folded_without_harm(texts: list[tuple[str, str, float]]) -> None:
    notes = [note(str(number), headline, deck, hours) for number, (headline, deck, hours) in enumerate(texts)]
    folder = Folder()
    folder.add(notes)
    assert sorted(id for ids in folder.stories.values() for id in ids) == sorted(n.id for n in notes)
    folder.forget(NOW - 100 * HOUR)
    assert set(folder.rows) == {n.id for n in notes if n.time >= NOW - 100 * HOUR}


@given(st.text(max_size=400))
def test_a_text_resembles_itself_alone(text: str) -> None:
    marks = sketch(text)
    assert resemblance(marks, marks) == (1.0 if marks else 0.0)
