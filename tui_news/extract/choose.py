"""Which elements of a surveyed page hold the article's text, and what within them does not."""

from __future__ import annotations

from typing import Any, Final

from tui_news.extract.survey import HEADINGS, Survey

_START: Final = {"div": 5, "article": 8, "section": 3, "main": 5, "pre": 3, "td": 3, "blockquote": 3,
                 "address": -3, "ol": -3, "ul": -3, "dl": -3, "dd": -3, "dt": -3, "li": -3, "form": -3,
                 "aside": -10, "header": -5, "th": -5}  # fmt: skip
_LEAVES = frozenset(("p", "pre", "blockquote", "li", "dd", "dt", "td", *HEADINGS))


def scores(survey: Survey) -> dict[int, float]:
    """A score for each element that has paragraphs, from them and their place (Readability's measure)."""
    count = len(survey.elements)
    own = [0] * count
    branches = [False] * count
    for paragraph in survey.paragraphs:
        own[paragraph.owner] += 1
    for index in range(1, count):
        if survey.parent[index] >= 0:
            branches[survey.parent[index]] = True
    out: dict[int, float] = {}
    for paragraph in survey.paragraphs:
        if paragraph.size < 25 or survey.gone[paragraph.owner]:
            continue
        good = 1 - paragraph.links / paragraph.size
        if (
            paragraph.size >= 60
            and paragraph.marks
            and not paragraph.prose
            and paragraph.links * 2 < paragraph.size
        ):
            continue  # small print
        score = (1 + paragraph.marks + min(paragraph.size / 100, 3)) * good * good
        place = paragraph.owner
        tag = survey.elements[place].tag
        if tag in HEADINGS:
            continue
        if (tag in _LEAVES and own[place] == 1) or (own[place] == 1 and not branches[place]):
            place = survey.parent[place]
        for level in range(6):
            if place < 0:
                break
            if place not in out:
                out[place] = _START.get(survey.elements[place].tag, 0) + 25 * max(
                    -1, min(survey.weight[place], 1)
                )
            out[place] += score / (1 if level == 0 else 2 if level == 1 else level * 3)
            place = survey.parent[place]
    for place in out:
        out[place] *= 1 - survey.density(place)
    return out


def best(survey: Survey) -> list[int]:
    """Indices of the elements that hold the text, in document order; empty when there is none."""
    table = scores(survey)
    if not table:
        return []
    top = max(table, key=lambda place: (table[place], -place))
    # A parent that scores higher holds more of the same text.
    least, place = table[top] / 3, survey.parent[top]
    while place >= 0 and survey.elements[place].tag not in ("body", "html"):
        score = table.get(place, 0.0)
        if score > table[top]:
            top = place
        elif score < least:
            break
        place = survey.parent[place]
    top = _wider(survey, top)
    if (inner := _named_text(survey, top)) is not None:
        return [inner]
    return _siblings(survey, table, top)


def _wider(survey: Survey, top: int) -> int:
    """An element further up in which a text stands that was cut into parts, if there is one: what it adds
    is prose with few links, and no other headline stands in it."""
    place = survey.parent[top]
    while place >= 0 and survey.elements[place].tag not in ("body", "html"):
        more = survey.size[place] - survey.size[top]
        if (
            survey.prose[place] > survey.prose[top] * 1.1
            and _quality(survey, place, top) > 0.7
            and (survey.links[place] - survey.links[top]) < more * 0.15
            and _headlines(survey, place) <= 1
        ):
            top = place
        place = survey.parent[place]
    return top


def _headlines(survey: Survey, place: int) -> int:
    tags = [
        survey.elements[index].tag for index in range(place + 1, survey.end[place]) if not survey.gone[index]
    ]
    return max(tags.count("h1"), tags.count("article"))


def _named_text(survey: Survey, top: int) -> int | None:
    """The innermost element of the chosen one, or the one around it, that says of itself that it is the
    article's text, when it holds most of the prose."""
    found: list[int] = []
    for index in range(top, survey.end[top]):
        node = survey.elements[index]
        if survey.gone[index] or node.tag in _LEAVES or survey.prose[index] < survey.prose[top] * 0.6:
            continue
        if survey.weight[index] == 2 or "articleBody" in (node.get("itemprop") or ""):
            found.append(index)
    return found[-1] if found else None


def _quality(survey: Survey, outer: int, inner: int) -> float:
    """The share of prose in what an element holds beside another within it."""
    size = survey.size[outer] - survey.size[inner]
    return (survey.prose[outer] - survey.prose[inner]) / size if size > 0 else 0.0


def _siblings(survey: Survey, table: dict[int, float], top: int) -> list[int]:
    above = survey.parent[top]
    if above < 0:
        return [top]
    threshold = max(10.0, table[top] * 0.2)
    names = survey.elements[top].get("class")
    out = []
    child = above + 1
    while child < survey.end[above]:
        if child == top:
            out.append(child)
        else:
            score = table.get(child, 0.0)
            if names and survey.elements[child].get("class") == names:
                score += table[top] * 0.2
            tag = survey.elements[child].tag
            if (score >= threshold and survey.prose[child] * 2 > survey.size[child] and tag != "aside") or (
                tag == "p" and survey.size[child] > 80 and survey.density(child) < 0.25
            ):
                out.append(child)
        child = survey.end[child]
    return out


def waste(survey: Survey, chosen: list[int]) -> set[Any]:
    """Elements within the chosen ones that are lists of links, forms, boxes and bars."""
    out: set[Any] = set()
    for start in chosen:
        index = start + 1
        while index < survey.end[start]:
            if _is_waste(survey, index):
                out.add(survey.elements[index])
                index = survey.end[index]
            else:
                index += 1
    return out


def _is_waste(survey: Survey, index: int) -> bool:
    tag = survey.elements[index].tag
    if tag in ("p", "td", "tr", "tbody", "pre", "blockquote", "figure", "figcaption", "body", "hr"):
        return False
    size, density = survey.size[index], survey.density(index)
    if not size:
        return False
    if tag in HEADINGS:
        return False
    if tag in ("aside", "footer", "address"):
        return True
    if tag in ("form", "fieldset") and survey.prose[index] * 2 < size:
        return True
    if survey.inputs[index] > 1 and survey.prose[index] * 2 < size:
        return True
    if tag in ("ul", "ol", "div", "section", "dl") and density > 0.2 and _is_teasers(survey, index):
        return True
    if tag in ("ul", "ol", "dl", "table"):
        return density > 0.6
    if tag in ("div", "section", "header", "details"):
        if survey.prose[index] * 2 > size:
            return False
        return density > 0.5
    return False


def _is_teasers(survey: Survey, index: int) -> bool:
    """Three or more lines that are wholly links, each with a sentence of its own under it."""
    linked = other = 0
    for paragraph in survey.paragraphs[survey.first[index] : survey.last[index]]:
        if survey.gone[paragraph.owner]:
            continue
        if paragraph.links * 10 >= paragraph.size * 9 and paragraph.size >= 20:
            linked += 1
        elif paragraph.size >= 40:
            other += 1
    return linked >= 3 and linked >= other * 0.7
