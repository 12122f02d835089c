"""An article's breadcrumb, from what is marked as one or from links with arrows between them."""

from __future__ import annotations

import re
from typing import Any, Final

from tui_news.extract.inline import one_line
from tui_news.extract.structured import Told
from tui_news.text.clean import clean_line

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:bread-?crumbs?|crumbs?|path|position|location|weizhi|dangqian|mianbao|cur-?pos|"
    r"nav-?path)(?:$|[\s_-])",
    re.I,
)
_LABEL = re.compile(
    r"^\s*(?:您(?:现在|当前|所在)?的?(?:位置|所在位置)|(?:您|你)?(?:目前|当前|现在|所在)的?位置|位置|"
    r"當前位置|現在地|現在位置|현재 ?위치|You are here|Home page)\s*[:：]?\s*",
    re.IGNORECASE,
)
_SIGN = re.compile(r"^\s*(?:>{1,2}|＞|»|›|→|::|·>|-{1,2}>|&gt;|〉|>|▸|▶)\s*$")
_LAST: Final = frozenset((
    "正文", "内容", "正文内容", "文章", "内文", "內文", "本文", "기사", "기사본문", "文章正文", "新闻正文",
    "詳細", "article", "查看内容", "浏览文章",
))  # fmt: skip
MOST: Final = 8


_LOOSE = re.compile(r"path|position|location|weizhi|dangqian|cur-?pos", re.IGNORECASE)


def breadcrumb(root: Any, told: Told, headline: str) -> tuple[str, ...]:
    """The names from the outermost section to the article's own; () when the page shows none."""
    trail = told.breadcrumb or _marked(root) or _arrows(root)
    out = [
        name for name in (clean_line(_LABEL.sub("", name), 60).strip(" >＞»›/:：") for name in trail) if name
    ]
    folded = headline.casefold()
    for place, name in enumerate(out):
        if _same(name.casefold(), folded):
            del out[place:]
            break
    while out and (out[-1].casefold() in _LAST or _same(out[-1].casefold(), folded)):
        out.pop()
    return tuple(out[:MOST])


def _same(name: str, headline: str) -> bool:
    if not headline:
        return False
    return name == headline or (
        len(name) > 12 and (headline.startswith(name.rstrip(".…")) or name.startswith(headline))
    )


def _marked(root: Any) -> tuple[str, ...]:
    for node in root.iter("nav", "div", "ul", "ol", "p", "span", "section", "td", "dl"):
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        label = node.get("aria-label") or ""
        if (
            "breadcrumb" in label.lower()
            or "breadcrumb" in (node.get("typeof") or "").lower()
            or (names != " " and _NAMED.search(names))
        ):
            # Names like “path” or “location” mean many things; arrows between the links mean one.
            if "crumb" not in (names + label).lower() and _LOOSE.search(names):
                text = "".join(node.itertext())[:400]
                if not re.search(r"[>＞»›→]|::", text) and not _LABEL.match(text):
                    continue
            steps = _steps(node)
            if 1 <= len(steps) <= MOST and all(len(step) <= 60 for step in steps):
                return steps
    return ()


def _steps(node: Any) -> tuple[str, ...]:
    """The texts of the links in it, and what follows the last as text of its own."""
    out: list[str] = []
    for child in node.iter():
        if child.tag == "a" or (child.tag == "li" and next(child.iter("a"), None) is None):
            text = one_line("".join(child.itertext())[:300], 80)
            if text.strip(" >＞»›/|:：·") and not (child.tag == "li" and _SIGN.match(text)):
                out.append(text)
        if len(out) > MOST:
            break
    if out and node[-1:] and (tail := clean_line(node[-1].tail or "", 60).strip(" >＞»›/")):
        out.append(tail)
    return tuple(dict.fromkeys(out))


def _arrows(root: Any) -> tuple[str, ...]:
    """Two or more links of one parent with nothing but arrows between them."""
    for number, link in enumerate(root.iter("a")):
        if number > 400:
            break
        if link.getparent() is None:
            continue
        labelled = _LABEL.match(_before(link)) is not None
        if not labelled and not _SIGN.match((link.tail or "").strip()[:1]):
            continue
        out = [_text(link)]
        following = link.getnext()
        tail = link.tail
        while following is not None and _SIGN.match(tail or "") and len(out) < MOST:
            text = _text(following)
            if not text:
                break
            out.append(text)
            tail = following.tail
            following = following.getnext()
        rest = clean_line((tail or "")[:80], 60)
        if _SIGN.match(rest[:1]) and (name := rest.strip(" >＞»›")):
            out.append(name)
        if (len(out) >= 2 or labelled) and all(0 < len(name) <= 40 for name in out):
            return tuple(out)
    return ()


def _before(node: Any) -> str:
    """The text that leads up to an element."""
    previous = node.getprevious()
    text = previous.tail if previous is not None else node.getparent().text
    return str(text or "")[-40:]


def _text(node: Any) -> str:
    return one_line("".join(node.itertext())[:200], 60) if isinstance(node.tag, str) else ""
