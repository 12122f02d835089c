"""The project's own hostile cases: each rule of trust in more shapes than one."""

# ruff: noqa: A002, E501 - what is served is easier to read in one line
from __future__ import annotations

import gzip
import json
import time
import zlib
from collections.abc import Callable
from functools import cache
from html import escape
from typing import Any

import brotli
import zstandard

from tests.hostile.stage import Asked, Case, Write, item, rss, send

CASES: dict[str, Case] = {}


def case(id: str, expect: str, kind: str = "feed", deadline: float = 15) -> Callable[[Any], Any]:
    def add(answer: Callable[[Write, Any], Any]) -> Callable[[Write, Any], Any]:
        CASES[id] = Case(id, expect, answer, kind, deadline)
        return answer

    return add


def feed(id: str, body: str | bytes, expect: str, *headers: str, type: str = "application/rss+xml") -> None:
    CASES[id] = Case(id, expect, lambda write, request: send(write, body, "200 OK", type, *headers))


def json_feed(**fields: object) -> str:
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Feed", **fields})


JSON = "application/feed+json"
ATOM = "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Feed</title><id>f</id>{}</feed>"
ENTRY = "<entry><id>e</id><title>{}</title><link href='https://ok.example/e'/>{}</entry>"
ESC = "HXQ\x1b]0;HXQPWN\x07\x1b[7701J\u009b7702Jtail"

# --- text --------------------------------------------------------------------------------------------

feed("t01-json", json_feed(items=[{"id": "1", "title": ESC, "tags": [ESC], "authors": [{"name": ESC}]}]),
     "controls removed in headline, tag and author", type=JSON)  # fmt: skip
feed("t02-feed-title", json_feed(title=ESC, items=[{"id": "1", "title": "one"}]).replace('"Feed", ', ""),
     "controls removed in the feed's own title", type=JSON)  # fmt: skip
feed("t03-body", json_feed(items=[{"id": "1", "title": "one", "content_html": f"<pre>{ESC}</pre><p>{ESC}"}]),
     "controls removed in the text", type=JSON)  # fmt: skip
feed("t04-link", json_feed(items=[{"id": "1", "title": "one", "url": f"https://ok.example/{ESC}"}]),
     "controls removed in the address", type=JSON)  # fmt: skip
feed("t05-isolate", rss(item("HXQ \u2067unclosed \u2068twice")), "unclosed isolates removed")
feed(
    "t06-nothing",
    rss(item("\u200b\ufeff\u2060\u3164\U000e0041")),
    "a headline of nothing visible gets a placeholder",
)
feed(
    "t07-selectors",
    rss(item("HXQ a" + "\ufe0f\u200d" * 3000 + " tail")),
    "a flood of selectors and joiners is dropped",
)
feed("t08-entities", rss(item("HXQ &#27;]0;HXQ&#7; &#155;7703J &#x202e;evil &#xFFFE; tail")),
     "controls by reference removed")  # fmt: skip
feed(
    "t09-double",
    rss(item("HXQ &amp;#27;[7704J &amp;amp;#x1b;[7705J tail")),
    "controls escaped twice removed or shown",
)
feed("t10-author", rss(item("one", more=f"<author>{'A' * 1_000_000}</author>")), "a long author is cut")
feed("t11-tags", rss(item("one", more="".join(f"<category>c{n}</category>" for n in range(100_000)))),
     "100,000 tags are capped")  # fmt: skip
feed("t12-enclosures", rss(item("one", more="".join(
    f"<enclosure url='https://ok.example/{n}.mp3' type='audio/mpeg' length='1'/>" for n in range(50_000)))),
    "50,000 enclosures are capped")  # fmt: skip
feed("t13-markup", rss(item("HXQ [@click=app.quit]go[/] {0} {x!r} %s %(a)s ${y} $text")),
     "templates and markup are shown as they are")  # fmt: skip
feed("t14-language", ATOM.format(ENTRY.format("one", f"<content xml:lang='{'x' * 9000}' type='html'>a</content>")),
     "an absurd language does no harm", type="application/atom+xml")  # fmt: skip
feed("t15-latin", rss(item("HXQ \x9b7706J tail"), head="<?xml version='1.0' encoding='iso-8859-1'?>").encode("latin-1"),
     "8-bit controls removed", type="text/xml; charset=iso-8859-1")  # fmt: skip

# --- XML, JSON, HTML ---------------------------------------------------------------------------------

_DTD = "<?xml version='1.0'?><!DOCTYPE rss [{}]>"
feed("x01-quadratic", rss(item("&a;" * 20_000), head=_DTD.format(f"<!ENTITY a '{'A' * 50_000}'>")),
     "a billion letters by one entity: refused or empty")  # fmt: skip


