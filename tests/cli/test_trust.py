"""Passwords of sources, and certificates that are not checked."""

from __future__ import annotations

import json
import ssl
import stat
import sys
import threading
import types
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, spawn
from tests.hostile.stage import Asked, Case, Stage, item, rss, send
from tui_news.config.secrets import Secrets, split_credentials
from tui_news.paths import Places

SECRET = "hunter2%:ü"
TYPED = "reader:hunter2%25%3A%C3%BC"
HEADER = "Basic cmVhZGVyOmh1bnRlcjIlOsO8"


def protected(write: object, request: Asked) -> None:
    if request.h("authorization") == HEADER:
        send(write, rss(item("for members"), title="Members"))  # type: ignore[arg-type]
    else:
        send(write, b"", "401 Unauthorized", "text/plain")  # type: ignore[arg-type]


def elsewhere(write: object, request: Asked) -> None:
    # Another name for the same machine: another host.
    port = request.headers["host"].partition(":")[2]
    send(write, "", "302 Found", "text/plain", f"Location: http://localhost:{port}/open")  # type: ignore[arg-type]


@pytest.fixture
def stage() -> object:
    cases = {
        "members": Case("members", "", protected),
        "away": Case("away", "", elsewhere),
        "open": Case("open", "", lambda write, request: send(write, rss(item("open to all")))),
    }
    with Stage(cases) as stage:
        yield stage


def everything(home: Path) -> str:
    """All that lies in the home but the file of passwords."""
    files = [path for path in home.rglob("*") if path.is_file() and path.name != "passwords.json"]
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUI_NEWS_HOME", str(tmp_path))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "sources.toml").write_text("")
    return tmp_path


def test_a_password_in_an_address_is_kept_apart_and_goes_to_its_host_alone(
    cli: Cli, home: Path, stage: Stage
) -> None:
    with_password = stage.url("members").replace("://", f"://{TYPED}@")
    added = cli("sources", "add", with_password)
    assert added.code == 0, added.err
    store = home / "data" / "passwords.json"
    assert stat.S_IMODE(store.stat().st_mode) == 0o600
    refreshed = cli("refresh", "--format", "json")
    assert refreshed.json["new"] == 1
    texts = [
        added,
        refreshed,
        cli("sources", "list", "--format", "json"),
        cli("sources", "export"),
        cli("doctor"),
    ]
    for text in (everything(home), *(each.out + each.err for each in texts)):
        assert "hunter2" not in text
        assert "cmVhZGVy" not in text
    assert stage.url("members") in (home / "config" / "sources.toml").read_text()
    # The same address again, with and without the password, is the same source.
    assert "already" in cli("sources", "add", with_password).err
    assert cli("sources", "password", "Members", "--forget").code == 0
    failed = cli("refresh")
    assert failed.code == 1
    id = next(iter(json.loads(cli("sources", "list", "--format", "json").out)["sources"]))["id"]
    assert f"`tui-news sources password {id}`" in failed.err
    assert spawn("sources", "password", id, "--user", "reader", stdin=(SECRET + "\n").encode()).code == 0
    assert cli("refresh").code == 0
    assert spawn("sources", "password", id, stdin=b"no colon\n").code == 2
    assert spawn("sources", "password", "nobody", stdin=b"a:b\n").code == 4


def test_a_redirect_to_another_host_does_not_take_the_password_along(
    cli: Cli, home: Path, stage: Stage
) -> None:
    urls = home / "urls"
    urls.write_text(stage.url("away").replace("://", f"://{TYPED}@") + ' "~Away"\n')
    assert cli("sources", "import", str(urls)).code == 0
    assert "hunter2" not in everything(home / "config")
    assert cli("refresh").code == 0
    assert stage.requests("away")[-1].h("authorization") == HEADER
    assert stage.requests("open")[-1].h("authorization") is None


