"""More of the project's own hostile cases: what the first ones left out, rule by rule."""

# ruff: noqa: E501 - what is served is easier to read in one line
from __future__ import annotations

import gzip
import json
from html import escape

from tests.hostile.cases import (
    ATOM,
    CASES,
    ENTRY,
    ESC,
    JSON,
    case,
    feed,
    json_feed,
    opml,
    page,
    raw,
    redirect,
)
from tests.hostile.stage import Asked, Case, Write, item, rss, send

# --- text --------------------------------------------------------------------------------------------

feed("t16-tabs", rss(item("HXQ" + "\t\u00a0\u3000" * 300_000 + "tail")), "a million blanks are one")
feed("t17-word", rss(item("one", body="W" * 3_000_000)), "a word of 3 MB is set at once")
feed("t18-right", rss(item("one", body="<![CDATA[<p>" + "אבג abc 123 (\u2067" * 30_000 + "]]>")),
     "a long text of two directions is set at once")  # fmt: skip
feed("t19-marks", rss(item("one", body="a" + "\u0301\u0489" * 400_000)), "a text of marks is capped")
feed(
    "t20-family",
    rss(item("HXQ " + "\U0001f468\u200d\U0001f469\u200d" * 60_000 + " tail")),
    "a family of 120,000",
)
feed("t21-jamo", rss(item("HXQ " + "\u1100\u1161\u11a8" * 60_000)), "180,000 jamo")
feed("t22-breaks", rss(item("one", body=escape("<br>" * 300_000 + "end"))), "300,000 breaks are a few")
feed("t23-hyphens", rss(item("HXQ pay\u00adpal", body="a\u00ad" * 400_000)), "soft hyphens are no text")
feed("t24-invisible", rss(item("pay\u115f\u1160\u3164\uffa0\u034f\u180e\u17b4\u2064\u206a\ufff9\ufffb\U0001d173\U000e0020\ufe00pal")),
     "whatever cannot be seen is removed")  # fmt: skip
feed("t25-home", rss(item("one"), title="HXQ [@click=app.quit]x[/] \x1b]0;HXQ\x07{0}").replace("https://ok.example/</link>", "https://ok.example/\x1b[7701J</link>", 1),
     "markup and controls in what a source is called")  # fmt: skip
feed("t26-everywhere", json_feed(language=ESC, icon=ESC, home_page_url=f"https://ok.example/{ESC}", authors=[{"name": ESC, "url": ESC}],
     items=[{"id": ESC, "title": f"[b]{ESC}", "summary": ESC, "content_text": ESC * 50, "language": ESC, "image": f"https://ok.example/{ESC}",
             "date_published": ESC, "attachments": [{"url": f"https://ok.example/{ESC}", "mime_type": ESC, "title": ESC}]}]),
     "controls in every field there is", type=JSON)  # fmt: skip
feed("t27-lone", json_feed(items=[{"id": "1", "title": "@@"}]).replace("@@", "HXQ \\ud800\\u001b]0;HXQ\\u0007 tail"),
     "half characters and controls by JSON's own escapes", type=JSON)  # fmt: skip
feed("t28-future", rss(item("HXQ tomorrow", more="").replace("<pubDate>", "<pubDate>Fri, 31 Dec 2100 00:00:00 GMT</pubDate><x>").replace("</pubDate><desc", "</x><desc")),
     "news of the year 2100 is not the newest for ever")  # fmt: skip

# --- XML and JSON ------------------------------------------------------------------------------------

feed(
    "x15-instructions",
    rss(item("one")).replace("<item>", "<?a b?>" * 400_000 + "<item>"),
    "400,000 instructions",
)
feed("x16-subset", rss(item("one"), head="<?xml version='1.0'?><!DOCTYPE rss [" + "".join(f"<!ELEMENT e{n} ANY>" for n in range(150_000)) + "]>"),
     "a document type of 3 MB")  # fmt: skip
feed("x17-list", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel><items><rdf:Seq>"
     + "<rdf:li resource='x'/>" * 200_000 + "</rdf:Seq></items></channel><item><title>one</title><link>https://ok.example/1</link></item></rdf:RDF>",
     "200,000 names of items")  # fmt: skip
feed("x18-xhtml", ATOM.format(ENTRY.format("one", f"<content type='xhtml'>{'<div>' * 60_000}x{'</div>' * 60_000}</content>")),
     "XHTML 60,000 deep", type="application/atom+xml")  # fmt: skip
feed(
    "x19-encoding",
    rss(item("one"), head=f"<?xml version='1.0' encoding='{'u' * 1_000_000}'?>"),
    "a charset's name of 1 MB",
)
feed("x20-references", rss(item("HXQ &#0;&#1;&#8;&#31;&#127;&#1114112;&#99999999999999;&#xFFFFFFFF; tail"), head="<?xml version='1.1'?>"),
     "references to what is no character")  # fmt: skip
