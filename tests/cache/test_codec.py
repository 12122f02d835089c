"""JSON is the same bytes from Python's own writer and from orjson: fingerprints are of those bytes."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tui_news.cache import codec

LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-(1 << 53), 1 << 53), st.text())
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=9)


@given(VALUES)
def test_both_writers_write_the_same(value: Any) -> None:
    spent = codec._spent
    try:
        codec._spent = codec._SMALL
        by_orjson = codec.dumps(value)
        loaded = sys.modules.pop("orjson")
        codec._spent = 0
        assert codec.dumps(value) == by_orjson
        assert codec.loads(by_orjson) == value
        sys.modules["orjson"] = loaded
        assert codec.loads(by_orjson) == value
    finally:
        codec._spent = spent


def test_orjson_is_loaded_when_there_is_much_to_read() -> None:
    code = (
        "import sys; from tui_news.cache.codec import dumps, loads; loads(dumps(['a']));"
        "assert 'orjson' not in sys.modules; loads(b'[' + b'1,' * 100000 + b'1]');"
        "assert 'orjson' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
