"""A third round of the project's own hostile cases: what feeds, pages, lists and lines of other makes do."""

# ruff: noqa: E501 - what is served is easier to read in one line
from __future__ import annotations

import contextlib
import gzip
import json
from html import escape

from tests.hostile.cases import ATOM, ENTRY, ESC, JSON, case, feed, json_feed, opml, page, raw, redirect
from tests.hostile.more import CASES
from tests.hostile.stage import Asked, Case, Write, item, rss, send

ATOM_TYPE = "application/atom+xml"

# --- text --------------------------------------------------------------------------------------------

feed("t29-place", rss(item("HXQ one", more="".join(f"<{name}>{ESC.replace(chr(27), '&#x9b;').replace(chr(7), '')}&#x202e;</{name}>" for name in (
     "category", "comments", "source", "dc:creator", "dc:publisher", "dc:rights", "media:credit", "georss:featurename", "slash:comments", "itunes:duration"))
     )).replace("<rss ", "<rss xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/' xmlns:georss='http://www.georss.org/georss' "
     "xmlns:slash='http://purl.org/rss/1.0/modules/slash/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "), "controls in every module's fields")  # fmt: skip
feed("t30-tags", rss(item("HXQ one", more="<category>[@click=app.quit]&#x202e;HXQ{0}</category><category>&#x9b;7710J</category><category>" + "c" * 500_000 + "</category>")),
     "markup and controls in the names of tags")  # fmt: skip
feed("t31-wide", rss(item("HXQ " + "\ufdfd\u2e3b\U0001242b" * 200 + " tail", body="\ufdfd\U0001242b" * 100_000)),
     "characters far wider than their cells")  # fmt: skip
feed("t32-tangut", rss(item("HXQ " + "".join(chr(c) for c in range(0x1_7000, 0x1_7200)) + "\U0010ffff\ue000\uf8ff tail")),
     "characters of private use and of rare scripts")  # fmt: skip
feed(
    "t33-vertical",
    rss(item("HXQ a\x0bb\x0cc\u0085d\u2028e\u2029f tail")),
    "every other break of a line is a blank",
)
feed(
    "t34-interlinear",
    rss(item("HXQ \ufff9a\ufffab\ufffb \U000e0001\U000e0041 \u2066\u2067\u2068\u2069 tail")),
    "tags and notes between the lines go",
)
feed(
    "t35-soft",
    rss(item("one", body=escape("<p>" + ("x" * 79 + "\u00ad\u200b\u2060<wbr>") * 5_000))),
    "400 KB with nothing but soft breaks",
)
feed(
    "t36-thai",
    rss(item("HXQ " + "ก" + "ิ่" * 400 + " tail", body=("ก" + "ิ่" * 50) * 5_000)),
    "marks of a living script are capped too",
)

# --- XML, JSON ---------------------------------------------------------------------------------------

feed("x29-laughs-atom", ATOM.format(ENTRY.format("HXQ &j;", "")).replace("<feed ", "<!DOCTYPE feed [<!ENTITY a 'lollollol'>" + "".join(
     f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True)) + "]><feed "), "entities upon entities in Atom", type=ATOM_TYPE)  # fmt: skip
feed("x30-laughs-map", "<!DOCTYPE urlset [<!ENTITY a 'lollollol'>" + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True))
     + "]><rss version='2.0'><channel><title>&j;</title>" + item("HXQ one", link="https://ok.example/&j;") + "</channel></rss>", "entities in a link and in the feed's title")  # fmt: skip
feed("x31-attribute", ATOM.format("<entry><id>e</id><title>HXQ one</title><link href='https://ok.example/&x;'/></entry>").replace("<feed ",
     "<!DOCTYPE feed [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><feed "), "a file in an attribute", type=ATOM_TYPE)  # fmt: skip