@case("x02-parameter", "an external DTD is not fetched")
def _(write: Write, request: Asked) -> None:
    if "evil" in request.path:
        return send(write, "<!ENTITY e 'fetched'>")
    head = _DTD.format("<!ENTITY % p SYSTEM '/x02-parameter/evil.dtd'> %p;")
    return send(write, rss(item("HXQ &e;"), head=head))


@case("x03-include", "stylesheets and XInclude are not fetched")
def _(write: Write, request: Asked) -> None:
    if "evil" in request.path:
        return send(write, "<x/>")
    head = "<?xml version='1.0'?><?xml-stylesheet href='/x03-include/evil.xsl' type='text/xsl'?>"
    more = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/x03-include/evil.xml'/>"
    return send(write, rss(item("one", more=more), head=head))


feed(
    "x04-comment",
    rss(item("one", body="<![CDATA[<!-- " + "a<b " * 1_250_000 + "]]>")),
    "an unclosed comment of 5 MB",
)
feed("x05-less", rss(item("one", body=escape("<" * 5_000_000))), "5 MB of <")
feed("x06-nested", rss(item("one")).replace("<item>", "<a>" * 200_000 + "<item>"), "200,000 elements deep")
feed("x07-attributes", rss(item("one")).replace("<item>", "<item " + " ".join(f"a{n}=''" for n in range(100_000)) + ">"),
     "100,000 attributes of one element")  # fmt: skip
feed("x08-json-deep", '{"version":"https://jsonfeed.org/version/1.1","items":' + "[" * 200_000,
     "JSON 200,000 arrays deep", type=JSON)  # fmt: skip
feed("x09-json-numbers", json_feed(items=[{"id": "1", "title": "one"}]).replace('"1"', "1" * 100_000),
     "a number of 100,000 digits", type=JSON)  # fmt: skip
feed("x10-json-types", json_feed(items=[None, 1, [], {"id": {}, "title": [], "tags": {"a": 1}, "authors": 7,
     "attachments": "x", "url": 1e999}, {"id": "2", "title": "good"}]), "values of the wrong type", type=JSON)  # fmt: skip
feed("x11-namespaces", rss(item("one", more="".join(f"<n{n}:a xmlns:n{n}='u{n}'/>" for n in range(50_000)))),
     "50,000 namespaces")  # fmt: skip
feed("x12-utf16", rss(item("utf sixteen"), head="<?xml version='1.0' encoding='utf-16'?>").encode("utf-16-le"),
     "UTF-16 without a mark is read or refused")  # fmt: skip
feed("x13-utf7", rss(item("HXQ +ABs-[7707J tail"), head="<?xml version='1.0' encoding='utf-7'?>"),
     "UTF-7 is not decoded", type="text/xml; charset=utf-7")  # fmt: skip
feed("x14-nul", rss(item("one")).replace("<item>", "\0" * 1_000_000 + "<item>"), "a megabyte of NUL")

# --- the line ----------------------------------------------------------------------------------------


@cache
def zeros() -> bytes:
    return bytes(1 << 20)


def bomb(id: str, coding: str, body: Callable[[], bytes], expect: str) -> None:
    CASES[id] = Case(id, expect, lambda write, request: send(
        write, body(), "200 OK", "application/rss+xml", f"Content-Encoding: {coding}"))  # fmt: skip


@cache
def _deflated() -> bytes:
    pressed = zlib.compressobj(9)
    return b"".join(pressed.compress(zeros()) for _ in range(512)) + pressed.flush()


@cache
def _brotlied() -> bytes:
    pressed = brotli.Compressor(quality=1)
    return b"".join(pressed.process(zeros()) for _ in range(512)) + pressed.finish()


@cache
def _zstandard() -> bytes:
    pressed = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join(pressed.compress(zeros()) for _ in range(512)) + pressed.flush()


bomb("n01-deflate", "deflate", _deflated, "stopped at the size cap")
bomb("n02-brotli", "br", _brotlied, "stopped at the size cap")
bomb("n03-zstd", "zstd", _zstandard, "stopped at the size cap")
bomb("n04-layers", "gzip, deflate, gzip", lambda: gzip.compress(_deflated()), "layers are refused")
bomb("n05-members", "gzip", lambda: gzip.compress(zeros()) * 600, "600 gzip members: stopped at the cap")


def raw(id: str, expect: str, data: bytes) -> None:
    CASES[id] = Case(id, expect, lambda write, request: write(data))


_GOOD = rss(item("one")).encode()
_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
raw("n06-lengths", "two lengths are refused or the connection's end counts",
    _OK + b"Content-Length: 5\r\nContent-Length: %d\r\n\r\n" % len(_GOOD) + _GOOD)  # fmt: skip
