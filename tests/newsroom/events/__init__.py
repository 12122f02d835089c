"""A newsroom's edition with planted events: who reported what in which words, and what merely sounds alike.

`{a|b}` in a template chooses one, `<slot>` takes the event's own word. Headlines and decks of one event are
drawn from different templates with different synonyms and another order of words, and parts are left out, as
newsrooms do it. There are two vocabularies: the numbers of the program are set by looking at `tuned`
alone; `held` has other kinds of event, other names and other templates, and is only measured.
"""

from __future__ import annotations
