"""What folding goes on from: how often each term stood in the past, and which articles are which story.

Only the articles that can still change the front page are taken up again: with few in the window all of
them, with many those of the last hours and of stories that several articles tell.
"""

from __future__ import annotations

import base64
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from tui_news.newsroom.front import read, write
from tui_news.portal.stories import Folder, Note

if TYPE_CHECKING:
    from pathlib import Path

    from tui_news.cache.listing import Listing
    from tui_news.model import Article
    from tui_news.newsroom import Newsroom
    from tui_news.paths import Places

STATE_FORMAT: Final = 3
ALL: Final = 3_000
"""So many articles of the window are all folded."""
YOUNG_HOURS: Final = 36
"""Of more, those that nobody else has told so long after they came are left as they are: a report of the same
event comes within hours."""
MOST: Final = 8_000
"""Articles that are folded at most, the newest."""
PAST: Final = 10_000
"""Articles of the past that are counted when nothing is known yet: every n-th of all there are, so that a
column that comes once a week is known by its name."""
TERMS: Final = 200_000
"""With more terms than this, what stood once in all the past is not kept: it says little."""
COMPANY: Final = 20_000
"""Terms whose company is kept (`portal.company`), those that stood in most articles."""
TEXTS: Final = 3_000
"""With more new articles than this, copies are told by their decks alone: reading the texts takes longer."""


class Known(NamedTuple):
    """What was known the last time: the ids of each story, and up to when the past is counted (seconds)."""

    stories: list[list[str]]
    learned: float


def state_path(places: Places) -> Path:
    """Where the state of folding lies."""
    return places.cache / "folding.json"


def taken_up(newsroom: Newsroom) -> tuple[Folder, Known]:
    """The counts of the past as they were left, and the stories; empty ones when nothing is known."""
    folder = Folder()
    kept = read(state_path(newsroom.places))
    try:
        if kept["folding"] == STATE_FORMAT:
            stories = [[str(id) for id in ids] for ids in kept["told"]]
            folder.seen = Counter(dict(zip(kept["keys"], kept["counts"], strict=True)))
            folder.counts = [float(number) for number in kept["sizes"]]
            packed = zlib.decompress(base64.b64decode(kept["company"]))
            folder.company.unpack([int(key) for key in kept["of"]], packed)
            return folder, Known(stories, float(kept["learned"]))
    except (KeyError, TypeError, ValueError, zlib.error):
        pass
    return Folder(), Known([], 0.0)


def fold_window(newsroom: Newsroom, window: Sequence[Article], edge: float) -> Folder:
    """The articles of the window folded into stories, those that came since to those that were; what is older
    than `edge` (seconds) is learned from. Keeps what there is to go on from. Raises `CacheError`."""
    folder, known = taken_up(newsroom)
    _learn(newsroom, folder, known.learned, edge)
    chosen = _worth_folding(window, known.stories)
    folder.resume([note_of(article) for article in chosen], known.stories)
    fresh = [article for article in chosen if article.id not in folder.rows]
    text = _text_of(newsroom) if len(fresh) < TEXTS else None
    folder.add([note_of(article, text(article.id) if text else "") for article in fresh])
    _keep(newsroom, folder, max(edge, known.learned))
    return folder


def note_of(article: Article, body: str = "") -> Note:
    """An article as the folder of stories takes it."""
    when = article.when
    return Note(
        article.id, article.source, when.timestamp() if when else 0.0, article.headline, article.deck, body
    )


def _learn(newsroom: Newsroom, folder: Folder, learned: float, edge: float) -> None:
    """Count what has become the past since the last time."""
    from tui_news.newsroom import View

    ids = newsroom.source_ids(View())
    since = datetime.fromtimestamp(learned, UTC) if learned else None
    listing: Listing = newsroom.cache.listing(ids, since=since)
    # Newest first: the window is passed over without being read.
    young = len(newsroom.cache.listing(ids, since=datetime.fromtimestamp(edge, UTC)))
    past = listing[young:]
    step = max(1, len(past) // PAST)
    folder.learn((note_of(article) for article in past[::step]), again=learned > 0)


def _worth_folding(window: Sequence[Article], stories: Sequence[Sequence[str]]) -> list[Article]:
    """The articles of the window that can still change a story."""
    if len(window) <= ALL:
        return list(window)
    told = {id for ids in stories if len(ids) > 1 for id in ids}
    newest = max((article.when.timestamp() for article in window if article.when), default=0.0)
    young = newest - YOUNG_HOURS * 3_600
    chosen = [
        article
        for article in window
        if article.id in told or (article.when is not None and article.when.timestamp() >= young)
    ]
    return chosen[:MOST]


def _text_of(newsroom: Newsroom) -> Callable[[str], str]:
    def text(id: str) -> str:
        article = newsroom.cache.article(id)
        return "\n".join(block.text for block in article.blocks)[:3_000] if article else ""

    return text


def _keep(newsroom: Newsroom, folder: Folder, learned: float) -> None:
    many = len(folder.seen) > TERMS
    kept = {key: n for key, n in folder.seen.items() if n > 1} if many else folder.seen
    of, company = folder.company.pack(COMPANY)
    state = {
        "of": of, "company": base64.b64encode(zlib.compress(company, 1)).decode(),
        "folding": STATE_FORMAT, "keys": list(kept.keys()), "counts": list(kept.values()),
        "sizes": folder.counts, "learned": learned, "told": list(folder.stories.values()),
    }  # fmt: skip
    write(state_path(newsroom.places), state)


def rate_of(folder: Folder) -> Callable[[str], float]:
    """How many articles in a thousand of the past held a phrase, by the counts of its words, or of its pairs
    of characters: not more than the rarest of them and of two neighbours."""
    from tui_news.portal.terms import pairs, script_of, split

    def rate(phrase: str) -> float:
        best: float | None = None
        # In which language a phrase of ideographs stands cannot be seen: the highest count is taken.
        scripts = (1, 3) if script_of(phrase) in (1, 3) else (script_of(phrase),)
        for script in scripts:
            found = split(phrase, 0, 1.0, script)
            keys = [term.key for term in found] + list(pairs(found).values())
            count = min((folder.seen[key] for key in keys), default=0)
            value = 1_000 * (count + 0.5) / (folder.counts[script] + 300)
            best = value if best is None else max(best, value)
        return best or 0.0

    return rate
