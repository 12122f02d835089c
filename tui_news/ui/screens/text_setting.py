"""How the viewer sets text: the reader's settings, the terminal's abilities, and what was chosen by key."""

from __future__ import annotations

import os
from dataclasses import replace

from tui_news.newsroom import Newsroom
from tui_news.newsroom.setting import text_setting
from tui_news.text.links import may_link, may_strike
from tui_news.ui.widgets.article_view import ArticleView


def set_up(viewer: ArticleView, newsroom: Newsroom) -> None:
    """Make a view set text as the reader wants it. Done before its first frame: setting it twice would
    show, and cost a screen of bytes."""
    config = newsroom.config
    viewer.setting = replace(text_setting(config), strike=may_strike(config.text("text.strike"), os.environ))
    viewer.links_clickable = may_link(config.text("text.links"), os.environ)
    viewer.set_reactive(ArticleView.measure, _chosen(newsroom, "measure", "ui.measure"))
    viewer.set_reactive(ArticleView.margin, _chosen(newsroom, "margin", "text.margin"))
    viewer.set_reactive(ArticleView.spacing, _chosen(newsroom, "spacing", "text.spacing"))


def _chosen(newsroom: Newsroom, name: str, key: str) -> int:
    """What the reader chose by key, else the setting."""
    value = newsroom.cache.get_memory(name)
    return value if isinstance(value, int) else newsroom.config.integer(key)