def test_a_password_that_stands_in_sources_toml_can_be_moved(cli: Cli, home: Path, stage: Stage) -> None:
    sources = home / "config" / "sources.toml"
    url = stage.url("members").replace("://", f"://{TYPED}@")
    sources.write_text(f'[[source]]\nurl = "{url}"\ntitle = "M"\n')
    listed = cli("sources", "list", "--format", "json")
    assert "sources password" in listed.err
    assert "hunter2" not in listed.out + listed.err
    assert spawn("sources", "password", "M").code == 0
    assert "hunter2" not in sources.read_text()
    assert cli("refresh").code == 0


def test_the_keyring_is_used_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[tuple[str, str], str] = {}
    ring = types.SimpleNamespace(
        priority=5,
        get_password=lambda service, id: held.get((service, id)),
        set_password=lambda service, id, password: held.__setitem__((service, id), password),
        delete_password=lambda service, id: held.pop((service, id)),
    )
    monkeypatch.setitem(sys.modules, "keyring", types.SimpleNamespace(get_keyring=lambda: ring))
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")
    assert Secrets(places).put("a", "reader", SECRET) == "keyring"
    assert "hunter2" not in (tmp_path / "data" / "passwords.json").read_text()
    assert Secrets(places).get("a") == ("reader", SECRET)
    assert Secrets(places).remove("a")
    assert held == {}
    ring.priority = 0
    assert Secrets(places).put("a", "reader", SECRET).endswith("passwords.json")


def test_a_damaged_store_is_set_aside_and_a_readable_one_closed(tmp_path: Path) -> None:
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")
    store = Secrets(places)
    store.put("a", "u", "p")
    store.path.chmod(0o644)
    assert Secrets(places).get("a") == ("u", "p")
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    for text in ("", "\0" * 100, "[]", '{"sources": 1}', '{"sources": {"a": {"user": 1}}}', "{"):
        store.path.write_text(text)
        assert Secrets(places).get("a") is None
    Secrets(places).put("b", "u", "p")
    assert store.path.with_suffix(".damaged").read_text() == "{"
    assert split_credentials("https://a:b@ok.example/x") == ("https://ok.example/x", "a", "b")


def test_any_certificate_is_taken_after_a_yes_and_for_that_host_alone(cli: Cli, home: Path) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = rss(item("over TLS")).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nobody reads it."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parents[1] / "fetch" / "localhost.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        url = f"https://127.0.0.1:{server.server_address[1]}/feed"
        sources = home / "config" / "sources.toml"
        sources.write_text(f'[[source]]\nurl = "{url}"\nid = "tls"\ntitle = "T"\n')
        failed = cli("refresh")
        assert failed.code == 1
        assert "certificate" in failed.err
        assert "`tui-news sources certificate tls any`" in failed.err
        refused = cli("sources", "certificate", "tls", "any")
        assert refused.code == 2
        assert "insecure" not in sources.read_text()
        assert cli("sources", "certificate", "tls", "any", "--yes").code == 0
        assert "insecure = true" in sources.read_text()
        assert cli("refresh").code == 0
        assert "any certificate" in cli("sources", "list").out
        assert cli("sources", "certificate", "T", "good").code == 0
        assert cli("refresh").code == 1
    finally:
        server.shutdown()
        server.server_close()


def test_no_error_repeats_a_password_or_control(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "x\x1b]0;HXQ\x07")
    for words in (
        ("read", "http://me:hunter2@127.0.0.1:1/x"),
        ("read", "http://me:hunter2@127.0.0.1:1/\x01"),
        ("read", "http://me:hunter2@[::1/"),
        ("sources", "add", "ftp://me:hunter2@127.0.0.1/x"),
        ("sources", "add", "http://me:hunter2@127.0.0.1:1/x"),
        ("doctor",),
    ):
        ran = cli(*words)
        assert "hunter2" not in ran.out + ran.err
        assert "\x1b" not in ran.out + ran.err