feed(
    "x32-utf16be",
    rss(item("HXQ sixteen"), head="<?xml version='1.0' encoding='utf-16'?>").encode("utf-16-be"),
    "UTF-16BE without a mark is read or refused",
)
feed(
    "x33-one-one",
    rss(item("HXQ one&#x85;&#1;&#x1b;[7711J tail"), head="<?xml version='1.1' encoding='utf-8'?>"),
    "XML 1.1 with its controls",
)
feed("x34-mixed", rss(item("HXQ @@ tail")).encode().replace(b"@@", "中文".encode("gb18030") + "é".encode("latin-1") + "日本".encode("shift_jis") + "中".encode()),
     "four charsets in one title")  # fmt: skip
feed(
    "x35-iso2022",
    rss(item("HXQ \x1b$B%\x1b(B tail"), head="<?xml version='1.0' encoding='iso-2022-jp'?>"),
    "a charset made of escapes",
    type="text/xml; charset=iso-2022-jp",
)
feed(
    "x36-hz",
    rss(item("HXQ ~{<:Ky~} tail"), head="<?xml version='1.0' encoding='hz-gb-2312'?>"),
    "a charset that hides tags",
    type="text/xml; charset=hz",
)
feed("x37-100k", rss("".join(item(f"n{n}", n) for n in range(100_000))), "100,000 items: capped, or too much")
feed(
    "x38-40mb", rss(item("HXQ huge", body="word " * 8_000_000)), "an item of 40 MB: refused or cut", "X-A: b"
)
feed("x39-keys", '{"version":"https://jsonfeed.org/version/1.1","title":"a","title":["b"],"items":[{"id":1e400,"title":"HXQ one"},{"id":-0.0,"title":"HXQ two"},{"id":true,"title":"HXQ three"},{"id":1.7976931348623157e308,"title":"HXQ four","date_published":1e300,"url":[]}]}',
     "numbers, doubles and what is no text as ids", type=JSON)  # fmt: skip
feed(
    "x40-exponent",
    json_feed(items=[{"id": "1", "title": "HXQ one", "_x": "@@"}]).replace('"@@"', "1e" + "9" * 100_000),
    "an exponent of 100,000 digits",
    type=JSON,
)
feed(
    "x41-object-deep",
    json_feed(items=[{"id": "1", "title": "HXQ one", "_x": "@@"}]).replace(
        '"@@"', '{"a":' * 100_000 + "1" + "}" * 100_000
    ),
    "an extension 100,000 deep",
    type=JSON,
)
feed(
    "x42-nan",
    json_feed(items=[{"id": "1", "title": "HXQ one", "x": "@@"}]).replace('"@@"', "NaN"),
    "NaN is no JSON: an error or the item",
    type=JSON,
)
feed(
    "x43-guids",
    rss("".join(item(f"HXQ {n}", n).replace(f"g{n}", "g" * 1_000_000) for n in range(5))),
    "names of entries of a megabyte",
)
feed(
    "x44-self",
    rss(item("HXQ one")).replace("<channel>", "<channel>" + "<channel>" * 300),
    "channels in channels",
)
feed("x45-two", rss(item("HXQ one")) + rss(item("HXQ two")), "two feeds behind each other")
feed(
    "x46-entry-in-entry",
    ATOM.format("<entry>" * 3_000 + "<title>HXQ one</title>" + "</entry>" * 3_000),
    "entries 3,000 deep",
    type=ATOM_TYPE,
)
feed(
    "x47-cdata",
    rss(item("<![CDATA[HXQ ]]]]><![CDATA[> <b>x</b> &#27;]0;HXQ&#7;]]> tail", body="<![CDATA[" * 50_000)),
    "CDATA in CDATA",
)
feed(
    "x48-pi",
    b"\xef\xbb\xbf\n\n<!-- -- -->" + rss(item("HXQ one")).encode() + b"\0\0trailing \x1b]0;HXQ\x07",
    "rubbish before and behind",
)
feed("x49-dates", rss("".join(item(f"HXQ {n}", n).replace("<pubDate>", f"<pubDate>{when}</pubDate><x>").replace("</pubDate><desc", "</x><desc") for n, when in enumerate((
     "Mon, 01 Jan 0000 00:00:00 GMT", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00+99:99", "-2026-01-01", "99999999999999999999", "-1",
     "2026-13-45T99:99:99Z", "Tue, 1 Jan 2026 00:00:00 +9999999999", "&#27;]0;HXQ&#7;", "١٢/٠٣/٢٠٢٦", "2026-01-01T00:00:00.9999999999999999999999999999Z", "9" * 100_000)))), "dates of no calendar")  # fmt: skip
