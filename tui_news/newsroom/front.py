"""The front page of the reader's newspaper: worked out after a refresh, kept on the disk, read at a start.

Three derived files lie in the cache's folder, and each may be thrown away: `front.json` is the page, small
and of the same size however much is cached; `told` is which articles are one story, for lists
(`newsroom.told`); `stories.json` is what folding goes on from (how often each term stood in the past, and
which articles of the last days are one story).
"""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui_news.cache.codec import dumps, frame, loads, unframe
from tui_news.cache.errors import CacheError
from tui_news.portal.front import Front, Item, Phrase, arrange, from_json, to_json

if TYPE_CHECKING:
    from tui_news.model import Article
    from tui_news.newsroom import Newsroom
    from tui_news.paths import Places
    from tui_news.portal.stories import Folder, Note
    from tui_news.portal.topics import Topic

STATE_FORMAT: Final = 1
WINDOW_HOURS: Final = 72
MOST: Final = 20_000
"""Articles of the window that are folded at most, the newest."""
PAST: Final = 30_000
"""Articles of the past that are counted at most when nothing is known yet."""
ARTICLES: Final = 12
"""Articles of a topic or tag that the page keeps."""
DECK: Final = 300
"""Characters of a deck that it keeps."""
# Names of sections and tags, folded.
LEISURE: Final = frozenset(
    {"leisure", "life", "lifestyle", "culture", "food", "travel", "fun", "humour", "humor", "comics", "games"}
    | {"arts", "entertainment", "weekend", "茶余饭后", "文化", "生活", "美食", "旅游", "娱乐", "休闲"}
    | {"カルチャー", "暮らし", "旅行", "グルメ", "娯楽"}
)
BLOGS: Final = frozenset({"blogs", "blog", "博客", "部落格", "ブログ"})
FORUMS: Final = frozenset({"discussion", "forum", "forums", "说吧", "论坛", "掲示板"})
FORUM_HOSTS: Final = ("news.ycombinator.com", "lobste.rs", "reddit.com", "tildes.net", "v2ex.com")


def _front_path(places: Places) -> Path:
    return places.cache / "front.json"


def _state_path(places: Places) -> Path:
    return places.cache / "stories.json"


def _read(path: Path) -> Any:
    """A derived file's value; None when it is absent or damaged."""
    try:
        payload = unframe(path.read_bytes().rstrip(b"\n"))
        return loads(payload) if payload is not None else None
    except (OSError, ValueError):
        return None


def _write(path: Path, value: Any) -> None:
    from tui_news.cache.files import replace_file

    replace_file(path, [frame(dumps(value))], sync=False)


def stamp_of(places: Places) -> tuple[int, int] | None:
    """Tells one front page from another without reading it; None when there is none."""
    try:
        found = _front_path(places).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def articles_of(front: Front | None) -> list[Article]:
    """The page's stories as articles that a list shows, in reading order: no more of them than is printed."""
    from tui_news.model import Article

    return [
        Article(
            item.id, item.origin, headline=item.headline, kicker=item.kicker, deck=item.deck,
            published=datetime.fromtimestamp(item.when, UTC), comments=item.comments or None,
        )
        for item in (front.items() if front else ())
    ]  # fmt: skip


def front_of(newsroom: Newsroom) -> Front | None:
    """The page as it was last worked out; None when there is none yet."""
    return from_json(_read(_front_path(newsroom.places)))


# --- folding ---------------------------------------------------------------------------------------


def _note(article: Article, body: str = "") -> Note:
    from tui_news.portal.stories import Note

    when = article.when
    return Note(
        article.id, article.source, when.timestamp() if when else 0.0, article.headline, article.deck, body
    )


def _resume(newsroom: Newsroom, articles: Sequence[Article], now: datetime) -> tuple[Folder, float]:
    """The folder of stories as it was left, with what has become the past since counted."""
    from tui_news.newsroom import View
    from tui_news.portal.stories import Folder

    folder = Folder()
    edge = (now - timedelta(hours=WINDOW_HOURS)).timestamp()
    state = _read(_state_path(newsroom.places))
    learned = 0.0
    stories: list[list[str]] = []
    try:
        if state["stories"] == STATE_FORMAT:
            folder.seen = Counter(dict(zip(state["keys"], state["counts"], strict=True)))
            folder.counts = [float(number) for number in state["sizes"]]
            learned = float(state["learned"])
            stories = [[str(id) for id in ids] for ids in state["told"]]
    except (KeyError, TypeError, ValueError):
        folder, learned, stories = Folder(), 0.0, []
    since = datetime.fromtimestamp(learned, UTC) if learned else None
    listing = newsroom.cache.listing(newsroom.source_ids(View()), since=since)
    past = 0
    for article in listing:
        when = article.when.timestamp() if article.when else 0.0
        if when >= edge:
            continue
        folder.learn([_note(article)])
        past += 1
        if past == PAST:
            break
    folder.resume([_note(article) for article in articles], stories)
    return folder, max(edge, learned)


