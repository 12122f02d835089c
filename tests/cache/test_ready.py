"""What a worker packs: taken as it was meant, or refused as a whole."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cache.material import NOW, some
from tui_news.cache.ready import pack, unpack
from tui_news.cache.storing import prepare

PACKED = pack(prepare("alpha", some("alpha", 3)), NOW)


def test_nothing_is_lost_on_the_way() -> None:
    entries = prepare("alpha", some("alpha", 3))
    for number, (ready, entry) in enumerate(zip(unpack(PACKED), entries, strict=True)):
        assert (ready.number, ready.print, ready.body_print, ready.alt, ready.moment) == (
            entry.number, entry.print, entry.body_print, entry.alt, entry.moment
        )  # fmt: skip
        assert (ready.dated, ready.full, ready.text) == (entry.dated, entry.full, entry.text)
        # In the order in which they came, also where they have no date of their own.
        assert ready.doc == entry.record((NOW - timedelta(seconds=number)).isoformat())
    assert unpack(pack([], NOW)) == []


@pytest.mark.parametrize("end", range(0, len(PACKED), 7))
def test_what_is_cut_short_is_refused(end: int) -> None:
    with pytest.raises(ValueError, match=r"packed|multiple"):
        unpack(PACKED[:end])


@given(st.integers(0, len(PACKED) - 1), st.binary(min_size=1, max_size=40))
def test_what_is_garbled_is_refused_or_is_of_the_right_shape(at: int, noise: bytes) -> None:
    try:
        found = unpack(PACKED[:at] + noise + PACKED[at + len(noise) :])
    except ValueError:
        return
    for ready in found:
        assert ready.head.startswith(b'{"id":"%012x",' % ready.number)
        assert b"\n" not in ready.head + ready.body


def test_a_record_that_would_be_two_lines_or_another_s_is_refused() -> None:
    line = b'{"id":"%012x",' % prepare("alpha", some("alpha", 1))[0].number
    for garbled in (
        PACKED.replace(b"Report 1", b"Report\n1"),
        PACKED.replace(line, b'{"id":"000000000000",', 1),
        PACKED + b" ",
        b"TNR2" + PACKED[4:],
    ):
        with pytest.raises(ValueError, match=r"packed|multiple"):
            unpack(garbled)
