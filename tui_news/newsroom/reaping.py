"""Programs that are started and left alone: somebody must take note of their end, or they stay as zombies."""

from __future__ import annotations

import subprocess
import threading
from typing import Any


def let_go(process: subprocess.Popen[Any]) -> None:
    """Nobody waits for this process but a thread that ends with it, or with us."""
    threading.Thread(target=process.wait, name=f"ended {process.pid}", daemon=True).start()
