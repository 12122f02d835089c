"""Feeds that attack: every control character and terminal sequence, markup, odd ids, odd dates."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

MARK = "HXQ"
"""Stands beside every attack, so that what became of it is found on a screen or in a capture."""

TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}

_CONTROLS = [chr(c) for c in (*range(32), *range(127, 160))]

# Parameters 77xx are sent by no honest program, so a scan of what reached the terminal can tell.
SEQUENCES: dict[str, str] = {
    "osc title": f"\x1b]0;{MARK}owned\x07",
    "osc title, st": f"\x1b]2;{MARK}owned\x1b\\",
    "osc clipboard": f"\x1b]52;c;{MARK}T1dORUQ=\x07",
    "osc link": f"\x1b]8;;http://evil.invalid/{MARK}\x1b\\click\x1b]8;;\x1b\\",
    "osc colour query": "\x1b]7711;?\x07",
    "osc notify": f"\x1b]777;notify;{MARK};owned\x07",
    "osc open-ended": f"\x1b]0;{MARK}never closed",
    "csi clear": "\x1b[7701J",
    "csi move": "\x1b[7702;7703H",
    "csi colour": "\x1b[7731m",
    "csi private": "\x1b[?7749h",
    "csi report": "\x1b[7706n",
    "csi open-ended": "\x1b[7707;",
    "dcs": f"\x1bP7708;1|{MARK}\x1b\\",
    "dcs sixel": f"\x1bPq{MARK}\x1b\\",
    "apc": f"\x1b_G{MARK}\x1b\\",
    "pm": f"\x1b^{MARK}\x1b\\",
    "sos": f"\x1bX{MARK}\x1b\\",
    "reset": f"\x1bc{MARK}",
    "alignment": f"\x1b#8{MARK}",
    "charset": f"\x1b(0{MARK}",
    "c1 csi": "\u009b7709J",
    "c1 osc": f"\u009d0;{MARK}owned\u009c",
    "c1 dcs": f"\u0090q{MARK}\u009c",
    "enquiry": f"{MARK}\x05",
    "shift out": f"{MARK}\x0e",
    "backspaces": f"{MARK}safe\x08\x08\x08\x08evil",
    "carriage return": f"{MARK}safe\revil",
    "bidi override": f"{MARK} \u202egpj.exe\u202c end",
    "bidi isolates": f"{MARK} \u2066a\u2069 \u2067b \u2068c",
    "bidi marks": f"{MARK}\u200e\u200f\u061c",
    "zero width": f"pay\u200bpal \ufeff{MARK}\u2060",
    "tags": f"{MARK}\U000e0041\U000e0042",
    "combining flood": f"{MARK} a" + "\u0301" * 4000,
    "long line": MARK + "W" * 100_000,
    "line separators": f"{MARK}a\u2028b\u2029c\u0085d\x0be\x0cf",
    "markup action": f"{MARK} [@click=app.quit]read on[/]",
    "markup close": f"{MARK} [/] [/b] tail",
    "markup open": f"{MARK} [bold [red",
    "markup link": f"{MARK} [link='http://evil.invalid']x[/link]",
    "honest brackets": "[2026] [Update] arr[0] $x {y}",
}

_LINKS = (
    "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "--remote-debugging-port=9222",
    "http://ok.invalid/$(touch owned)`id`;x'y\"", "http://ok.invalid/a b", "ssh://-oProxyCommand=x/",
    "http://ok.invalid/\x1b]0;owned\x07", "mailto:desk@ok.invalid", "gemini://ok.invalid/", "",
)  # fmt: skip


def attacks() -> list[tuple[str, str]]:
    """(name, text) of every attack: each control character alone, then the sequences."""
    alone = [(f"U+{ord(char):04X}", f"{MARK} before{char}after") for char in _CONTROLS]
    return alone + list(SEQUENCES.items())


def _reference(text: str) -> str:
    """Text for XML with every control as a numeric reference, as a careless feed writes them (they are
    not well-formed XML 1.0 but for tab, newline and return)."""
    return "".join(
        f"&#{ord(c)};" if c < " " or "\x7f" <= c <= "\x9f" else escape(c, quote=False) for c in text
    )


def _raw(text: str) -> str:
    """Text for XML with the control bytes themselves, but for NUL: parsers end there, and nothing would
    be seen of the rest."""
    return escape(text, quote=False).replace("\0", "&#0;")


def feed(kind: str, base: str) -> bytes:
    """All attacks through title, author, body, link, category and file name, as "rss" (each twice: with the
    controls as raw bytes, then as numeric references; not well-formed), or as "atom" (what XML allows) or
    "json" (escaped), which are."""
    if kind == "json":
        return _json(base)
    return _atom(base) if kind == "atom" else _rss(base)


def _rss(base: str) -> bytes:
    items = []
    both = [(put, *attack) for attack in attacks() for put in (_raw, _reference)]
    for number, (put, name, text) in enumerate(both):
        link = _LINKS[number % len(_LINKS)]
        items.append(
            f"<item><title>{put(text)} {put(name)}</title><link>{put(link)}</link>"
            f'<guid isPermaLink="false">{number}</guid><author>{put(text[:200])}</author>'
            f"<category>{put(text[:200])}</category><pubDate>{put('Fri, 20 Nov 2026 07:00:00 GMT')}</pubDate>"
            f'<enclosure url="{base}/audio/{put(text[:60]).replace(chr(34), "")}.mp3" '
            f'type="audio/{number}" length="x"/><description>'
            + put(f"<p>{escape(text)}</p><a href={link!r}>{escape(text[:80])}</a>")
            + "</description></item>\n"
        )
    title = _reference(SEQUENCES["osc title"] + "Hostile" + SEQUENCES["c1 csi"])
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
        f"<title>{title}</title><link>{base}/</link><description>{title}</description>\n{''.join(items)}</channel></rss>"
    ).encode("utf-8", "surrogatepass")


def _atom(base: str) -> bytes:
    """Well-formed: only what XML 1.0 allows, which is C1, DEL and everything invisible."""

    def legal(text: str) -> str:
        return escape("".join(c for c in text if c >= " " or c in "\t\n\r"), quote=False)

    entries = "".join(
        f"<entry><id>tag:hostile.invalid,2026:{number}</id><title>{legal(text)} {name}</title>"
        f'<link href="{base}/hostile/{number}"/><updated>2026-11-20T07:00:00Z</updated>'
        f"<author><name>{legal(text[:200])}</name></author>"
        f'<category term="{legal(text[:99]).replace(chr(34), "")}"/>'
        f'<content type="html">{legal(f"<p>{escape(text)}</p>")}</content></entry>\n'
        for number, (name, text) in enumerate(attacks())
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>tag:hostile.invalid,2026:feed</id><title>Hostile {legal(SEQUENCES['c1 osc'])}</title>"
        f"<updated>2026-11-20T07:00:00Z</updated>\n{entries}</feed>"
    ).encode()


def _json(base: str) -> bytes:
    """Well-formed: JSON carries every control character as an escape."""
    items = [
        {
            "id": str(number),
            "url": _LINKS[number % len(_LINKS)],
            "title": f"{text} {name}",
            "authors": [{"name": text[:200]}],
            "tags": [text[:200]],
            "date_published": "2026-11-20T07:00:00Z",
            "content_html": f"<p>{escape(text)}</p><pre>{escape(text)}</pre>",
            "attachments": [
                {"url": f"{base}/audio/{text[:60]}.mp3", "mime_type": text[:40], "title": text[:99]}
            ],
        }
        for number, (name, text) in enumerate(attacks())
    ]
    title = SEQUENCES["osc title"] + "Hostile" + SEQUENCES["c1 csi"]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": title, "items": items}
    ).encode()


# --- odd but not evil -------------------------------------------------------------------------------


def _item(number: int, base: str, guid: str | None, date: str | None, title: str = "") -> str:
    return (
        f"<item><title>{escape(title or f'Tide note {number}')}</title><link>{base}/tide/{number}</link>"
        + (f'<guid isPermaLink="false">{guid}</guid>' if guid is not None else "")
        + (f"<pubDate>{date}</pubDate>" if date is not None else "")
        + f"<description>The gauge at pier {number} was read twice.</description></item>"
    )


_BAD_DATES = (
    "Mon, 01 Jan 0000 00:00:00 GMT", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00+14:00", "yesterday", "", "Mon, 31 Feb 2023 25:61:61 GMT", "2026-11-19",
    "2099-01-01T00:00:00Z", "Thu, 19 Nov 26 07:00 EST", "19 November 2026 07:00", "2026年11月19日 07:00",
)  # fmt: skip

ODD: dict[str, str] = {
    "changing-guids": "12 entries whose guids differ at every fetch",
    "duplicate-guids": "8 entries, all with one guid",
    "no-guids": "8 entries with links only",
    "no-dates": "8 entries without dates",
    "bad-dates": f"{len(_BAD_DATES)} dates that are wrong, absurd or unusual",
    "growing": "one entry more at every fetch",
    "empty-items": "entries with nothing in them, and one with something",
    "unescaped": "bare ampersands, unclosed tags and HTML entities",
    "deep": "a description of 20,000 nested elements",
    "entities": "an exponential entity expansion",
    "external-entity": "a title from file:///etc/passwd",
    "long-title": "a title of 1,000,000 characters",
}


def odd(name: str, base: str, now: datetime, visit: int) -> bytes:
    """The feed of that name in `ODD`, at its `visit`th fetch. Raises KeyError for any other."""
    if name not in ODD:
        raise KeyError(name)

    def date(number: int) -> str:
        return format_datetime(now - timedelta(minutes=9 * number))

    def many(count: int, guid: Callable[[int], str | None]) -> str:
        return "".join(_item(number, base, guid(number), date(number)) for number in range(count))

    dtd = ""
    match name:
        case "changing-guids":
            items = many(12, lambda number: f"{visit}-{number}")
        case "duplicate-guids":
            items = many(8, lambda number: "the same")
        case "no-guids":
            items = many(8, lambda number: None)
        case "no-dates":
            items = "".join(_item(number, base, str(number), None) for number in range(8))
        case "bad-dates":
            items = "".join(_item(i, base, str(i), bad, f"Dated {bad}") for i, bad in enumerate(_BAD_DATES))
        case "growing":
            items = "".join(_item(i, base, str(i), date(-i)) for i in reversed(range(3 + visit)))
        case "empty-items":
            items = "<item/><item><title/></item><item></item>" + _item(1, base, "1", date(1))
        case "unescaped":
            items = (
                "<item><title>Fish & chips &mdash; 3 < 4</title><link>" + base + "/a?b=1&c=2</link>"
                "<description><p>One<br>two &nbsp; <b>three</description></item>"
                + _item(1, base, "1", date(1))
            )
        case "deep":
            nested = escape("<div>" * 20_000 + "at the bottom")
            items = f"<item><title>Deep</title><description>{nested}</description></item>"
        case "entities":
            rows = "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 10))
            dtd = f"<!DOCTYPE rss [<!ENTITY a0 'tide'>{rows}]>"
            items = "<item><title>&a9;</title></item>"
        case "external-entity":
            dtd = "<!DOCTYPE rss [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
            items = "<item><title>before &e; after</title></item>"
        case _:
            items = _item(1, base, "1", date(1), "W" * 1_000_000)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{dtd}<rss version="2.0"><channel><title>Odd: {name}</title>'
        f"<link>{base}/</link><description>{ODD[name]}</description>{items}</channel></rss>"
    ).encode()
