"""Writes a story from a seed: the one thing that feeds, pages and their truth are all made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from random import Random

from tests.newsroom.words import Lexicon, lexicon

EPOCH = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""The newsroom's own "now", unless it is given another."""

_EMOJI = ("🎉", "🚋", "🌧️", "📚", "☕️", "👩‍🚀", "🇪🇺")


@dataclass(frozen=True, slots=True)
class Story:
    """A piece of news. `blocks` holds (kind, text) with kind paragraph, subhead or item, in order."""

    key: str
    language: str
    headline: str
    kicker: str
    deck: str
    agency: str
    place: str
    authors: tuple[str, ...]
    editor: str
    published: datetime
    section: tuple[str, ...]
    tags: tuple[str, ...]
    blocks: tuple[tuple[str, str], ...]

    @property
    def summary(self) -> str:
        """The first paragraph."""
        return self.blocks[0][1]

    @property
    def body(self) -> list[str]:
        """The text of all blocks, in order."""
        return [text for _, text in self.blocks]


class _Pen:
    """Fills the templates of one story: the subject stays the same, people and counts change."""

    def __init__(self, words: Lexicon, rng: Random) -> None:
        self.words, self.rng = words, rng
        self.fixed = {"place": rng.choice(words.places), "thing": rng.choice(words.things)}

    def fill(self, template: str) -> str:
        rng, words = self.rng, self.words
        text = template.format(
            place=self.fixed["place"],
            thing=self.fixed["thing"],
            org=rng.choice(words.orgs),
            person=rng.choice(words.people),
            n=rng.choice((rng.randint(3, 12), rng.randint(13, 99), rng.randint(120, 980))),
            pct=rng.randint(11, 94),
        )
        return text[:1].upper() + text[1:]

    def sentences(self, count: int) -> list[str]:
        """`count` sentences, none twice before all have been used."""
        deck: list[str] = []
        while len(deck) < count:
            deck += self.rng.sample(self.words.sentences, len(self.words.sentences))
        return [self.fill(template) for template in deck[:count]]


def dateline(words: Lexicon, agency: str, place: str, authors: tuple[str, ...], when: datetime) -> str:
    """How the papers of a language open the first paragraph, with its closing space where they set one."""
    month, day = when.month, when.day
    if words.code == "zh-CN":
        return f"{agency}{place}{month}月{day}日电(记者{'、'.join(authors)})"
    if words.code == "zh-TW":
        if agency == "中央社":
            return f"（中央社記者{'、'.join(authors)}{place}{day}日電）"
        return f"{agency}{place}{month}月{day}日電（記者{'、'.join(authors)}）"
    if words.code == "ja":
        return f"【{place}{agency[:2]}】" if agency.endswith("通信") else f"【{place}＝{agency}】"
    if words.code == "ko":
        return f"({place}={agency}) {authors[0]} 기자 = "
    if words.code == "en":
        if agency == "Reuters":
            return f"{place.upper()}, {when:%b} {day} (Reuters) - "
        return f"{place.upper()} ({agency}) — "
    if words.code == "es":
        months = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
        return f"{place}, {day} {months[month - 1]} ({agency}).- "
    return f"{place} ({agency}) – "


def write(
    language: str,
    key: str,
    when: datetime,
    seed: int = 1,
    paragraphs: int = 6,
    rich: bool = False,
    emoji: bool = False,
    lead: bool = True,
) -> Story:
    """The story that `seed` and `key` give. `rich` adds kicker, deck, subheads and list items, `emoji` may
    put one on the headline, `lead` opens the text with a dateline."""
    words = lexicon(language)
    rng = Random(f"{seed}|{language}|{key}")
    pen = _Pen(words, rng)
    when = when.astimezone(timezone(timedelta(hours=words.zone))).replace(second=0, microsecond=0)
    headline = pen.fill(rng.choice(words.headlines))
    if emoji and rng.random() < 0.2:
        headline += " " + rng.choice(_EMOJI)
    agency = rng.choice(words.agencies)
    authors = tuple(rng.sample(words.people, 2 if rng.random() < 0.25 else 1))
    spread = [rng.randint(2, 3) for _ in range(paragraphs)]
    supply = iter(pen.sentences(sum(spread)))
    texts = [words.joiner.join(next(supply) for _ in range(count)) for count in spread]
    if lead:
        texts[0] = dateline(words, agency, pen.fixed["place"], authors, when) + texts[0]
    blocks = [("paragraph", text) for text in texts]
    if rich:
        heads = [pen.fill(head) for head in rng.sample(words.subheads, min(3, len(words.subheads)))]
        for place, head in zip(range(len(blocks) - 2, 1, -2), heads, strict=False):
            blocks.insert(place, ("subhead", head))
        blocks += [("item", pen.fill(item)) for item in words.items]
    return Story(
        key=key,
        language=words.code,
        headline=headline,
        kicker=rng.choice(words.kickers) if rich else "",
        deck=pen.fill(rng.choice(words.decks)) if rich else "",
        agency=agency,
        place=pen.fixed["place"],
        authors=authors,
        editor=rng.choice(words.people),
        published=when,
        section=rng.choice(words.sections),
        tags=tuple(rng.sample(words.tags, 2)),
        blocks=tuple(blocks),
    )


def write_many(
    language: str,
    key: str,
    count: int,
    now: datetime,
    seed: int = 1,
    paragraphs: int = 5,
    rich: bool = False,
    emoji: bool = True,
) -> list[Story]:
    """`count` stories, newest first, 10 to 100 minutes apart, no headline twice."""
    rng = Random(f"{seed}|{key}|times")
    seen: set[str] = set()
    stories: list[Story] = []
    when = now - timedelta(minutes=rng.randint(2, 40))
    draw = 0
    while len(stories) < count:
        story = write(language, f"{key}/{draw}", when, seed, paragraphs, rich, emoji)
        draw += 1
        # Small lexicons run out of headlines: after enough draws one may come again, as in life.
        if story.headline in seen and draw < 20 * count:
            continue
        seen.add(story.headline)
        stories.append(story)
        when -= timedelta(minutes=rng.randint(10, 100))
    return stories
