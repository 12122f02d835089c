"""Whether what was seen of a case is its stated outcome: rules for every case, and for each its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.hostile.seen import Seen
from tests.hostile.stage import Case

MEMORY = {"feed": 200.0, "page": 400.0, "channel": 400.0}
"""Megabytes that a process may hold for one case, by its kind; the program itself takes some 60."""
ANSWER = 5.0
"""Seconds of the processor that a key may take."""
FAULTS = re.compile(rb"Traceback|fault of the program|please report|RecursionError|MarkupError|Segmentation")

Rule = Callable[[Seen], str]
"""Gives what is wrong, or ''."""


def judge(case: Case, seen: Seen) -> list[str]:
    """What misses the stated outcome; empty when it holds."""
    found = [f"{kind}: {values[:2]}" for kind, values in seen.escapes().items()]
    everything = seen.output + seen.raw
    if hit := FAULTS.search(everything):
        found.append(f"a fault: {_places(everything[hit.start() :])}")
    if "HXQ" in seen.window:
        found.append(f"the window is called {seen.window!r}")
    if not seen.alive:
        found.append("the app ended")
    if seen.code < 0 or seen.code not in (0, 1, 3, 4):
        found.append(f"exit code {seen.code}")
    if seen.seconds > case.deadline:
        found.append(f"took {seen.seconds:.1f} s")
    if seen.memory > MEMORY.get(case.kind, 200.0):
        found.append(f"took {seen.memory:.0f} MB")
    if seen.answered > ANSWER:
        found.append(f"a key took {seen.answered:.1f} s")
    if case.kind == "feed":
        if not seen.kept:
            found.append("the old item is gone")
        if not (seen.error or seen.titles or seen.damaged) and case.id not in MAY_BE_SILENT:
            found.append("neither an error nor an item")
    if len(seen.error.splitlines()) > 1:
        found.append("an error of several lines")
    rule = RULES.get(case.id)
    if rule is not None and (wrong := rule(seen)):
        found.append(wrong)
    return found


def _places(traceback: bytes) -> str:
    """The lines of a traceback that name a place or an error."""
    plain = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", traceback[:100_000]).decode("utf-8", "replace")
    lines = [line.strip(" │") for line in plain.splitlines() if re.search(r"\.py|Error|❱|please", line)]
    return " / ".join(lines[-12:])


def shows(*parts: str, gone: str = "") -> Rule:
    """The parts stand in one headline, and `gone` stands nowhere."""

    def rule(seen: Seen) -> str:
        seen_all = seen.screen.replace("\n", " ")
        hits = [title for title in seen.titles if all(part in title for part in parts)]
        if not hits:
            return f"no headline with {parts}: {seen.titles[:3]}"
        if gone and any(gone in title for title in seen.titles):
            return f"{gone!r} is still there"
        return "" if seen.screen == "" or hits[0][:30] in seen_all else f"not on the screen: {hits[0][:30]!r}"

    return rule


def exactly(title: str) -> Rule:
    """A headline is this, to the character."""
    return lambda seen: "" if title in seen.titles else f"not {title!r}: {seen.titles[:3]}"


def fails(pattern: str) -> Rule:
    """There is an error that says so, and nothing came."""

    def rule(seen: Seen) -> str:
        if not re.search(pattern, seen.error, re.I):
            return f"the error says {seen.error!r}"
        return f"and yet items came: {seen.titles[:2]}" if seen.titles else ""

    return rule


def count(least: int, most: int) -> Rule:
    return lambda seen: "" if least <= len(seen.titles) <= most else f"{len(seen.titles)} items"


def asked(times: int) -> Rule:
    """The server was asked that often in three refreshes."""
    return lambda seen: "" if len(seen.asked) == times else f"asked {len(seen.asked)} times"


def both(*rules: Rule) -> Rule:
    return lambda seen: "; ".join(wrong for rule in rules if (wrong := rule(seen)))


def either(*rules: Rule) -> Rule:
    return lambda seen: "" if any(not rule(seen) for rule in rules) else rules[0](seen)


def capped(length: int) -> Rule:
    return lambda seen: (
        "" if all(len(t) <= length for t in seen.titles) else f"{max(map(len, seen.titles))} characters"
    )


def marks(seen: Seen) -> str:
    return "" if not re.search("\u0301{9}", "".join(seen.titles)) else "more than 8 marks"


def says_nothing_of(*words: str) -> Rule:
    def rule(seen: Seen) -> str:
        text = "\n".join(seen.titles) + seen.text + seen.screen
        return next((f"{word!r} is shown" for word in words if word in text), "")

    return rule


def etag(seen: Seen) -> str:
    sent = [request.h("if-none-match") for request in seen.asked]
    return "" if sent[1:] and set(sent[1:]) == {'"v1"'} else f"If-None-Match: {sent}"


def moved(seen: Seen) -> str:
    return "" if "/d30-301b" in seen.config else "the address was not updated"


def opened(seen: Seen) -> str:
    """Something was opened, and all of it as it should be."""
    return opened_rightly(seen) or ("" if seen.opened or not seen.screen else "nothing was opened at all")


def opened_rightly(seen: Seen) -> str:
    """Each address that went to the browser was one argument, and http or https."""
    for number, line in enumerate(seen.opened):
        if number % 2 == 0 and line != "1":
            return f"{line} arguments"
        if number % 2 and not re.match("https?://", line, re.I):
            return f"{line} was opened"
    if any("/etc/passwd" in title for title in seen.titles):
        return "a file was read"
    return ""


def never_asked(part: str) -> Rule:
    return lambda seen: "" if not any(part in each.path for each in seen.asked) else f"{part} was fetched"


def imported(*urls: str, said: str = "") -> Rule:
    """These addresses are in `sources.toml`, and no others that the list names."""

    def rule(seen: Seen) -> str:
        text = seen.config
        there = {url for url in re.findall(r'url = "([^"]+)"', text) if "127.0.0.1" not in url}
        if not set(urls) <= there:
            return f"not imported: {set(urls) - there}"
        if re.search(r'url = "(?!https?://)', text):
            return "another scheme was imported"
        return "" if said in seen.output.decode("utf-8", "replace") else f"{said!r} is not said"

    return rule


def no_secret(seen: Seen) -> str:
    """No password stands in the file of sources or in anything that was written."""
    everything = seen.config + seen.error + seen.output.decode("utf-8", "replace") + seen.screen
    return "the password is shown" if "hunter2" in everything else ""


def refused(seen: Seen) -> str:
    return "" if seen.code == 1 and seen.error else f"code {seen.code}, {seen.error!r}"


def text_or_failure(seen: Seen) -> str:
    return "" if seen.text.strip() or seen.error else "neither text nor an error"


# ruff: noqa: E501 - the rules are a table

MAY_BE_SILENT = {"d30-301", "d41-bare", "x01-quadratic", "x23-objects"}

RULES: dict[str, Rule] = {
    # the shared set
    "d01-osc-title": shows("HXQ", "tail"), "d02-osc52": shows("HXQ", "tail"), "d03-csi": shows("HXQ", "tail"),
    "d04-c1": shows("HXQ", "tail"), "d05-rlo": shows("gpj.exe", "safe"), "d06-zwsp": exactly("paypal"),
    "d07-click": exactly("HXQ [@click=app.quit]Read more[/]"), "d08-close": exactly("HXQ [/] [/b] tail"),
    "d09-open": exactly("HXQ [bold [red"), "d10-link": exactly("HXQ [link='https://evil.example']x[/link]"),
    "d11-brackets": exactly("[2026] [Update] arr[0] $x"), "d12-zalgo": both(shows("HXQ", "tail"), marks),
    "d13-long": both(shows("HXQW"), capped(1000)), "d14-nul": shows("HXQ", "tail"),
    "d15-newlines": exactly("HXQ line1 line2 line3"), "d16-surrogate": shows("HXQ", "tail"),
    "d17-laughs": says_nothing_of("lollollol"), "d18-xxe": says_nothing_of("root:"),
    "d19-deep": either(count(1, 1), fails(".")),
    "d20-truncated": both(count(1, 19), lambda seen: "" if seen.damaged else "not marked damaged"),
    "d21-empty": fails("empty|nothing"), "d22-captive": fails("page|HTML|sign|log"),
    "d23-badutf8": shows("\ufffd"), "d24-gzip-bomb": fails("more than|finish"), "d25-drip": fails("did not finish"),
    "d26-loop": fails("circle|redirect"), "d27-file-redirect": fails("file|http"),
    "d28-429": both(fails("fewer|429"), asked(1)), "d29-410": both(fails("gone"), asked(1)), "d30-301": moved,
    "d30-301b": exactly("moved ok"), "d31-etag": both(exactly("etag item"), count(1, 1), etag),
    "d32-headers": fails("header"), "d33-short": fails("broke off|middle"), "d34-endless": fails("more than|finish"),
    "d35-charset": exactly("cs"), "d36-dupguid": count(1, 2), "d37-noguid": count(5, 5),
    "d38-dates": count(9, 9), "d39-20k": count(40, 2000), "d40-links": both(count(8, 8), opened),
    "d41-bare": shows("ok"), "d42-500": fails("500"), "d43-opml-bomb": refused,
    "d44-opml-schemes": imported("https://ok.example/f", said="file:"),
    "d45-page-nest": both(text_or_failure, lambda seen: "" if seen.seconds < 10 else "slow"),
    "d46-page-table": both(text_or_failure, lambda seen: "" if seen.seconds < 10 else "slow"),
    # our own
    "t06-nothing": count(0, 1), "t10-author": count(1, 1), "t11-tags": count(1, 1), "t12-enclosures": count(1, 1),
    "t13-markup": exactly("HXQ [@click=app.quit]go[/] {0} {x!r} %s %(a)s ${y} $text"),
    "x01-quadratic": says_nothing_of("AAAAAAAAAAAA"), "x02-parameter": both(never_asked("evil"), says_nothing_of("fetched")),
    "x03-include": never_asked("evil"), "x10-json-types": shows("good"), "x04-comment": either(count(1, 1), fails(".")),
    "x05-less": either(count(1, 1), fails(".")),
    "n01-deflate": fails("more than"), "n02-brotli": fails("more than"), "n03-zstd": fails("more than"),
    "n04-layers": fails("several times"), "n05-members": fails("more than"), "n07-negative": fails("."),
    "n08-chunks": fails("."), "n09-chunk": fails("."), "n10-status": fails("."), "n11-reason": fails("500"),
    "n12-header": fails("header"), "n15-http09": fails("."),
    "r01-data": fails("http"), "r02-controls": fails("."), "r03-ftp": fails("http"), "r04-nothing": fails("redirect"),
    "r05-host": fails("."), "r06-long": fails("."), "r07-chain": fails("redirect"), "r08-cookie": exactly("no cookie"),
    "r09-gone-page": fails("page|sign|log"), "w05-slow-head": fails("finish|header"),
    "l01-links": both(count(14, 14), opened_rightly), "p11-pages": text_or_failure, "p12-links": count(8, 2000),
    "p13-base": says_nothing_of("file:///"), "s01-many": count(0, 2000),
    "o09-many": lambda seen: "" if "20000" in seen.output.decode("utf-8", "replace").replace(",", "") else "no word of the cap",
    "o03-names": imported("https://ok.example/n"),
    "o04-secret": lambda seen: "the password is in sources.toml" if "hunter2" in seen.config else "",
    # and more of them
    "t16-tabs": shows("HXQ"), "t20-family": both(shows("HXQ"), capped(1000)), "t21-jamo": both(shows("HXQ"), capped(1000)),
    "t23-hyphens": exactly("HXQ paypal"), "t24-invisible": exactly("paypal"), "t27-lone": shows("HXQ", "tail"), "t28-future": shows("HXQ"),
    "x19-encoding": either(count(1, 1), fails(".")), "x20-references": either(shows("HXQ", "tail"), fails(".")), "x23-objects": count(0, 1), "x24-keys": count(1, 1),
    "n18-crumbs": fails("pieces"), "n19-cut": fails("."), "n20-no-gzip": fails("."), "n21-switch": fails("."), "n22-part": fails("."), "n25-unchanged": fails("."),
    "n24-validator": both(count(1, 1), lambda seen: "a validator was sent back" if any(each.h("if-none-match") for each in seen.asked) else ""),
    "r10-password": both(fails("."), no_secret), "r11-backslash": fails("."), "r12-hidden": both(exactly("HXQ moved"), no_secret),
    "l03-links-in-text": opened_rightly, "l04-attached": opened_rightly, "l05-pictures": says_nothing_of("root:"),
    "p15-machine": text_or_failure, "p24-title": text_or_failure, "p26-selects": says_nothing_of("javascript"), "s03-chain": lambda seen: "" if len(seen.asked) < 80 else f"asked {len(seen.asked)} times",
    "s04-places": says_nothing_of("file:///", "javascript:"), "o06-include": both(imported("https://ok.example/i"), never_asked("evil")),
    "o07-places": imported("https://ok.example/p", "https://ok.example/q"),
    "o08-same": lambda seen: "" if seen.config.count("https://ok.example/same") == 1 else "not once",
    # a third round
    "t30-tags": exactly("HXQ one"), "t33-vertical": exactly("HXQ a b c d e f tail"), "t34-interlinear": shows("HXQ", "tail"),
    "x29-laughs-atom": says_nothing_of("lollollol"), "x30-laughs-map": says_nothing_of("lollollol"), "x31-attribute": says_nothing_of("root:"),
    "x37-100k": either(count(40, 2000), fails("more than")), "x49-dates": count(13, 13), "x50-zone": count(4, 4), "n27-interim-flood": fails("header"), "n28-length": fails("."),
    "n30-inner": fails("."), "n31-coding": fails("."), "n32-many": fails("header"), "n35-no-content": fails("."), "n36-status": fails("."), "n39-upgrade": fails("426"),
    "r13-name": fails("."), "r14-port": fails("no address"), "r18-label": fails("."), "r19-view": fails("http"), "r20-gopher": fails("http"),
    "l06-mail": opened_rightly, "l07-links": opened_rightly, "o11-files": imported("https://ok.example/good", said="file:"),
    "o05-toml": lambda seen: "TOML was injected" if re.search('^url ?= ?"https://evil', seen.config, re.M) else "",
}  # fmt: skip
