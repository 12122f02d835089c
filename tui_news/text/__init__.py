"""Text at the border and on the screen: decoding, cleaning, widths."""

from tui_news.text.clean import clean_block, clean_body, clean_line, clean_url

__all__ = ["clean_block", "clean_body", "clean_line", "clean_url"]
