"""`tui-news refresh`: the sources asked for news, and what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tui_news.cli.desk import chosen_sources, open_newsroom, run_async
from tui_news.cli.output import DONE, FAILED, PARTLY, complain, progress, write, write_json
from tui_news.i18n import _, many
from tui_news.newsroom import Newsroom

if TYPE_CHECKING:
    from argparse import Namespace

    from tui_news.newsroom.events import Event, Finished, Report


async def ask_sources(newsroom: Newsroom, sources: Sequence[Any] | None, *, force: bool) -> Report:
    from tui_news.newsroom.events import Finished

    def heard(event: Event) -> None:
        if isinstance(event, Finished) and not event.skipped:
            what = event.status.error or (
                _("unchanged") if event.unchanged else _("{count} new", count=len(event.new))
            )
            progress(f"{event.done}/{event.total} {newsroom.source_name(event.source.id)}: {what}")

    try:
        return await newsroom.refresh(sources, force=force, listener=heard)
    finally:
        await newsroom.leave()


def report_failures(report: Report) -> int:
    """Name each failure on stderr; the exit code of a refresh."""
    for outcome in report.failed:
        complain(f"{outcome.source.name}: {outcome.status.error}")
    for outcome in report.outcomes:
        if outcome.skipped and outcome.skipped not in (_("paused"), _("not due yet")):
            complain(f"{outcome.source.name}: {outcome.skipped}")
    if not report.failed:
        return DONE
    return FAILED if len(report.failed) == report.asked else PARTLY


def refresh(options: Namespace) -> int:
    """`refresh`: 0 when all went well, 3 when some sources failed, 1 when all did."""
    with open_newsroom() as newsroom:
        sources = chosen_sources(newsroom, options.name)
        if options.jobs:
            newsroom.jobs = options.jobs
        newsroom.makes_front = True
        report = run_async(ask_sources(newsroom, sources, force=not options.due))
        code = report_failures(report)
        if options.format == "json":
            write_json(
                asked=report.asked,
                new=report.new,
                sources=[outcome_json(newsroom, outcome) for outcome in report.outcomes],
            )
        else:
            failed = _(", {count} failed", count=len(report.failed)) if report.failed else ""
            write(
                _(
                    "{articles} from {sources}{failed}",
                    articles=many(report.new, "{count} new article", "{count} new articles"),
                    sources=many(report.asked, "{count} source", "{count} sources"),
                    failed=failed,
                )
            )
            if count := report.revised:
                write(many(count, "{count} changed since you read it", "{count} changed since read"))
        return code


def outcome_json(newsroom: Newsroom, outcome: Finished) -> dict[str, Any]:
    """What came of asking one source, for the machine formats."""
    status = outcome.status
    return {
        "id": outcome.source.id,
        "source": newsroom.source_name(outcome.source.id),
        "url": outcome.source.address,
        "status": status.status,
        "error": status.error or None,
        "skipped": outcome.skipped or None,
        "unchanged": outcome.unchanged,
        "damaged": status.damaged,
        "new": len(outcome.new),
        "changed": len(outcome.changed),
        "changed_since_read": len(outcome.revised),
        "withdrawn": len(outcome.withdrawn),
        "latency_ms": round(status.latency * 1000),
        "next_try": status.next_try.isoformat() if status.next_try else None,
    }
