"""What is worked out from the cached articles: queries, topics, tags. Pure functions over the model."""

from __future__ import annotations


class QueryError(ValueError):
    """A query that cannot be understood; the message names the part and what is allowed. (Here, because the
    screen knows it from its start and needs the rest of `portal.query` later.)"""
