"""`tui-news rules`: what is hidden, marked and tagged by itself."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from tui_news.cli.desk import open_newsroom
from tui_news.cli.output import DONE, NOTHING, USAGE, CommandError, write, write_json, write_tsv
from tui_news.cli.rows import print_articles
from tui_news.i18n import _
from tui_news.newsroom import Newsroom, View, now

if TYPE_CHECKING:
    from argparse import Namespace

    from tui_news.sources.subscriptions import Rule


def list_all(options: Namespace) -> int:
    """`rules list`: each rule with its number and how many cached articles it matches."""
    from tui_news.newsroom.rules import count
    from tui_news.portal.query import QueryError

    with open_newsroom() as newsroom:
        rows: list[dict[str, Any]] = []
        for number, rule in enumerate(newsroom.subscriptions.rules, 1):
            try:
                matches: int | None = count(newsroom, rule.match)
            except QueryError:
                matches = None
            rows.append({"number": number, "do": list(rule.do), "match": rule.match, "articles": matches})
        if options.format == "json":
            write_json(rules=rows)
        elif options.format == "tsv":
            write_tsv(
                ("number", "do", "match", "articles"),
                [(row["number"], ",".join(row["do"]), row["match"], row["articles"]) for row in rows],
            )
        else:
            for row in rows:
                found = "?" if row["articles"] is None else row["articles"]
                write(f"{row['number']:>3}  {' '.join(row['do']):<12}  {found:>6}  {row['match']}")
            if not rows:
                write(_("No rules yet. `tui-news rules add hide QUERY` makes one; in the app, Z does."))
        return DONE if rows else NOTHING


def test(options: Namespace) -> int:
    """`rules test`: the cached articles that a rule of this query would match, hidden ones too."""
    from tui_news.newsroom.rules import checked
    from tui_news.portal.query import Query, QueryError

    text = " ".join(options.query)
    with open_newsroom() as newsroom:
        try:
            found = newsroom.finder.find(View(hidden=True), Query.parse(checked(text), now=now()))
        except QueryError as error:
            raise CommandError(str(error), USAGE) from error
        print_articles(newsroom, list(islice(found, options.n or None)), options.format)
        if options.format == "plain" and len(found) > options.n > 0:
            write(_("… and {count} more", count=len(found) - options.n))
        return DONE if len(found) else NOTHING


def why(options: Namespace) -> int:
    """`rules why`: the rules that an article answers."""
    from tui_news.newsroom.rules import compiled, matching
    from tui_news.newsroom.targets import TargetError, find_id

    with open_newsroom() as newsroom:
        try:
            article = newsroom.article(find_id(newsroom, options.target))
        except TargetError as error:
            raise CommandError(str(error), NOTHING) from error
        if article is None:
            raise CommandError(_("{target}: not cached", target=options.target), NOTHING)
        found = matching(newsroom, article, compiled(newsroom.subscriptions.rules))
        for rule in found:
            write(str(rule))
        if newsroom.state(article.id).hidden:
            hides = any("hide" in rule.do for rule in found)
            write(_("It is hidden.") if hides else _("It is hidden by a rule that is no longer there."))
        return DONE if found else NOTHING


def apply(options: Namespace) -> int:
    """`rules apply`: make the cached articles what the rules say, as one step of undo."""
    from tui_news.newsroom import rules

    with open_newsroom() as newsroom:
        done = rules.apply(newsroom)
        write(rules.told(done) if done else _("The cached articles are as the rules say."))
    return DONE


def add(options: Namespace) -> int:
    """`rules add`: a rule, which is applied to what is cached too."""
    from tui_news.newsroom import rules
    from tui_news.newsroom.follow import FollowError
    from tui_news.portal.query import QueryError
    from tui_news.sources.subscriptions import Rule

    with open_newsroom() as newsroom:
        rule = Rule(" ".join(options.query), tuple(options.do.split(",")))
        try:
            done = rules.save(newsroom, rule)
        except QueryError as error:
            raise CommandError(str(error), USAGE) from error
        except FollowError as error:
            raise CommandError(str(error), USAGE) from error
        write(rules.told(done) if done else _("Kept for what comes; nothing cached matches."))
    return DONE


def remove(options: Namespace) -> int:
    """`rules remove`: a rule by its number, with what it hid and tagged."""
    from tui_news.newsroom import rules
    from tui_news.newsroom.follow import FollowError

    with open_newsroom() as newsroom:
        rule = _numbered(newsroom, options.number)
        try:
            done = rules.remove(newsroom, rule)
        except FollowError as error:
            raise CommandError(str(error)) from error
        write(_("Removed: {rule}", rule=rule))
        if done:
            write(rules.told(done))
    return DONE


def _numbered(newsroom: Newsroom, number: int) -> Rule:
    found = newsroom.subscriptions.rules
    if not 0 < number <= len(found):
        raise CommandError(
            _("there is no rule {number}; `tui-news rules list` shows them", number=number), NOTHING
        )
    return found[number - 1]
