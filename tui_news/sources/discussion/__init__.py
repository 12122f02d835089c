"""Discussion: from an article to the place of its comments, and from its answers to one thread.

No network here: a `Reader` is given one answer after the other and says what to ask for next.
"""

from __future__ import annotations

from tui_news.sources.discussion.places import Place, places_of
from tui_news.sources.discussion.thread import Comment, Node, Thread, thread_from_dict, thread_to_dict

__all__ = ["Comment", "Node", "Place", "Thread", "places_of", "thread_from_dict", "thread_to_dict"]
