"""The lines of a widget that has no frame, no padding and no tint: as the widget draws them."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

_MAX_LOOKS = 500


class PlainLines(StylesCache):
    """In place of Textual's cache of a widget's lines, which looks at each line for borders, outlines,
    padding, hatches, opacity and tints, and copies it three times. Where there are such, that one does it.

    The widget's lines have no links of Textual's own (`@click`).
    """

    def __init__(self) -> None:
        super().__init__()
        self._plain = -1, False
        """Whether there is nothing but lines, and for which state of the styles that is said."""
        self._kept_for: tuple[object, ...] = ()
        self._finals: dict[Style | None, Style | None] = {}
        """Each look as it comes out: on the widget's background, and through the filters of the app."""

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        size = widget.region.size
        if not self._is_plain(widget) or crop.column_span != (0, size.width):
            if self._kept_for:
                self._kept_for = ()
                self.clear()
            return super().render_widget(widget, crop)
        below, background = widget.background_colors
        filters = tuple(widget.get_line_filters())
        kept_for = (size, below, background, filters)
        if kept_for != self._kept_for:
            self.clear()
            self._finals.clear()
            self._kept_for = kept_for
        inner = self.get_inner_outer(below, background)[0].rich_style
        cache, dirty = self._cache, self._dirty_lines
        for y in crop.line_range:
            if y in dirty or y not in cache:
                strip = widget.render_line(y).adjust_cell_length(size.width, inner)
                cache[y] = self._finished(strip, inner, filters, background)
        dirty.difference_update(crop.line_range)
        return [cache[y] for y in crop.line_range]

    def _is_plain(self, widget: Widget) -> bool:
        styles = widget.styles
        key = styles._cache_key
        if self._plain[0] != key:
            framed = any(styles.gutter) or any(edge for edge, _ in styles.outline)
            hatched = styles.has_rule("hatch") and styles.hatch != "none"
            self._plain = key, not (framed or hatched or styles.tint.a)
        return self._plain[1] and widget.opacity == 1.0

    def _finished(
        self, strip: Strip, inner: Style, filters: tuple[LineFilter, ...], background: Color
    ) -> Strip:
        finals = self._finals
        if len(finals) > _MAX_LOOKS:
            finals.clear()  # each address in a text is a look of its own
        changed = False
        for _, style, _ in strip:
            if style not in finals:
                finals[style] = _final(style, inner, filters, background)
            changed = changed or finals[style] is not style
        if not changed:
            return strip
        return Strip([Segment(text, finals[style]) for text, style, _ in strip], strip.cell_length)


def _final(
    style: Style | None, inner: Style, filters: tuple[LineFilter, ...], background: Color
) -> Style | None:
    over = inner if style is None else inner + style
    segments = [Segment(" ", over)]
    for each in filters:
        segments = each.apply(segments, background)
    final = segments[0].style
    return style if final == style else final
