"""Process start to first answer, against an empty Streamlit app started as its manual says."""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5


def seconds_to_answer(command: list[str], url: str, environment: dict[str, str]) -> float:
    """Wall seconds from starting the process until `url` answers 200."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                with urllib.request.urlopen(url, timeout=1) as answer:
                    if answer.status == 200:
                        return time.perf_counter() - begun
            except OSError:
                if time.perf_counter() - begun > 60:
                    raise
                time.sleep(0.01)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def figures() -> list[tuple[str, float, str]]:
    ours, empty = [], []
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text("import streamlit as st\nst.write('Hello')\n")
        database = f"sqlite:///{folder}/hotwash.db"
        for round_ in range(ROUNDS + 1):
            port = str(free_port())
            here = {**os.environ, "HOTWASH_DATABASE_URL": database, "HOTWASH_PORT": port}
            first = seconds_to_answer(
                [sys.executable, str(ROOT / "app.py")], f"http://127.0.0.1:{port}/", here
            )
            port = str(free_port())
            run = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", port]
            run += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
            second = seconds_to_answer(run, f"http://127.0.0.1:{port}/", dict(os.environ))
            if round_:  # the first pair warms caches and makes the database
                ours.append(first)
                empty.append(second)
    ratio = statistics.median(a / b for a, b in zip(ours, empty, strict=True))
    detail = (
        f"medians {statistics.median(ours):.2f} s and {statistics.median(empty):.2f} s, n={ROUNDS}"
    )
    return [("start to first answer ÷ an empty Streamlit app", ratio, detail)]