feed("x50-zone", ATOM.format("".join(f"<entry><id>{n}</id><title>HXQ {n}</title><updated>{when}</updated></entry>" for n, when in enumerate((
     "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1969-12-31T23:59:59Z", "2026-02-30T00:00:00Z")))), "times at both ends of the calendar", type=ATOM_TYPE)  # fmt: skip

# --- the line ----------------------------------------------------------------------------------------

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
_GOOD = rss(item("HXQ one")).encode()


@case("n27-interim-flood", "interim answers without end stop at a cap", deadline=40)
def _(write: Write, request: Asked) -> None:
    with contextlib.suppress(OSError):
        for _ in range(400_000):
            write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n" * 100)


raw(
    "n28-length",
    "a length of 5,000 digits is an error or too much",
    _OK + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\n" + _GOOD,
)
raw(
    "n29-chunk-zeros",
    "a chunk's size of 5,000 digits is an error",
    _OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 5_000 + b"5\r\nabcde\r\n0\r\n\r\n",
)
raw(
    "n30-inner",
    "a gzip in a gzip that says it is one",
    _OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(gzip.compress(gzip.compress(bytes(30_000_000)))),
)
raw(
    "n31-coding",
    "a coding that lies",
    _OK + b"Content-Encoding: br\r\nContent-Length: %d\r\n\r\n" % len(_GOOD) + _GOOD,
)
raw("n32-many", "20,000 short headers are refused", _OK + b"X: y\r\n" * 20_000 + b"\r\n" + _GOOD)
raw(
    "n33-folded",
    "folded and nameless headers are an error or nothing",
    _OK + b" folded\r\n\tmore\r\n: none\r\nX\x1b]0;HXQ\x07: y\r\n\r\n" + _GOOD,
)
raw(
    "n34-refresh",
    "a header that sends elsewhere does not",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nRefresh: 0;url=file:///etc/passwd\r\nContent-Length: %d\r\n\r\n"
    % len(_GOOD)
    + _GOOD,
)
raw("n35-no-content", "an answer without content is an error", b"HTTP/1.1 204 No Content\r\n\r\n")
raw(
    "n36-status",
    "a status of no meaning is an error",
    b"HTTP/1.1 999 \xff\xfe\x9b31m\r\nContent-Length: 0\r\n\r\n",
)
raw(
    "n37-newlines",
    "bare newlines for ends of lines",
    b"HTTP/1.1 200 OK\nContent-Type: text/xml\nContent-Length: %d\n\n" % len(_GOOD) + _GOOD,
)
raw(
    "n38-cookies",
    "cookies for other hosts are not kept",
    _OK
    + b"Set-Cookie: a=b; Domain=.example; Path=/\r\n" * 50
    + b"Content-Length: %d\r\n\r\n" % len(_GOOD)
    + _GOOD,
)
raw(
    "n39-upgrade",
    "TLS asked for by an answer is an error",
    b"HTTP/1.1 426 Upgrade Required\r\nUpgrade: TLS/1.2\r\nConnection: Upgrade\r\n\r\n",
)
raw(
    "n40-type",
    "a type of 60 KB",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml"
    + b";a=b" * 15_000
    + b"\r\nContent-Length: %d\r\n\r\n" % len(_GOOD)
    + _GOOD,
)
redirect("r13-name", "http://good.example@127.0.0.1:1/", "a name that looks like a host is no host")
redirect("r14-port", "http://127.0.0.1:99999999/x", "a port beyond all ports is refused")
redirect(
    "r15-digits",
    "http://①②⑦.⓪.⓪.①:1/x".encode().decode("latin-1"),
    "digits in circles are an address, or none",
)
redirect("r16-brackets", "http://[::1%25\x1b]0;HXQ\x07]/", "a zone with controls is refused or cleaned")
redirect(
    "r17-split",
    "/r17-split?a=%0d%0aSet-Cookie:%20x%0d%0a%0d%0aHTTP/1.1%20200%20OK",
    "line breaks in a redirect break no request",
)
redirect("r18-label", "http://" + "a" * 300 + ".example/", "a label of 300 letters is refused")
redirect("r19-view", "view-source:http://127.0.0.1/", "a scheme in a scheme is refused")
redirect("r20-gopher", "gopher://127.0.0.1:25/_HELO", "refused: scheme", "301 Moved Permanently")