raw("n07-negative", "a negative length is an error", _OK + b"Content-Length: -1\r\n\r\n" + _GOOD)
raw(
    "n08-chunks",
    "a nonsense chunk size is an error",
    _OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + _GOOD,
)
raw(
    "n09-chunk",
    "a chunk of 2^64 bytes is an error",
    _OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 16 + b"\r\n" + _GOOD,
)
raw("n10-status", "a status line of nonsense is an error", b"HTTP/9.9 abc \x1b]0;HXQ\x07\r\n\r\n")
raw("n11-reason", "controls in the reason do not reach the message",
    b"HTTP/1.1 500 \x1b]0;HXQPWN\x07\x1b[7708J\r\nContent-Length: 0\r\n\r\n")  # fmt: skip
raw("n12-header", "one header of 2 MB is refused", _OK + b"X: " + b"v" * 2_000_000 + b"\r\n\r\n" + _GOOD)
raw(
    "n13-continue",
    "a thousand interim answers end somewhere",
    b"HTTP/1.1 100 Continue\r\n\r\n" * 1000 + _OK + b"\r\n" + _GOOD,
)
raw("n14-type", "controls in a type do not reach the message",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/\x1b]0;HXQ\x07html\r\nContent-Length: 3\r\n\r\nabc")  # fmt: skip
raw("n15-http09", "an answer without a head is an error", _GOOD)


def redirect(id: str, location: str, expect: str, status: str = "302 Found") -> None:
    CASES[id] = Case(id, expect, lambda write, request: send(
        write, "", status, "text/html", f"Location: {location}"))  # fmt: skip


redirect("r01-data", "data:text/xml,<rss/>", "refused: scheme")
redirect(
    "r02-controls", "http://ok.example/\x1b]0;HXQ\x07", "refused or cleaned; nothing reaches the terminal"
)
redirect("r03-ftp", "ftp://127.0.0.1/x", "refused: scheme")
redirect("r04-nothing", "", "an error that says so")
redirect("r05-host", "http://", "refused")
redirect("r06-long", "/r06-long?" + "a" * 100_000, "refused or ends at the cap")


@case("r07-chain", "a chain of ever new addresses ends")
def _(write: Write, request: Asked) -> None:
    send(write, "", "302 Found", "text/html", f"Location: /r07-chain?{request.n}")


@case("r08-cookie", "no cookie is sent back")
def _(write: Write, request: Asked) -> None:
    if "next" in request.path:
        return send(write, rss(item("cookie came" if request.h("cookie") else "no cookie")))
    return send(write, "", "302 Found", "text/html", "Location: /r08-cookie/next", "Set-Cookie: a=b; Path=/")


@case("r09-gone-page", "a login page after a redirect is no feed: error, old items kept")
def _(write: Write, request: Asked) -> None:
    if "login" in request.path:
        return send(
            write, "<!doctype html><title>Sign in</title><form><input type=password>", "200 OK", "text/html"
        )
    return send(write, "", "302 Found", "text/html", "Location: /r09-gone-page/login?next=/feed")


for number, value in enumerate(
    ("99999999999999999999", "-5", "soon", "Fri, 31 Dec 9999 23:59:59 GMT", "\x1b]0;HXQ\x07")
):
    CASES[f"w0{number}-retry"] = Case(
        f"w0{number}-retry", f"Retry-After {value!r} does no harm",
        lambda write, request, value=value: send(write, "", "503 Busy", "text/plain", f"Retry-After: {value}"),
    )  # fmt: skip


@case("w05-slow-head", "a header that never ends meets the deadline", deadline=40)
def _(write: Write, request: Asked) -> None:
    write(b"HTTP/1.1 200 OK\r\n")
    for number in range(400):
        write(b"X-%d: a\r\n" % number)
        time.sleep(0.2)


# --- links -------------------------------------------------------------------------------------------

feed("l01-links", rss("".join(item(f"L{n}", n, escape(link)) for n, link in enumerate((
    "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "vbscript:x", "file:/etc/passwd",
    "//evil.example/x", "http://ok.example@evil.example/", "http://ok.example:99999/", "http://[::1",
    "https://ok.example/\n--option", "-oProxyCommand=x", "HTTPS://OK.EXAMPLE/", "https://аррӏе.example/", "tel:1"))),
    ), "only http and https open; the rest is shown or left out")  # fmt: skip
feed("l02-base", ATOM.format(ENTRY.format("one", "")).replace("<feed ", "<feed xml:base='file:///etc/' "),
     "a file: base leads nowhere")  # fmt: skip

# --- pages, channels, sitemaps, lists ----------------------------------------------------------------


