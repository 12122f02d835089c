"""Which comments of a thread are shown: its tree, what is folded, and the ways from one to another."""

from __future__ import annotations

from collections.abc import Iterable

from tui_news.sources.discussion import Comment, Node
from tui_news.sources.discussion.thread import nodes
from tui_news.text.fold import fold


class Branches:
    """A thread's nodes in reading order, and the rows that folding leaves of them."""

    def __init__(self, comments: Iterable[Comment] = ()) -> None:
        self.nodes: list[Node] = nodes(tuple(comments))
        self.folded: set[int] = set()
        self.rows: list[int] = []
        """The nodes that are shown, in order."""
        self.row_of: dict[int, int] = {}
        self.arrange()

    def arrange(self) -> None:
        """Work out the rows: those below a folded node are passed over."""
        self.rows = []
        at = 0
        while at < len(self.nodes):
            self.rows.append(at)
            at += 1 + (self.nodes[at].below if at in self.folded else 0)
        self.row_of = {node: row for row, node in enumerate(self.rows)}

    def unfold_to(self, levels: int) -> None:
        """Show so many levels, 0 for all."""
        shut = {at for at, node in enumerate(self.nodes) if node.depth == levels} if levels > 0 else set()
        self.folded = shut

    def fold_tops(self) -> None:
        """Fold every answer, or unfold all when that is so already."""
        tops = {at for at, node in enumerate(self.nodes) if node.depth == 0 and node.below}
        self.folded = set() if self.folded >= tops else tops

    def folded_ids(self) -> set[str]:
        return {self.nodes[at].comment.id for at in self.folded}

    def place_of(self, id: str) -> int | None:
        """The node of a comment."""
        return next((at for at, node in enumerate(self.nodes) if id and node.comment.id == id), None)

    def shown_at(self, at: int) -> int:
        """The row of a node, or of the folded one that holds it."""
        while at not in self.row_of and self.nodes[at].parent >= 0:
            at = self.nodes[at].parent
        return self.row_of.get(at, 0)

    def reveal(self, at: int) -> bool:
        """Unfold whatever hides a node; False when nothing did."""
        shut = False
        while at >= 0:
            shut = shut or at in self.folded
            self.folded.discard(at)
            at = self.nodes[at].parent
        return shut

    def sibling(self, at: int, step: int) -> int | None:
        """The next node at the same level below the same comment; after the last one what follows the comment
        above, before the first one that comment, which is what readers mean then."""
        above, depth = self.nodes[at].parent, self.nodes[at].depth
        to = at + step
        while 0 <= to < len(self.nodes) and self.nodes[to].depth > depth:
            to += step
        if 0 <= to < len(self.nodes) and self.nodes[to].parent == above:
            return to
        if above < 0:
            return None
        to = above + self.nodes[above].below + 1 if step > 0 else above
        return to if to < len(self.nodes) else None

    def next_of(self, ids: frozenset[str], here: int, step: int) -> int | None:
        """The nearest node among some comments, round and round."""
        count = len(self.nodes)
        for distance in range(1, count + 1):
            at = (here + step * distance) % count
            if self.nodes[at].comment.id in ids:
                return at
        return None

    def next_with(self, text: str, here: int) -> int | None:
        """The next node whose comment holds a text, or whose author's name does, round and round."""
        wanted = fold(text)
        count = len(self.nodes)
        for distance in range(1, count + 1):
            at = (here + distance) % count
            comment = self.nodes[at].comment
            if wanted in fold(comment.text) or wanted in fold(comment.author):
                return at
        return None