# --- links -------------------------------------------------------------------------------------------

feed("l06-mail", rss(item("HXQ one", body=escape("".join(f"<p><a href='{link}'>HXQ link</a>" for link in (
     "mailto:a@ok.example?bcc=b@evil.example&body=x%0d%0aBcc:c", "ssh://-oProxyCommand=x/", "data:text/html,<script>", "blob:https://ok.example/x", "intent://x#Intent;end",
     "https:\\\\ok.example\\x", "https://ok.example\t.evil.example/", "http:///etc/passwd", "ms-msdt:/id", "x-apple:y")) * 10),
     more="<enclosure url='data:audio/mpeg;base64,AA' type='audio/mpeg' length='99999999999999999999'/><enclosure url='ssh://x/a.mp3' type='audio/mpeg' length='x'/>")),
     "mail, ssh, data: shown, and nothing is opened")  # fmt: skip
feed("l07-links", rss("".join(item(f"HXQ {n}", n, escape(link)) for n, link in enumerate((
     "https://ok.example@127.0.0.1/", "https://xn--80ak6aa92e.example/", "https://ok.example/%0d%0aSet-Cookie:x", "https://ok.example/" + "a" * 100_000, "https://ok.example:0/",
     "https://ok.example/\u202egpj.exe", "https://2130706433/", "http://[::ffff:127.0.0.1]/", "https://ok。example/", "https://ok.example/?q=[@click=app.quit]", "mailto:a@b.example")))),
     "addresses that are not what they seem open as what they are")  # fmt: skip

# --- pages, channels, sitemaps, lists ----------------------------------------------------------------

