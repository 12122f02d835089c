"""Article extraction next to the libraries, on the same pages in the same run.

    python benchmarks/extract.py [--corpus ../shared/corpus/pages] [--repeat 5] [--seed 1]

Body text: F1 of four-token shingles by the corpus's own `score.py`, per set, and the same with every
class and id of the pages removed (a page nobody has seen). Time: median of the pages' medians, bytes to
result. Anatomy, portal pieces, next pages and channel lists: on the newsroom's portal, by its truth. A
library that is not installed is left out and named.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import importlib.util
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.newsroom import Newsroom, channels
from tui_news.extract import blocks_from_html, next_page_url, portal_pieces, read_page
from tui_news.model import Article
from tui_news.sources.channel import read_channel
from tui_news.text.decode import decode

NOW = datetime(2026, 11, 24, tzinfo=UTC)
NAMES = re.compile(
    r"""\s(?:class|id|itemprop|data-[\w-]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE
)
Extract = Callable[[str, str], str]


def body(article: Article, captions: bool = False) -> str:
    """An article's text; with `captions` the pictures' too."""
    return "\n\n".join(block.text for block in article.blocks if captions or block.kind != "picture")


def ours(html: str, url: str) -> str:
    return body(read_page(html.encode("utf-8", "replace"), charset="utf-8", url=url, now=NOW))


def ours_with_captions(html: str, url: str) -> str:
    return body(read_page(html.encode("utf-8", "replace"), charset="utf-8", url=url, now=NOW), True)


def peers() -> Iterator[tuple[str, Extract]]:
    """The libraries that are installed, each as bytes-of-text in, text out."""
    if importlib.util.find_spec("trafilatura"):
        import trafilatura

        yield "trafilatura", lambda html, url: trafilatura.extract(html, include_comments=False) or ""
        yield (
            "trafilatura, precision",
            lambda html, url: trafilatura.extract(html, favor_precision=True, include_comments=False) or "",
        )
    if importlib.util.find_spec("readability"):
        import lxml.html
        from readability import Document

        yield (
            "readability-lxml",
            lambda html, url: lxml.html.fromstring(Document(html).summary()).text_content(),
        )
    if importlib.util.find_spec("resiliparse"):
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree

        yield "resiliparse", lambda html, url: extract_plain_text(HTMLTree.parse(html), main_content=True)
    if importlib.util.find_spec("newspaper"):
        import newspaper

        def with_newspaper(html: str, url: str) -> str:
            article = newspaper.Article(url or "https://e.example/", fetch_images=False)
            article.download(input_html=html)
            article.parse()
            return str(article.text)

        yield "newspaper4k", with_newspaper
    if importlib.util.find_spec("goose3"):
        from goose3 import Goose

        goose = Goose({"enable_image_fetching": False})
        yield "goose3", lambda html, url: str(goose.extract(raw_html=html).cleaned_text)
    if importlib.util.find_spec("justext"):
        import justext

        yield (
            "jusText",
            lambda html, url: "\n".join(
                p.text
                for p in justext.justext(html.encode(), justext.get_stoplist("English"))
                if not p.is_boilerplate
            ),
        )


