"""The short way for plain TOML means what tomllib means, and takes nothing that tomllib refuses."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.config.toml_text import TomlError, parse

PIECES = st.sampled_from([
    "[[source]]", "[[section]]", "[[a.b]]", "[[ a ]]", "[a]", "[a]", "[[a]]", "[a]]", "[source]",
    'url = "x"', 'title="a\\b"', "x = true",
    "y= 12", "y = 007", "z=1.5", "k = -1", "n = 1_0", "t = [1]", 'e = ""', "x = 999999999999999999",
    "# c", "# \x7f", 'u = "a" # c', 'name = "日\u2028本"', "123 = 'x'", "a", "=", '"', " ", "\t",
    "\r", "\r\n", "\n", "\n", "\n", "\x00", "\x0c", "\ufeff",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(PIECES).map("".join), st.lists(PIECES).map("\n".join)))
def test_it_means_what_tomllib_means(text: str) -> None:
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(TomlError):
            parse(text)
        return
    try:
        assert parse(text) == expected
    except TomlError:
        # What cannot be edited in place is refused, though tomllib would read it.
        assert "\ufeff" in text or "\x0c" in text


def test_plain_files_are_read_without_tomllib() -> None:
    code = (
        "import sys; from tui_news.config.toml_text import parse;"
        """assert parse('# mine\\n[[source]]\\nurl = "https://a.example/"  # daily\\ninterval = 5\\n')"""
        " == {'source': [{'url': 'https://a.example/', 'interval': 5}]};"
        "assert 'tomllib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
