"""A whole article as lines: its head, its text, and what stands under it, as PORTAL.md orders them.

The viewer and `tui-news read` print the same article; the viewer sets the text lazily, in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui_news.i18n import _
from tui_news.model import EMPHASIS, Article, Block, Enclosure, Run
from tui_news.text.when import long_time
from tui_news.typeset.galley import Galley
from tui_news.typeset.lines import DEFAULT, Line, Options, Span
from tui_news.typeset.setter import set_block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """An article as the viewer is given it."""

    article: Article
    source_name: str
    trail: tuple[str, ...] = ()
    """The section it was opened from, for when it brings no breadcrumb of its own."""
    notice: str = ""
    """What is going on with it: the full text on its way, or why it did not come."""
    note: str = ""
    """The reader's own."""
    debate: bool = False
    """He put it up for debate."""
    standing: tuple[str, ...] = ()
    """What became of it since it was read, a line each."""
    comparison: tuple[Block, ...] | None = None
    """What is to be shown in place of its text: what changed in it."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text that is shown."""
        return self.article.blocks if self.comparison is None else self.comparison


def _set(text: str, role: str, width: int, mark: str = "", href: str = "", link: int = 0) -> list[Line]:
    """A text outside the body, on as many lines as it needs, all in one role and with one address."""
    block = Block("paragraph", (Run(text, mark),))
    lines = set_block(block, width, Options(measure=width, indent=False), 1)
    return [
        line._replace(spans=tuple(Span(span.text, role, href, link) for span in line.spans)) for line in lines
    ]


_BLANK = Line((), -1, True)


def masthead(page: Page, width: int) -> list[Line]:
    """Breadcrumb, kicker, headline, deck and byline, as PORTAL.md has them on top of an article."""
    article = page.article
    lines: list[Line] = [_BLANK]
    trail = article.breadcrumb or page.trail
    if trail:
        lines += _set(" › ".join(trail), "caption", width)
    if article.kicker:
        lines += _set(article.kicker, "kicker", width)
    lines += _set(article.headline or _("(untitled)"), "head1", width)
    if article.deck and page.comparison is None and not opens_with(article, article.deck):
        lines += _set(article.deck, "deck", width, EMPHASIS)
    who = ", ".join(article.authors)
    where = [article.agency or page.source_name, article.place, who, long_time(article.published)]
    lines += _set(" · ".join(part for part in where if part), "byline", width)
    if article.updated and article.published and article.updated > article.published:
        lines += _set(_("Updated {time}", time=long_time(article.updated)), "byline", width)
    for line in page.standing:
        lines += _set(line, "kicker", width)
    for note in (page.notice, *article.notes):
        if note:
            lines += _set(note, "note", width)
    lines.append(_BLANK)
    return lines


def opens_with(article: Article, deck: str) -> bool:
    """Whether the text begins with the deck, so that printing both would say everything twice."""
    start = "".join("".join(block.text for block in article.blocks[:4]).split())[:2_000]
    # A feed's summary is the text cut short: its end stands in the text, whatever was put before it.
    return "".join(deck.removesuffix("…").split())[-40:] in start


def colophon(page: Page, links: Sequence[tuple[int, str, str]], width: int) -> list[Line]:
    """What stands under the text: editor, tags, enclosures, comments, links with their numbers."""
    article = page.article
    lines: list[Line] = [_BLANK]

    def add(text: str, role: str = "caption", href: str = "", link: int = 0) -> None:
        lines.extend(_set(text, role, width, "", href, link))

    if page.note or page.debate:
        lines += _note(page, width)
    if article.editor:
        add(_("Editor: {name}", name=article.editor))
    if article.tags:
        add(_("Tags: {names}", names=" · ".join(article.tags)))
    for enclosure in article.enclosures:
        add(_("Enclosure: {facts}", facts=_enclosure(enclosure)), href=enclosure.url)
    if article.comments is not None or article.comments_url:
        count = "" if article.comments is None else f" ({article.comments})"
        where = article.comments_url or _("no address")
        add(_("Comments{count}: {address}", count=count, address=where), href=article.comments_url)
    if links:
        add(_("Links"), "head3")
        for number, _text, href in links:
            add(f"[{number}] {href}", href=href, link=number)
    if article.url:
        add(article.url, "note", article.url)
    return lines if len(lines) > 1 else []


def _note(page: Page, width: int) -> list[Line]:
    """The reader's note, with a bar down its side."""
    title = _("⚑ Up for debate") if page.debate else _("✎ Your note")
    lines = _set(title, "head3", width)
    blocks = [Block("quote", (Run(part),), 1) for part in page.note.split("\n") if part.strip()]
    for block in blocks:
        lines += set_block(block, width, Options(measure=width, indent=False), 1)
    return [*lines, _BLANK]


def _enclosure(enclosure: Enclosure) -> str:
    parts = [enclosure.title, enclosure.type]
    if enclosure.duration:
        hours, rest = divmod(enclosure.duration, 3_600)
        parts.append(f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}")
    if enclosure.length >= 100_000:
        parts.append(f"{enclosure.length / 1_000_000:.1f} MB")
    elif enclosure.length:
        parts.append(f"{max(1, enclosure.length // 1_000)} kB")
    parts.append(enclosure.url)
    return " · ".join(part for part in parts if part)


def whole_article(page: Page, width: int, setting: Options = DEFAULT) -> list[Line]:
    """All of an article, for a terminal or a pipe. `setting` says how, apart from measure and language."""
    article = page.article
    galley = Galley(page.blocks, width, replace(setting, measure=width, language=article.language))
    text: list[Line] = []
    while lines := galley.lines(len(text), 1_000):
        text += lines
    return [*masthead(page, width), *text, *colophon(page, galley.links, width)]