def scorer(corpus: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def texts(corpus: Path, repeat: int) -> None:
    """The table of body scores and times."""
    score = scorer(corpus).page_score
    sides: list[tuple[str, Extract]] = [("tui-news", ours), ("tui-news, captions too", ours_with_captions)]
    sides += list(peers())
    for folder in sorted(path for path in corpus.iterdir() if (path / "truth.json").exists()):
        truth = json.loads((folder / "truth.json").read_text("utf-8"))
        pages = []
        for name, fields in truth.items():
            data = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
            url = "" if "example.com" in fields["url"] else fields["url"]
            pages.append((decode(data).text, url, fields["articleBody"]))
        print(f"\n{folder.name}: {len(pages)} pages")
        print(f"  {'':24} {'F1':>7} {'prec.':>7} {'recall':>7} {'no names':>9} {'ms':>7} {'ratio':>6}")
        base = 0.0
        for name, extract in sides:
            whole = average(score, extract, pages)
            bare = average(score, extract, [(NAMES.sub("", html), url, want) for html, url, want in pages])
            spent = statistics.median(median_time(extract, html, url, repeat) for html, url, _ in pages)
            base = base or spent
            print(
                f"  {name:24} {whole[0]:7.4f} {whole[1]:7.4f} {whole[2]:7.4f} {bare[0]:9.4f} "
                f"{spent * 1000:7.1f} {spent / base:6.2f}"
            )


def average(
    score: Callable[[str, str], tuple[float, float]], extract: Extract, pages: list[tuple[str, str, str]]
) -> tuple[float, float, float]:
    """F1, precision and recall over pages, as score.py averages them."""
    precision = recall = 0.0
    for html, url, want in pages:
        try:
            got = extract(html, url)
        except Exception:
            got = ""
        one = score(want, got)
        precision += one[0] / len(pages)
        recall += one[1] / len(pages)
    both = precision + recall
    return (2 * precision * recall / both if both else 0.0), precision, recall


def median_time(extract: Extract, html: str, url: str, repeat: int) -> float:
    spent = []
    for _ in range(repeat):
        start = time.perf_counter()
        # A library's failure costs what it costs.
        with contextlib.suppress(Exception):
            extract(html, url)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def portal(seed: int) -> None:
    """Anatomy, pieces, next pages and channels on the newsroom's portal."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with Newsroom(seed) as room:
        for truth in room.truth:
            found = room.portal.find(truth["url"][len(room.base) :])
            assert found is not None
            article = found[0]
            header = truth["content_type"].partition("charset=")[2]
            pages = [
                read_page(article.page(number), url=url, http_charset=header, now=room.now)
                for number, url in enumerate(truth["pages"])
            ]
            for name, good in fields(pages, truth).items():
                total[name] += 1
                right[name] += good
            for number, url in enumerate(truth["pages"]):
                want = truth["pages"][number + 1] if number + 1 < len(truth["pages"]) else ""
                total["next page"] += 1
                right["next page"] += next_page_url(article.page(number), url) == want
            pieces = {piece.label: piece for piece in portal_pieces(article.page(0), truth["url"])}
            for want in truth["pieces"]:
                piece = pieces.get(want["label"].rstrip(":："))
                total["pieces"] += 1
                right["pieces"] += piece is not None and [r.text for r in piece.links] == want["items"]
        print(f"\nportal: {len(room.truth)} articles, {total['next page']} pages")
        for name in total:
            print(f"  {name:12} {right[name] / total[name]:7.1%}")
        wanted = have = false = 0
        for channel, truth in zip(channels.CHANNELS, room.channels, strict=True):
            for number, page in enumerate(truth["pages"], 1):
                data = channels.render(channel, room.portal, number)
                got = {a.url: a.headline for a in read_channel(data, url=page["url"], now=room.now).articles}
                want = {item["url"]: item["headline"] for item in page["headlines"]}
                wanted += len(want)
                have += sum(got.get(url) == headline for url, headline in want.items())
                false += len(got.keys() - want.keys())
        print(
            f"channels: {len(room.channels)} layouts, {have / wanted:.1%} found, {false / wanted:.1%} false"
        )


def fields(pages: list[Article], truth: dict[str, Any]) -> dict[str, bool]:
    first, last = pages[0], pages[-1]
    when = datetime.fromisoformat(truth["published"])
    whole = "".join(body(page) for page in pages)
    return {
        "headline": first.headline == truth["headline"],
        "date": first.published is not None and abs(first.published - when) < timedelta(minutes=1),
        "agency": first.agency == truth["agency"],
        "reporter": list(first.authors) == truth["authors"],
        "editor": last.editor == truth["editor"],
        "breadcrumb": list(first.breadcrumb) == truth["breadcrumb"],
        "kicker": first.kicker == truth["kicker"],
        "deck": first.deck == truth["deck"],
        "place": first.place.casefold() == truth["place"].casefold(),
        "charset": first.charset == truth["encoding"],
        "clean text": not any(
            phrase in whole and phrase not in "".join(truth["body"]) for phrase in truth["not_body"]
        ),
    }


def entries(repeat: int) -> None:
    """What a feed's entry of about one kilobyte costs at refresh."""
    sentence = (
        'The board said that <a href="https://e.example/a">the bridge</a> stays <b>closed</b> for weeks. '
    )
    html = f"<p>{sentence * 4}</p><p>{sentence * 4}</p>"
    rounds = []
    for _ in range(max(5, repeat)):
        start = time.perf_counter()
        for _ in range(300):
            blocks_from_html(html)
        rounds.append((time.perf_counter() - start) / 300)
    print(f"\nfeed entry of {len(html)} characters to blocks: {statistics.median(rounds) * 1000:.3f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared/corpus/pages")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    import logging

    logging.disable(logging.CRITICAL)
    entries(options.repeat)
    portal(options.seed)
    if options.corpus.is_dir():
        texts(options.corpus, options.repeat)
    else:
        print(f"no pages in {options.corpus}: only the newsroom was measured")


if __name__ == "__main__":
    main()