feed("x21-wide", rss(item("HXQ wide")).encode("utf-32"), "UTF-32 is read or refused")
feed("x22-twice", b"\xff\xfe" + rss(item("HXQ mark")).encode(), "a mark of UTF-16 before UTF-8")
feed("x23-objects", '{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[' + "{}," * 1_500_000 + '{"id":"1","title":"one"}]}',
     "a million and a half empty items", type=JSON)  # fmt: skip
feed(
    "x24-keys",
    json_feed(items=[{"id": "1", "title": "one", **{f"_k{n}": n for n in range(200_000)}}]),
    "200,000 extensions",
    type=JSON,
)
feed(
    "x25-titles",
    rss(item("one")).replace("<title>one</title>", "<title>HXQ</title>" * 200_000),
    "200,000 titles of one item",
)
feed(
    "x26-unclosed", rss(item("one", body=escape("<a href='" * 300_000))), "300,000 attributes that never end"
)
feed(
    "x27-quotes",
    rss(item("one", body=escape("<blockquote>" * 5_000 + "deep"))),
    "5,000 quotations in each other",
)
feed("x28-items", rss(item("one", body=escape("<ol><li>" * 3_000 + "deep"))), "3,000 lists in each other")

# --- the line ----------------------------------------------------------------------------------------

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
_GOOD = rss(item("one")).encode()
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


raw(
    "n16-trailers",
    "trailers of 5 MB",
    _CHUNKED + _chunk(_GOOD) + b"0\r\n" + b"X-T: v\r\n" * 600_000 + b"\r\n",
)
raw(
    "n17-extension",
    "a chunk's extension of 5 MB",
    _CHUNKED + b"%x;%s\r\n%s\r\n0\r\n\r\n" % (len(_GOOD), b"e" * 5_000_000, _GOOD),
)
raw(
    "n18-crumbs",
    "half a million chunks of a byte are refused",
    _CHUNKED + _chunk(b" ") * 500_000 + _chunk(_GOOD) + b"0\r\n\r\n",
)
raw(
    "n19-cut",
    "a gzip that breaks off: an error, old items kept",
    _OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(_GOOD * 50)[:60],
)
raw(
    "n20-no-gzip",
    "a gzip that is none: an error, old items kept",
    _OK + b"Content-Encoding: gzip\r\n\r\n" + _GOOD,
)
raw(
    "n21-switch",
    "an answer that switches protocols is an error",
    b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n" + _GOOD,
)
raw(
    "n22-part",
    "a part that nobody asked for is an error",
    b"HTTP/1.1 206 Partial\r\nContent-Range: bytes 5-9/99\r\nContent-Length: 4\r\n\r\nabcd",
)
raw(
    "n23-both",
    "a length and chunks: one of them, or an error",
    _OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + _chunk(_GOOD) + b"0\r\n\r\n",
)
raw("n24-validator", "a validator of 60 KB with controls is not sent back",
    _OK + b'ETag: "' + b"\x9b" * 60_000 + b'"\r\nContent-Length: %d\r\n\r\n' % len(_GOOD) + _GOOD)  # fmt: skip
raw(
    "n25-unchanged",
    "nothing has changed, says who was never asked: old items kept",
    b"HTTP/1.1 304 Not Modified\r\n\r\n",
)
raw("n26-charset", "a charset's name with controls reaches nothing",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=\x1b]0;HXQ\x07\r\nContent-Length: %d\r\n\r\n" % len(_GOOD) + _GOOD)  # fmt: skip
redirect(
    "r10-password",
    "//reader:hunter2@127.0.0.1:1/x",
    "a password in a redirect is neither used nor kept",
    "301 Moved Permanently",
)
redirect(
    "r11-backslash", "http:\\\\ok.example\\@127.0.0.1\\x", "a redirect with backslashes is refused or cleaned"
)


@case("r12-hidden", "a password in a lasting redirect does not get into sources.toml")
def _(write: Write, request: Asked) -> None:
    if "next" in request.path:
        return send(write, rss(item("HXQ moved")))
    host = request.h("host") or ""
    return send(
        write,
        "",
        "301 Moved Permanently",
        "text/html",
        f"Location: http://reader:hunter2@{host}/r12-hidden/next",
    )


# --- links -------------------------------------------------------------------------------------------

