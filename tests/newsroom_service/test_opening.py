"""Handing addresses to other programs."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from tui_news.model import Source
from tui_news.newsroom.opening import OpenError, launch, leads_away

HERE = Source("s", "https://feeds.ok.example/rss", home="https://www.ok.example/")


def test_the_address_is_one_argument_and_the_program_is_waited_for(tmp_path: Path) -> None:
    program, out = tmp_path / "program", tmp_path / "out"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" > {out}.new; mv {out}.new {out}\n')
    program.chmod(0o755)
    url = "https://ok.example/$(touch owned)`id`;x'y\"&z"
    launch([str(program)], url)
    deadline = time.monotonic() + 10
    while not out.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert out.read_text().splitlines() == ["1", url]
    while time.monotonic() < deadline:
        states = subprocess.run(
            ["ps", "-o", "stat=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
        )
        if "Z" not in states.stdout:
            break
        time.sleep(0.02)
    assert "Z" not in states.stdout


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "--option", "ssh://-oProxyCommand=x/", "", "//x/y"]
)
def test_only_web_addresses_are_opened(url: str) -> None:
    with pytest.raises(OpenError, match="only http and https"):
        launch(["true"], url)


def test_a_host_that_is_not_the_sources_is_shown_first() -> None:
    assert leads_away("https://ok.example/a", HERE) == ""
    assert leads_away("https://feeds.ok.example/a", HERE) == ""
    assert leads_away("https://any.example/a", None) == ""
    question = leads_away("https://ok.example@evil.example/a", HERE)
    assert question == "Open https://evil.example/a on evil.example?"
    assert "xn--80ak6aa92e.example" in leads_away("https://аррӏе.example/", HERE)
