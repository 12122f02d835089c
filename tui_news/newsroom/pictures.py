"""An article's pictures: which there are, fetched when the reader asks for one, decoded in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tui_news.extract.raster import Form, Raster
from tui_news.model import Article
from tui_news.text.clean import is_web_url

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom

MAX_BYTES: Final = 12_000_000
"""Of a picture's file; larger ones are not read."""
ACCEPT: Final = "image/webp,image/png,image/jpeg,image/gif;q=0.9,image/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article: address, what the page says of it, and the block it stands in (-1: none)."""

    src: str
    alt: str = ""
    caption: str = ""
    block: int = -1

    @property
    def words(self) -> str:
        """What to print under it."""
        if self.alt and self.caption and self.alt not in self.caption:
            return f"{self.caption} [{self.alt}]"
        return self.caption or self.alt


def pictures_of(article: Article) -> tuple[Picture, ...]:
    """The pictures of an article in its text's order, then those that the source sends along; each once."""
    found = [
        Picture(block.src, block.alt, " ".join("".join(run.text for run in block.runs).split()), index)
        for index, block in enumerate(article.blocks)
        if block.kind == "picture"
    ]
    found.append(Picture(article.picture))
    found += [Picture(e.url, e.title) for e in article.enclosures if e.type.startswith("image/")]
    once: dict[str, Picture] = {}
    for picture in found:
        if is_web_url(picture.src):
            once.setdefault(picture.src, picture)
    return tuple(once.values())


async def fetch_picture(newsroom: Newsroom, article: Article, src: str) -> bytes:
    """A picture's file. Raises FetchError, or ValueError for what is no picture.

    It is asked for under the rules of the article's pages: from the open web no address on a private network.
    """
    from tui_news.newsroom.reading import is_private_source

    if not is_web_url(src):
        raise ValueError("only pictures with http and https addresses are fetched")
    fetcher = await newsroom.fetcher()
    response = await fetcher.get(
        src,
        accept=ACCEPT,
        allow_private=is_private_source(newsroom.source(article.source)),
        max_received=MAX_BYTES,
        max_decoded=MAX_BYTES,
    )
    if response.content_type.startswith(("text/", "image/svg")):
        raise ValueError(f"that is {response.content_type}, which cannot be shown as a picture here")
    return response.body


async def raster(
    newsroom: Newsroom, data: bytes, size: tuple[int, int], form: Form, paper: tuple[int, int, int]
) -> Raster:
    """A picture's pixels, to fit into `size`. Raises `workers.WorkerError`, one plain line."""
    from tui_news.workers import WorkerError

    params = {"width": size[0], "height": size[1], "form": form, "paper": list(paper)}
    reply = await newsroom.workers.run("picture", params, data, urgent=True)
    told = reply.data
    try:
        made = Raster(
            int(told["width"]),
            int(told["height"]),
            reply.body,
            tuple((int(red), int(green), int(blue)) for red, green, blue in told["palette"]),
            int(told["file_width"]),
            int(told["file_height"]),
            str(told["file_format"])[:10],
        )
        if len(made.pixels) != made.width * made.height * (3 if form == "rgb" else 1):
            raise ValueError
        if form == "palette" and max(made.pixels, default=0) >= len(made.palette):
            raise ValueError
    except (KeyError, TypeError, ValueError):
        raise WorkerError("the picture could not be read; please report it", "fault") from None
    return made