_BODY = "".join(f"<p><a href='{link}'>HXQ link</a>" for link in (
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://ok.example/&#27;]0;HXQ&#7;", "-oProxyCommand=x", "//[::1", "https://ok.example/a b"))  # fmt: skip
feed(
    "l03-links-in-text",
    rss(item("one", body=escape(_BODY) * 20)),
    "links in the text: http and https, the rest is no link",
)
feed("l04-attached", rss(item("one", more="".join(f"<enclosure url='{url}' type='audio/mpeg' length='-1'/>" for url in (
     "file:///etc/passwd", "javascript:x", "https://ok.example/../../x&#10;--exec", "--script=/tmp/x")) + "<comments>javascript:alert(1)</comments>")),
     "attachments and comments: http and https")  # fmt: skip
feed("l05-pictures", rss(item("one", body=escape("<img src='file:///etc/passwd' alt='HXQ'><img src='data:image/png;base64,AAAA'>" * 50))),
     "a picture of a file is never read")  # fmt: skip

# --- pages, channels, sitemaps, lists ----------------------------------------------------------------

_TEXT = "<p>" + "A sentence of an article, with a comma and a stop. " * 12 + "</p>"
page("p15-machine", f"<script type='application/ld+json'>{'[' * 200_000}</script><article><h1>One</h1>{_TEXT * 3}</article>",
     "data for machines 200,000 deep")  # fmt: skip
page("p16-machine-wide", "<script type='application/ld+json'>" + json.dumps({"@type": "NewsArticle", "headline": ESC, "author": [{"name": ESC}] * 100_000,
     "articleBody": ESC * 1000, "datePublished": "9" * 10_000}) + f"</script><article><h1>One</h1>{_TEXT * 3}</article>", "data for machines of 4 MB")  # fmt: skip
page(
    "p17-spans",
    f"<article><h1>One</h1>{_TEXT * 3}<table>{'<tr>' + '<td colspan=1000 rowspan=60000>x' * 300}</table></article>",
    "300 cells of 60 million each",
)
page(
    "p18-columns",
    f"<article><h1>One</h1>{_TEXT * 3}<table><tr>{'<td>x' * 20_000}</table></article>",
    "a table of 20,000 columns",
)
page(
    "p19-headings",
    f"<article><h1>One</h1>{'<h2>Heading of a part</h2><p>a' * 30_000}</article>",
    "30,000 headings",
)
page("p20-notes", f"<article><h1>One</h1>{_TEXT * 3}<p>{''.join(f'<sup><a href=#n{n}>{n}</a></sup>' for n in range(20_000))}{''.join(f'<li id=n{n}>note' for n in range(20_000))}</article>",
     "20,000 footnotes")  # fmt: skip
page(
    "p21-line",
    f"<article><h1>One</h1>{_TEXT}<pre>{'x' * 5_000_000}</pre></article>",
    "a line of 5 MB as it is written",
)
page(
    "p22-blanks",
    f"<article><h1>One</h1>{_TEXT * 3}<p>{chr(0x3000) * 1_000_000}x{'&nbsp;' * 300_000}</article>",
    "a million blanks in a text",
)
page("p23-plain", "<body>" + "A sentence without end, " * 350_000, "8 MB of text without a mark")
page("p24-title", f"<title>{'T' * 3_000_000}</title><meta name=author content='{'A' * 1_000_000}'><article><h1>{'H' * 1_000_000}</h1>{_TEXT * 3}</article>",
     "a title of 3 MB is capped")  # fmt: skip
page("p25-refresh", f"<meta http-equiv=refresh content='0;url=file:///etc/passwd'><article><h1>One</h1>{_TEXT * 3}</article>",
     "a page that sends elsewhere does not")  # fmt: skip
page("p26-selects", "<ul>" + "".join(f"<li><a href='javascript:x({n})'>A headline of some length, number {n}</a></li>" for n in range(20)) + "</ul>",
     "headlines that lead nowhere", "channel")  # fmt: skip
CASES["s03-chain"] = Case("s03-chain", "indexes of ever new indexes end", lambda write, request: send(
    write, f"<sitemapindex><sitemap><loc>http://{request.h('host')}/s03-chain/{request.n}</loc></sitemap></sitemapindex>"), "sitemap")  # fmt: skip
CASES["s04-places"] = Case("s04-places", "addresses of a sitemap: http and https", lambda write, request: send(
    write, "<urlset>" + "".join(f"<url><loc>{loc}</loc></url>" for loc in ("javascript:x", "file:///etc/passwd", "https://ok.example/HXQ&#x9b;", "-x")) + "</urlset>"), "sitemap")  # fmt: skip
CASES["s05-pressed"] = Case("s05-pressed", "a pressed sitemap of 2 GB: stopped at the cap", lambda write, request: send(
    write, gzip.compress(gzip.compress(bytes(1 << 26)) * 30), "200 OK", "application/x-gzip"), "sitemap")  # fmt: skip
opml("o06-include", "<opml><body><outline type='include' text='x' url='http://127.0.0.1:1/o06-include/evil.opml'/><outline text='n' xmlUrl='https://ok.example/i'/></body></opml>",
     "a list in a list is not fetched")  # fmt: skip
opml("o07-places", "<opml><body><outline text='a' xmlUrl='https://ok.example/&#10;--x&#27;]0;HXQ&#7;'/><outline text='../../etc/passwd' xmlUrl='https://ok.example/p'/>"
     f"<outline text='{'n' * 2_000_000}' xmlUrl='https://ok.example/q'/></body></opml>", "addresses and names of a list are cleaned and cut")  # fmt: skip
opml(
    "o08-same",
    "<opml><body>" + "<outline text='a' xmlUrl='https://ok.example/same'/>" * 60_000 + "</body></opml>",
    "one source 60,000 times is one",
)

# The one that leaves no room for others stays the last.
CASES["o09-many"] = CASES.pop("o09-many")
