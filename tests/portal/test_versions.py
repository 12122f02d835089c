"""Two versions of a text: nothing is lost, what is said to be common is, and no input takes long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_news.model import DELETED, INSERTED, Block, Run, paragraphs
from tui_news.portal.revision import Revision, revision, shown, signed
from tui_news.portal.versions import STEPS, Budget, common, compare

texts = st.text("ab 会议，.\n", max_size=60)
lists = st.lists(st.sampled_from("abc"), max_size=30)


@given(lists, lists)
def test_common_runs_are_common_in_order_and_as_long_as_can_be(old: list[str], new: list[str]) -> None:
    runs = common(old, new, Budget())
    ends = (0, 0)
    for i, j, length in runs:
        assert i >= ends[0]
        assert j >= ends[1]
        assert old[i : i + length] == new[j : j + length]
        ends = (i + length, j + length)
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            best[i + 1][j + 1] = best[i][j] + 1 if one == other else max(best[i][j + 1], best[i + 1][j])
    assert sum(length for _, _, length in runs) == best[-1][-1]


@given(texts, texts)
def test_a_comparison_loses_nothing(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(text for sign, text in pieces if sign != "-") == new
    assert "".join(text for sign, text in pieces if sign != "+") == old
    assert all(text for _, text in pieces)


def test_latin_goes_by_words_and_chinese_by_characters() -> None:
    assert compare("The old bridge stays", "The new bridge stays") == [
        ("=", "The "), ("-", "old"), ("+", "new"), ("=", " bridge stays"),
    ]  # fmt: skip
    assert compare("大火致三人受伤", "大火致五人受伤") == [
        ("=", "大火致"), ("-", "三"), ("+", "五"), ("=", "人受伤"),
    ]  # fmt: skip


def test_changed_words_side_by_side_are_one_change() -> None:
    assert compare("saw the red fox there", "saw one big dog there") == [
        ("=", "saw "), ("-", "the red fox"), ("+", "one big dog"), ("=", " there"),
    ]  # fmt: skip


def test_an_added_sentence_has_its_own_end() -> None:
    assert compare("公开一次。完", "公开一次。数字有误。完") == [
        ("=", "公开一次。"), ("+", "数字有误。"), ("=", "完"),
    ]  # fmt: skip
    assert compare("Two hurt.", "Six hurt. It burnt.") == [
        ("-", "Two"), ("+", "Six"), ("=", " hurt."), ("+", " It burnt."),
    ]  # fmt: skip
    assert compare("One. Two. End", "One. End") == [("=", "One. "), ("-", "Two. "), ("=", "End")]


def text_of(found: Revision, *, old: bool) -> list[str]:
    dropped = INSERTED if old else DELETED
    told = ["".join(run.text for run in step.block.runs if dropped not in run.marks) for step in found.steps]
    return [text for text in told if text]


sentences = st.lists(
    st.sampled_from(["One two three.", "One two four.", "五六七。", "五六八。", "Last."]), max_size=9
)


@given(sentences, sentences)
def test_a_revision_holds_both_texts(old: list[str], new: list[str]) -> None:
    found = revision(paragraphs("\n\n".join(old)), paragraphs("\n\n".join(new)))
    assert text_of(found, old=False) == new
    assert sorted(text_of(found, old=True)) == sorted(old)


def test_paragraphs_altered_added_and_removed_are_told_apart() -> None:
    old = paragraphs("It rained on Monday in Bern.\n\nNobody was hurt.\n\nThe trains run late.")
    new = paragraphs("It rained on Tuesday in Bern.\n\nThe trains run late.\n\nSchools stay shut on Friday.")
    found = revision(old, new)
    assert [step.sign for step in found.steps] == ["~", "-", "=", "+"]
    assert [block.text for block in signed(shown(found))] == [
        "It rained on [-Monday-]{+Tuesday+} in Bern.", "[-Nobody was hurt.-]", "The trains run late.",
        "{+Schools stay shut on Friday.+}",
    ]  # fmt: skip


def test_what_lies_far_from_changes_is_left_out_and_counted() -> None:
    old = paragraphs("\n\n".join(f"Paragraph {number}." for number in range(30)))
    new = (*old[:20], Block("paragraph", (Run("Paragraph twenty."),)), *old[21:])
    assert [block.text for block in shown(revision(old, new))] == [
        "⋯ 19 paragraphs as before", "Paragraph 19.", "Paragraph 20twenty.", "Paragraph 21.",
        "⋯ 8 paragraphs as before",
    ]  # fmt: skip


def test_pictures_and_typography_are_no_change() -> None:
    old = (*paragraphs("“Yes” — he said."), Block("picture", src="https://a.example/1.png"))
    new = (Block("picture", src="https://a.example/2.png"), *paragraphs('"Yes" - he said.'))
    assert revision(old, new).changes == 0


def test_hostile_texts_cost_no_more_than_a_budget() -> None:
    """Counted in steps, not in seconds: texts with nothing, little and everything in common."""
    size = 50_000
    for old, new in (
        (list(range(size)), list(range(size, 2 * size))),
        (["a"] * size, ["a", "b"] * (size // 2)),
        (["a", "b"] * size, ["b", "a"] * size),
    ):
        budget = Budget()
        common(old, new, budget)
        assert budget.left >= 0
    budget = Budget()
    runs = common([*range(size), "x", *range(size)], [*range(size), "y", *range(size)], budget)
    assert sum(length for _, _, length in runs) == 2 * size
    assert budget.left > STEPS - 10


def test_five_megabytes_are_compared() -> None:
    long = "word " * 200
    old = tuple(Block("paragraph", (Run(f"{number} {long}"),)) for number in range(5_000))
    new = (*old[:2_500], Block("paragraph", (Run("something else"),)), *old[2_501:])
    found = revision(old, new)
    assert found.changes in (1, 2)
    same = revision(old, tuple(Block("paragraph", (Run(block.text[::-1]),)) for block in old))
    assert same.changes >= 5_000
