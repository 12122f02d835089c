"""Records are dataclasses to everything that asks, and made of little until they are used."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values, the second with a default."""

    left: int
    right: str = "r"

    @property
    def both(self) -> str:
        return f"{self.left}{self.right}"


@dataclass(frozen=True, slots=True)
class Single:
    """One value, made anew for each object."""

    items: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Nothing:
    """No field at all."""


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    left: int
    right: str = "r"


@given(st.integers(), st.text(), st.integers(), st.text())
def test_it_compares_hashes_and_prints_as_the_standard_one(a: int, b: str, c: int, d: str) -> None:
    mine, other = Pair(a, b), Pair(c, right=d)
    assert (mine == other) is (Standard(a, b) == Standard(c, d))
    assert mine == Pair(a, b)
    assert hash(mine) == hash(Pair(a, b))
    assert repr(mine) == repr(Standard(a, b)).replace("Standard", "Pair")
    assert mine.both == f"{a}{b}"


def test_two_classes_with_the_same_values_are_not_equal() -> None:
    assert Pair(1) != Standard(1)
    assert Pair(1) != (1, "r")


def test_defaults_are_taken_and_made_anew() -> None:
    assert Pair(1).right == "r"
    first, second = Single(), Single()
    first.items.append(1)
    assert (first.items, second.items) == ([1], [])
    assert Nothing() == Nothing()


@pytest.mark.parametrize("arguments", [(), (1, "b", 3)])
def test_a_wrong_number_of_values_is_a_type_error_that_names_the_class(arguments: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match=r"Pair\.__init__"):
        Pair(*arguments)


def test_an_unknown_name_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="middle"):
        Pair(1, middle=2)


def test_it_is_frozen_and_has_no_dict() -> None:
    pair = Pair(1)
    with pytest.raises(FrozenInstanceError, match="left"):
        pair.left = 2
    with pytest.raises(FrozenInstanceError, match="left"):
        del pair.left
    with pytest.raises((FrozenInstanceError, AttributeError)):
        pair.other = 2
    assert not hasattr(pair, "__dict__")
    assert pair == Pair(1)


def test_the_standard_library_takes_it_for_a_dataclass() -> None:
    pair = Pair(1, "x")
    assert is_dataclass(Pair)
    assert [(f.name, f.default) for f in dataclasses.fields(Pair)] == [
        (f.name, f.default) for f in dataclasses.fields(Standard)
    ]
    assert dataclasses.replace(pair, left=5) == Pair(5, "x")
    assert dataclasses.asdict(pair) == {"left": 1, "right": "x"}
    assert dataclasses.fields(Single)[0].default_factory is list
    assert copy.copy(pair) == copy.deepcopy(pair) == pickle.loads(pickle.dumps(pair)) == pair
    match pair:
        case Pair(left, right):
            assert (left, right) == (1, "x")


def test_what_it_cannot_make_is_refused() -> None:
    with pytest.raises(TypeError, match="frozen"):
        dataclass(frozen=False, slots=True)
    with pytest.raises(TypeError, match="no base"):

        @dataclass(frozen=True, slots=True)
        class Child(Pair):
            """With a base."""


def test_the_model_is_made_without_the_standard_decorator() -> None:
    code = (
        "import sys, tui_news.model as m; a = m.Article('1', 's'); assert a == m.Article('1', 's');"
        "assert not {'dataclasses', 'inspect'} & set(sys.modules), 'imported'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