def _body(newsroom: Newsroom, id: str) -> str:
    article = newsroom.cache.article(id)
    return "\n".join(block.text for block in article.blocks)[:3_000] if article else ""


def _save(newsroom: Newsroom, folder: Folder, learned: float) -> None:
    # What stood once in all the past says little: it is not worth its place on the disk.
    kept = (
        {key: count for key, count in folder.seen.items() if count > 1}
        if len(folder.seen) > 200_000
        else folder.seen
    )
    state = {
        "stories": STATE_FORMAT, "keys": list(kept.keys()), "counts": list(kept.values()),
        "sizes": folder.counts, "learned": learned, "told": list(folder.stories.values()),
    }  # fmt: skip
    _write(_state_path(newsroom.places), state)


# --- the page --------------------------------------------------------------------------------------


def kind_of(newsroom: Newsroom, article: Article) -> str:
    """What column an article belongs to: news, blog, leisure or forum."""
    source = newsroom.source(article.source)
    words = {part.casefold() for part in (*source.section, *source.tags)} if source else set()
    if words & FORUMS or any(host in article.comments_url for host in FORUM_HOSTS):
        return "forum"
    if words & BLOGS:
        return "blog"
    return "leisure" if words & LEISURE else "news"


def says(phrase: str) -> Callable[[Article], bool]:
    """Whether an article's headline or tags hold a phrase."""
    import re

    from tui_news.text.fold import fold

    wanted = fold(phrase)
    pattern = re.compile((r"(?<!\w)" if wanted[:1].isascii() else "") + re.escape(wanted))

    def test(article: Article) -> bool:
        return bool(pattern.search(fold(article.headline))) or wanted in (fold(tag) for tag in article.tags)

    return test


def choices(newsroom: Newsroom, what: str) -> list[str]:
    """The phrases that the reader `muted` or `followed`."""
    kept = newsroom.cache.get_memory(what)
    return [str(phrase) for phrase in kept] if isinstance(kept, list) else []


def choose(newsroom: Newsroom, what: str, phrase: str, on: bool) -> None:
    """Follow or mute a phrase, or no longer. Raises `CacheError`."""
    kept = [one for one in choices(newsroom, what) if one != phrase]
    newsroom.cache.put_memory(what, [*kept, phrase] if on else kept)


def build(newsroom: Newsroom, moment: datetime | None = None) -> Front:
    """Work the page out and keep it. Costs what the new articles cost. Raises `CacheError`."""
    from tui_news.newsroom import View
    from tui_news.newsroom import now as present
    from tui_news.newsroom.told import rank, tell
    from tui_news.newsroom.told import write as write_told
    from tui_news.portal.ranking import Facts, reasons, total
    from tui_news.portal.topics import hot_tags, hot_topics

    now = moment or present()
    if newsroom.show_starter:
        return Front(now.timestamp())
    ids = newsroom.source_ids(View())
    window = list(newsroom.cache.listing(ids, since=now - timedelta(hours=WINDOW_HOURS))[:MOST])
    window = [article for article in window if article.when and article.when <= now + timedelta(hours=2)]
    if len(window) < 40:
        # A quiet week, or a newspaper of monthlies: the page is made of the newest there are.
        window = list(newsroom.cache.listing(ids)[:400])
    folder, learned = _resume(newsroom, window, now)
    fresh = [article for article in window if article.id not in folder.rows]
    folder.add(
        [_note(article, _body(newsroom, article.id) if len(fresh) < 3_000 else "") for article in fresh]
    )
    folder.forget((now - timedelta(hours=WINDOW_HOURS)).timestamp() if len(window) >= 400 else 0.0)

    by_id = {article.id: article for article in window}
    muted = [says(phrase) for phrase in choices(newsroom, "muted")]
    followed = [(phrase, says(phrase)) for phrase in choices(newsroom, "followed")]
    order = {node.path: number for number, node in enumerate(newsroom.tree)}
    positions = _positions(window)
    told = [story for story in folder.told() if len(story.sources) > 1 or story.copies]
    grouped = {id: story.articles for story in told for id in story.articles}
    items: list[Item] = []
    articles_of: dict[str, list[Article]] = {}
    done: set[str] = set()
    for article in window:
        if article.id in done or not article.headline or any(test(article) for test in muted):
            continue
        group = [by_id[id] for id in grouped.get(article.id, (article.id,)) if id in by_id]
        done.update(one.id for one in group)
        best = max(group, key=rank)
        source = newsroom.source(best.source)
        section = source.section if source else ()
        latest = max(one.when for one in group if one.when) if any(one.when for one in group) else now
        why = reasons(
            Facts(
                len({one.source for one in group}), len(group), (now - latest).total_seconds() / 3_600,
                min((positions.get(one.id, 99) for one in group), default=99),
                max((one.comments or 0 for one in group), default=0),
                order.get(section[:1], len(order)), any(test(one) for _, test in followed for one in group),
                sum(newsroom.state(one.id).starred for one in group),
            )
        )  # fmt: skip
        item = Item(
            best.id, best.headline, newsroom.source_name(best.source), section, best.kicker,
            best.deck[:DECK],
            ", ".join(best.authors[:2]), latest.timestamp(),
            max((one.comments or 0 for one in group), default=0),
            tuple(one.id for one in group) if len(group) > 1 else (), len({one.source for one in group}),
            tuple((r.kind, round(r.points, 3), round(r.value, 3)) for r in why),
            kind_of(newsroom, best), round(total(why), 3), best.source,
        )  # fmt: skip
        items.append(item)
        articles_of[item.id] = group
    names = [newsroom.source_name(source.id) for source in newsroom.sources]
    topics = hot_topics(
        window, now=now, source_names=names, limit=30, rate=rate_of(folder),
        story_of={id: row.story for id, row in folder.rows.items()},
    )  # fmt: skip
    topics = [t for t in topics if not _is_muted(t.phrase, newsroom)]
    tags = [
        t for t in hot_tags(window, now=now, limit=60, topics=topics) if not _is_muted(t.phrase, newsroom)
    ]
    front = arrange(
        items,
        made=now.timestamp(),
        sections=[(node.path, node.title) for node in newsroom.tree],
        topics=[_phrase(topic) for topic in topics],
        tags=[_phrase(tag) for tag in tags],
        followed=[
            (phrase, [item for item in items if any(test(one) for one in articles_of[item.id])])
            for phrase, test in followed
        ],
    )
    # Before the page: whoever sees a new page finds its stories.
    write_told(newsroom.places, tell(newsroom, [story.articles for story in told], folder.rows, by_id))
    _write(_front_path(newsroom.places), to_json(front))
    with contextlib.suppress(CacheError):
        _save(newsroom, folder, learned)
    return front


