"""A long list of which the beginning is there at once and the rest when somebody looks at it."""

from __future__ import annotations

from tui_news.model import Article

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, overload
else:
    from _collections_abc import Sequence  # what collections.abc hands out, without all of collections


class FirstList(Sequence[Article]):
    """`count` articles that begin with `head`; `whole` makes the complete list when a row behind the head is
    asked for. To put 100,000 rows in order takes 70 ms, and most sessions look at the first hundred."""

    def __init__(self, head: Sequence[Article], count: int, whole: Callable[[], Sequence[Article]]) -> None:
        self.head = head
        self._count = count
        self._make = whole
        self._whole: Sequence[Article] | None = None

    @property
    def made(self) -> bool:
        """Whether the complete list is there."""
        return self._whole is not None

    def __len__(self) -> int:
        return self._count if self._whole is None else len(self._whole)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: int) -> Article: ...

        @overload
        def __getitem__(self, index: slice) -> Sequence[Article]: ...

    def __getitem__(self, index: int | slice) -> Article | Sequence[Article]:
        if self._whole is None and isinstance(index, int) and 0 <= index < len(self.head):
            return self.head[index]
        return self.whole[index]

    @property
    def whole(self) -> Sequence[Article]:
        """The complete list. What came on top of the head since then is left out, so that no row moves."""
        if self._whole is None:
            whole = self._make()
            first = self.head[0].id
            new = next((at for at in range(min(len(whole), 1000)) if whole[at].id == first), 0)
            self._whole = whole[new:] if new else whole
        return self._whole

    def id(self, index: int) -> str:
        """The id of one row."""
        return self[index].id

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all rows."""
        whole: Any = self.whole
        return whole.ids if hasattr(whole, "ids") else [article.id for article in whole]
