"""The pool keeps its promises whatever a job does to its worker."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tui_news.workers import Pool, WorkerError

ROOT = Path(__file__).resolve().parents[2]
TABLE = "tests.workers.naughty"


def alive(pid: int) -> bool:
    """Whether a process is there and more than a name waiting to be asked after."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return sys.platform != "linux"


def gone(pids: list[int], seconds: float = 10) -> bool:
    """Whether all of them end within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not any(map(alive, pids)):
            return True
        time.sleep(0.02)
    return False


@asynccontextmanager
async def pool(**options: Any) -> AsyncIterator[Pool]:
    made = Pool(TABLE, **{"count": 2, **options})
    try:
        yield made
    finally:
        pids = made.pids
        await made.close()
        assert gone(pids, 0.5)


async def test_a_large_program_does_not_make_its_workers_retire() -> None:
    ballast = b"x" * (300 << 20)  # what a child is told at first to have used at the most
    async with pool(count=1) as workers:
        first = await workers.run("echo", {}, b"")
        assert "last" not in first.data
        pids = workers.pids
        await workers.run("echo", {}, b"")
        assert workers.pids == pids
    assert len(ballast) == 300 << 20


async def test_nothing_is_started_before_there_is_work_and_idle_ones_end() -> None:
    async with pool(idle=0.05) as workers:
        assert workers.pids == []
        reply = await workers.run("echo", {"x": "ä"}, b"abc")
        assert (reply.data["x"], reply.body) == ("ä", b"cba")
        assert workers.pids == [reply.data["pid"]] != [os.getpid()]
        async with asyncio.timeout(10):
            while workers.pids:  # noqa: ASYNC110 - there is nothing else to wait for
                await asyncio.sleep(0.02)
        assert gone([reply.data["pid"]])


@pytest.mark.parametrize(
    ("job", "params", "kind", "words"),
    [
        ("sleep", {}, "time", "longer than 1 s"),
        ("spin", {}, "time", "longer than 1 s"),
        pytest.param(
            "bomb",
            {},
            "memory",
            "more than 300 MB",
            marks=pytest.mark.skipif(sys.platform == "darwin", reason="no bound on memory there"),
        ),
        ("die", {}, "killed", "ended from outside"),
        ("die", {"signal": int(signal.SIGSEGV)}, "crashed", "crashed"),
        ("die", {"signal": int(signal.SIGXCPU)}, "time", "longer"),
        ("refuse", {}, "content", "this is no feed; check the address"),
        ("stumble", {}, "fault", "IndexError); please report it"),
        ("mumble", {}, "fault", "please report it"),
        ("shout", {}, "fault", "please report it"),
    ],
)
async def test_what_a_job_does_to_its_worker_is_one_line_and_the_next_job_is_done(
    job: str, params: dict[str, Any], kind: str, words: str
) -> None:
    # On a busy machine 300 MB take more than a second to fill.
    async with pool(count=1, wall=1 if kind == "time" else 60, memory=300 << 20) as workers:
        await workers.run("echo", {})  # its start is not what is timed
        with pytest.raises(WorkerError) as raised:
            await workers.run(job, params, b"body")
        assert raised.value.kind == kind
        assert words in str(raised.value)
        assert "\n" not in str(raised.value)
    async with pool(count=1) as workers:
        with pytest.raises(WorkerError):
            await workers.run("die" if job != "refuse" else job, params)
        assert (await workers.run("echo", {}, b"on")).body == b"no"


async def test_the_processor_s_time_is_bounded_when_the_clock_is_not_looked_at() -> None:
    async with pool(count=1, wall=60, cpu=1) as workers:
        with pytest.raises(WorkerError) as raised:
            await workers.run("spin", {})
        assert raised.value.kind == "time"


async def test_many_at_once_each_get_their_own_answer() -> None:
    async with pool() as workers:
        bodies = [bytes([65 + number % 26]) * (1 + 20_000 * (number % 5)) + b"." for number in range(60)]

        async def ask(number: int) -> int:
            reply = await workers.run("echo", {"number": number}, bodies[number])
            assert reply.data["number"] == number
            assert reply.body == bodies[number][::-1]
            return int(reply.data["pid"])

        assert len(set(await asyncio.gather(*map(ask, range(60))))) == 2


async def test_jobs_are_done_in_the_order_in_which_they_came() -> None:
    async with pool(count=1) as workers:
        order: list[int] = []

        async def ask(number: int) -> None:
            await workers.run("echo", {})
            order.append(number)

        await asyncio.gather(*map(ask, range(20)))
        assert order == list(range(20))


async def test_one_that_hangs_does_not_hold_the_others_up() -> None:
    async with pool() as workers:
        hanging = asyncio.ensure_future(workers.run("sleep", {}))
        replies = await asyncio.gather(*(workers.run("echo", {}) for _ in range(10)))
        assert len({reply.data["pid"] for reply in replies}) == 1
        assert not hanging.done()
        hanging.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hanging
        assert len(workers.pids) <= 1  # nobody waits for the answer of the one that hung


async def test_an_urgent_job_goes_before_those_that_wait() -> None:
    async with pool(count=1) as workers:
        await workers.run("echo", {})
        order: list[str] = []

        async def ask(name: str, urgent: bool) -> None:
            await workers.run("sleep", {"seconds": 0.02}, urgent=urgent)
            order.append(name)

        tasks = [asyncio.ensure_future(ask(name, False)) for name in "abc"]
        await asyncio.sleep(0)
        await asyncio.gather(*tasks, ask("reader", True))
        assert order[:2] == ["a", "reader"]


async def test_a_worker_killed_while_it_rests_is_replaced_without_a_word() -> None:
    async with pool(count=1) as workers:
        await workers.run("echo", {})
        (pid,) = workers.pids
        os.kill(pid, signal.SIGKILL)
        assert gone([pid])
        assert (await workers.run("echo", {}, b"on")).body == b"no"


async def test_a_worker_killed_in_the_middle_costs_its_own_job_only() -> None:
    async with pool() as workers:
        await asyncio.gather(workers.run("sleep", {"seconds": 0.1}), workers.run("sleep", {"seconds": 0.1}))
        jobs = [asyncio.ensure_future(workers.run("sleep", {"seconds": 0.3})) for _ in range(4)]
        await asyncio.sleep(0.1)
        os.kill(workers.pids[0], signal.SIGKILL)
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
        failed = [outcome for outcome in outcomes if isinstance(outcome, WorkerError)]
        assert [error.kind for error in failed] == ["killed"]


async def test_a_worker_that_has_grown_is_replaced_after_its_job() -> None:
    async with pool(count=1) as workers:
        grown = await workers.run("grow", {})
        assert (await workers.run("echo", {})).data["pid"] != grown.data["pid"]


async def test_a_worker_writes_no_file_and_nothing_on_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async with pool(count=1) as workers:
        assert (await workers.run("write", {"path": str(tmp_path / "file")})).data["errno"]
        assert (await workers.run("say", {})).data == {"read": ""}
    assert capfd.readouterr() == ("", "")


async def test_what_waits_before_the_workers_holds_further_fetching_up() -> None:
    async with pool(count=1) as workers:
        await asyncio.wait_for(workers.breathe(), 1)
        big = asyncio.ensure_future(workers.run("echo", {}, b"x" * 9_000_000))
        await asyncio.sleep(0)
        waiting = asyncio.ensure_future(workers.breathe())
        await asyncio.sleep(0)
        assert not waiting.done()
        await big
        await asyncio.wait_for(waiting, 1)


async def test_closing_ends_busy_workers_and_tells_those_who_wait() -> None:
    async with pool(count=1) as workers:
        jobs = [asyncio.ensure_future(workers.run("sleep", {})) for _ in range(3)]
        async with asyncio.timeout(10):
            while not workers.pids:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        pids = workers.pids
        await workers.close()
        assert gone(pids, 0.5)
        outcomes = await asyncio.gather(*jobs, return_exceptions=True)
        assert all(isinstance(outcome, (WorkerError, asyncio.CancelledError)) for outcome in outcomes)


async def test_no_process_to_be_had_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    async with pool() as workers:
        with pytest.raises(WorkerError) as raised:
            await workers.run("echo", {})
        assert raised.value.kind == "start"
        assert "No such file" in str(raised.value)


PROGRAM = """
import asyncio, sys
from tui_news.workers import Pool

async def main():
    pool = Pool("tests.workers.naughty", count=3)
    await asyncio.gather(*(pool.run("sleep", {"seconds": 0.1}) for _ in range(3)))
    jobs = [asyncio.ensure_future(pool.run(job, {})) for job in ("spin", "sleep")]
    await asyncio.sleep(0.2)
    print(*pool.pids, flush=True)
    await asyncio.gather(*jobs)

asyncio.run(main())
"""


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()


def terminate(process: subprocess.Popen[str]) -> None:
    process.terminate()


def interrupt(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGINT)  # as the terminal does: to all of them


@pytest.mark.parametrize("end", [kill, terminate, interrupt])
def test_no_worker_outlives_its_program(end: Callable[[subprocess.Popen[str]], None]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, start_new_session=True, env={**os.environ, "LANG": "C", "LC_ALL": "C"},
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout:
        pids = [int(pid) for pid in process.stdout.readline().split()]
        assert len(pids) == 3
        assert all(map(alive, pids))
        end(process)
        process.wait(10)
    assert gone(pids, 5)
