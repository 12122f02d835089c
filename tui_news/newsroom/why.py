"""Why something stands on the front page, and why articles are one story, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tui_news.i18n import _, many
from tui_news.model import Article
from tui_news.portal.discussed import HALF_LIFE_DAYS
from tui_news.portal.front import Block, Item, Phrase


def why_place(block: Block, item: Item) -> str:
    """Why a story stands in this part of the page, in a sentence."""
    match block.kind:
        case "lead":
            return _("The most points of all stories")
        case "second":
            return _("Among the most points of all stories; no section has more than half of these places")
        case "strip":
            return _("Among the most points of its section, of what does not stand further up")
        case "followed":
            return _("You follow “{phrase}”, which is in its headline or a tag", phrase=block.title)
        case "blogs" | "leisure":
            return _("Among the newest of this column")
        case "discussed":
            return many(
                item.comments,
                "Among the most discussed: {count} comment, halved for every {days} days of age",
                "Among the most discussed: {count} comments, halved for every {days} days of age",
                days=HALF_LIFE_DAYS,
            )  # fmt: skip
        case _:
            return ""


def why_phrase(block: Block, phrase: Phrase) -> list[tuple[str, str]]:
    """Why a topic or a tag stands on the page."""
    rows = [(_("articles now"), str(phrase.count)), (_("sources"), str(phrase.sources))]
    if block.kind == "topics":
        return [*rows, (_("usual in the same time"), f"{phrase.usual:.1f}")]
    return [*rows, (_("weight: newer articles and more sources count more"), f"{phrase.score:.1f}")]


def why_here(item: Item) -> list[tuple[str, str]]:
    """Each reason for a story's place with its points; the sum comes last."""
    rows = [(_reason(kind, value), f"+{points:.1f}") for kind, points, value in item.reasons]
    return [*rows, (_("together"), f"{item.score:.1f}")]


def _reason(kind: str, value: float) -> str:
    number = round(value)
    match kind:
        case "sources":
            return many(number, "{count} source tells it", "{count} sources tell it")
        case "recency":
            if value < 1:
                return _("the latest report is less than an hour old")
            return many(
                number, "the latest report is {count} hour old", "the latest report is {count} hours old"
            )
        case "discussion":
            return many(number, "{count} comment on it", "{count} comments on it")
        case "section":
            return _("its section is number {number} of yours", number=number + 1)
        case "followed":
            return _("you follow a topic of it")
        case "starred":
            return _("you starred a report of it")
        case "position":
            return _("its source put it in place {number}", number=number + 1)
        case _:
            return kind


def shared_words(articles: Sequence[Article], most: int = 8) -> list[str]:
    """The phrases that at least two, and a third, of some articles have in common, as they are spelled."""
    from tui_news.portal.terms import phrases, terms

    found = [terms(article.headline, article.deck) for article in articles]
    counts = Counter(key for one in found for key in {term.key for term in one})
    need = max(2, (len(articles) + 2) // 3)
    shared = {key for key, count in counts.items() if count >= need}
    told: Counter[str] = Counter()
    for one in found:
        told.update(set(phrases(one, shared)))
    kept: list[str] = []
    for phrase, _count in sorted(told.items(), key=lambda pair: (-pair[1] * len(pair[0]), pair[0])):
        if len(phrase) > 1 and not any(phrase in other for other in kept):
            kept.append(phrase)
    return kept[:most]