def page(id: str, body: str, expect: str, kind: str = "page") -> None:
    CASES[id] = Case(id, expect, lambda write, request: send(write, body, "200 OK", "text/html"), kind)


_TEXT = "<p>" + "A sentence of an article, with a comma and a stop. " * 12 + "</p>"
page(
    "p01-controls",
    f"<title>{ESC}</title><article><h1>{ESC}</h1>{_TEXT}<p>{ESC}</p></article>",
    "controls removed",
)
page(
    "p02-span",
    f"<article>{_TEXT}<table><tr><td colspan=999999999 rowspan=999999999>x</table></article>",
    "a span of 10^9",
)
page("p03-list", f"<article>{_TEXT}<ol start=99999999999999999999><li>x</ol></article>", "a list from 10^20")
page("p04-lists", f"<article>{_TEXT}{'<ul><li>' * 30_000}deep</article>", "lists 30,000 deep")
page("p05-anchors", f"<article>{_TEXT}{'<a href=x>' * 200_000}</article>", "200,000 anchors never closed")
page(
    "p06-inline", f"<article><p>{'<b><i><em>' * 50_000}text {_TEXT}</article>", "150,000 inline elements deep"
)
page("p07-comment", f"<article>{_TEXT}<!--{'<' * 5_000_000}", "an unclosed comment of 5 MB")
page("p08-script", f"<article>{_TEXT}<script>{'</scrip' * 700_000}", "a script that never ends")
page(
    "p09-attributes",
    f"<article {' '.join(f'a{n}=1' for n in range(100_000))}>{_TEXT}</article>",
    "100,000 attributes",
)
page("p10-entities", f"<article>{_TEXT}<p>{'&amp' * 1_000_000}</article>", "a million unclosed references")


@case("p11-pages", "a chain of next pages ends", kind="page")
def _(write: Write, request: Asked) -> None:
    body = f"<article><h1>Title</h1>{_TEXT}{request.n}</article><a href='/p11-pages/x_{request.n + 1}.html'>下一页</a>"
    send(write, f"<html><body>{body}</body></html>", "200 OK", "text/html")


page("p12-links", "<ul>" + "".join(f"<li><a href='/n/{n}.html'>A headline of some length, number {n}</a></li>"
     for n in range(60_000)) + "</ul>", "60,000 headlines: capped", "channel")  # fmt: skip
page("p13-base", f"<base href='file:///etc/'><ul>{''.join(f'<li><a href=/p/{n}.html>A headline of some length, {n}</a>' for n in range(9))}</ul>",
     "a file: base gives no headline that opens a file", "channel")  # fmt: skip
page("p14-names", "<ul>" + "".join(f"<li><a href='/n/{n}.html'>{ESC} headline number {n}</a></li>" for n in range(9)) + "</ul>",
     "controls removed in headlines of a page", "channel")  # fmt: skip

_MAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"
CASES["s01-many"] = Case("s01-many", "100,000 addresses: capped", lambda write, request: send(write, _MAP.format(
    "".join(f"<url><loc>https://ok.example/{n}</loc></url>" for n in range(100_000)))), "sitemap")  # fmt: skip
CASES["s02-index"] = Case("s02-index", "an index that names itself ends", lambda write, request: send(
    write, f"<sitemapindex><sitemap><loc>http://127.0.0.1/{'s02-index'}</loc></sitemap></sitemapindex>"), "sitemap")  # fmt: skip

_OPML = "<opml version='2.0'><body>{}</body></opml>"


def opml(id: str, body: str, expect: str) -> None:
    CASES[id] = Case(id, expect, lambda write, request: send(write, body, "200 OK", "text/x-opml"), "opml")


opml("o01-deep", _OPML.format("<outline text='a'>" * 50_000), "50,000 folders deep: an answer in time")
opml("o03-names", _OPML.format("<outline text='HXQ&#x9b;7709J&#x202e;[@click=app.quit]' xmlUrl='https://ok.example/n'/>"),
     "controls removed in names")  # fmt: skip
opml("o04-secret", _OPML.format("<outline text='s' xmlUrl='https://reader:hunter2@ok.example/s'/>"),
     "the password goes to the secrets, not to sources.toml")  # fmt: skip
opml("o05-toml", _OPML.format("<outline text='\"]&#10;[[source]]&#10;url=\"https://evil.example/&#10;' xmlUrl='https://ok.example/t'/>"),
     "a name cannot write TOML")  # fmt: skip
# The last one: it leaves no room for others.
opml("o09-many", _OPML.format("".join(f"<outline text='{n}' xmlUrl='https://ok.example/{n}'/>" for n in range(60_000))),
     "60,000 sources: capped, and said")  # fmt: skip