_TEXT = "<p>" + "A sentence of an article, with a comma and a stop. " * 12 + "</p>"
page(
    "p27-svg",
    f"<article><h1>One</h1>{_TEXT * 2}<svg onload='x()'>{'<g>' * 50_000}<text>{ESC}</text></svg><math>{'<mrow>' * 50_000}</math>{_TEXT}</article>",
    "drawings 50,000 deep",
)
page(
    "p28-template",
    f"<article><h1>One</h1>{_TEXT * 2}{'<template>' * 30_000}{_TEXT}</article>",
    "templates 30,000 deep",
)
page(
    "p29-select",
    f"<article><h1>One</h1>{_TEXT * 2}<select>{'<option>x' * 200_000}</select><form>{'<input>' * 100_000}</form></article>",
    "a form of 300,000 fields",
)
page(
    "p30-ruby",
    f"<article><h1>One</h1>{_TEXT * 2}<p>{'<ruby>x<rt>y' * 50_000}</article>",
    "50,000 readings in each other",
)
page(
    "p31-pictures",
    f"<article><h1>One</h1>{_TEXT * 2}{'<img src=//127.0.0.1:1/x.png srcset=' + ','.join(f'a{n}.png {n}w' for n in range(3_000)) + '>'}{'<img src=a.png alt=HXQ>' * 50_000}</article>",
    "50,000 pictures",
)
page(
    "p32-charset",
    f"<meta charset='utf-7'><meta charset='{'x' * 100_000}'><article><h1>One</h1>{_TEXT * 3}+ADw-script+AD4-</article>",
    "charsets that a page says of itself",
)
page(
    "p33-nul",
    f"<article><h1>One</h1>{_TEXT * 3}<p>\0a\0\x1b[7712J{'<' + chr(0) + 'p>'}</article>" + "\0" * 1_000_000,
    "NUL in a page and behind it",
)
page(
    "p34-style",
    f"<style>{'a{{}}' * 500_000}</style><article><h1>One</h1><p style='{'x:y;' * 200_000}'>{_TEXT * 3}</article>",
    "styles of 3 MB",
)
page(
    "p35-metas",
    "".join(
        f"<meta property='article:author' content='A {n}'><meta name=keywords content='k{n}'>"
        for n in range(60_000)
    )
    + f"<article><h1>One</h1>{_TEXT * 3}</article>",
    "120,000 metas",
)
page(
    "p36-dl",
    f"<article><h1>One</h1>{_TEXT * 2}{'<dl><dt>a<dd>' * 20_000}</article>",
    "20,000 lists of terms in each other",
)
page(
    "p37-links",
    f"<article><h1>One</h1>{_TEXT * 2}<p>{''.join(f'<a href=https://ok.example/{n}>{n}</a> ' for n in range(60_000))}</article>",
    "60,000 links in one paragraph",
)
page(
    "p38-blinds",
    "<article><h1>One</h1>"
    + "".join(f"<p hidden style='display:none'>{ESC}</p><p>x</p>" for _ in range(40_000))
    + "</article>",
    "40,000 hidden paragraphs",
)
page(
    "p39-frames",
    "<frameset>" + "<frame src='file:///etc/passwd'>" * 10_000 + f"<noframes>{_TEXT * 3}",
    "frames of files",
    "channel",
)
page(
    "p40-json",
    "<script id=__NEXT_DATA__ type='application/json'>"
    + json.dumps({"a": "x" * 3_000_000})
    + "</script>"
    + "<script type='application/ld+json'>{}</script>" * 20_000
    + f"<article><h1>One</h1>{_TEXT * 3}</article>",
    "20,000 pieces for machines",
)
CASES["s06-chars"] = Case("s06-chars", "a sitemap in many namespaces and with wrong times", lambda write, request: send(
    write, "<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9' xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'>" + "".join(
    f"<url><loc>https://ok.example/HXQ-{n}</loc><lastmod>{when}</lastmod><news:news><news:title>HXQ &#x9b;7713J {n}</news:title><news:publication_date>{when}</news:publication_date></news:news>"
    + "<image:image><image:loc>file:///etc/passwd</image:loc></image:image>" * 2_000 + "</url>" for n, when in enumerate(("9999-12-31T23:59:59-23:59", "0000-00-00", "&#27;]0;HXQ&#7;"))) + "</urlset>"), "sitemap")  # fmt: skip
opml(
    "o10-deep-sources",
    "<opml><body>" + "<outline text='a' xmlUrl='https://ok.example/deep'>" * 30_000,
    "sources 30,000 deep",
)
opml("o11-files", "<opml><head><title>&#x9b;HXQ</title></head><body>" + "".join(f"<outline text='HXQ {n}' xmlUrl='{url}'/>" for n, url in enumerate((
     "file:///etc/passwd", "javascript:x", "feed:https://ok.example/feed-scheme", "exec:rm -rf /", "filter:cat:https://ok.example/x", "|touch /tmp/hxq", "http://[::1", "https://ok.example/good", "HTTPS://OK.EXAMPLE/good"))) + "</body></opml>",
     "lists of files and commands")  # fmt: skip
opml("o12-attributes", "<opml><body><outline " + " ".join(f"a{n}='x'" for n in range(100_000)) + " text='n' xmlUrl='https://ok.example/attr'/>"
     f"<outline text='HXQ' category='{'/a' * 200_000}' xmlUrl='https://ok.example/cat'/></body></opml>", "100,000 attributes and a category 200,000 deep")  # fmt: skip

# The one that leaves no room for others stays the last.
CASES["o09-many"] = CASES.pop("o09-many")