def _phrase(topic: Topic) -> Phrase:
    return Phrase(
        topic.phrase, topic.articles[:ARTICLES], topic.sources, round(topic.score, 3), round(topic.usual, 3),
        len(topic.articles),
    )  # fmt: skip


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


def _is_muted(phrase: str, newsroom: Newsroom) -> bool:
    from tui_news.text.fold import fold

    return fold(phrase) in {fold(one) for one in choices(newsroom, "muted")}


def _positions(articles: Iterable[Article]) -> dict[str, int]:
    """Where each source put its articles when they were first seen: their first sights are a second apart, in
    the order in which it listed them."""
    by_source: dict[str, list[Article]] = {}
    for article in articles:
        if article.fetched is not None:
            by_source.setdefault(article.source, []).append(article)
    places: dict[str, int] = {}
    for listed in by_source.values():
        listed.sort(key=lambda one: one.fetched or datetime.min.replace(tzinfo=UTC), reverse=True)
        position, last = 0, None
        for article in listed:
            if last is not None and article.fetched and (last - article.fetched).total_seconds() > 60:
                position = 0  # an older answer
            places[article.id] = position
            position += 1
            last = article.fetched
    return places


# --- in the background -----------------------------------------------------------------------------


def start(newsroom: Newsroom) -> None:
    """Have the page worked out by a process of its own, which outlives this one, and return at once: no key
    and no verb waits for it. What goes wrong there leaves the page as it was."""
    import os
    import subprocess

    from tui_news.newsroom import now
    from tui_news.newsroom.reaping import let_go

    if os.environ.get("TUI_NEWS_FRONT") == "never":
        return
    places = newsroom.places
    with contextlib.suppress(OSError):
        child = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            [
                sys.executable, "-m", "tui_news.newsroom.front",
                str(places.config), str(places.cache), str(places.data), now().isoformat(),
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        let_go(child)


def main(arguments: Sequence[str]) -> int:
    """The child process: config, cache and data folder, and the time."""
    import os

    from tui_news.newsroom import Newsroom
    from tui_news.paths import Places

    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    config, cache, data, moment = arguments
    places = Places(Path(config), Path(cache), Path(data))
    with contextlib.ExitStack() as stack:
        try:
            import fcntl

            file = stack.enter_context(open(places.cache / "front.lock", "a"))
            fcntl.flock(file, fcntl.LOCK_EX)
        except (ImportError, OSError):
            pass  # two at once cost time, and do no harm
        try:
            with Newsroom.open(places) as newsroom:
                build(newsroom, datetime.fromisoformat(moment))
        except CacheError:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
