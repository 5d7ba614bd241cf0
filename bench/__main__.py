"""Runs the measurements named on the command line (all when none are) and prints a table.

A figure is (what, ratio or milliseconds, detail). Figures worth keeping go to docs/benchmarks.md,
with the command and the machine.
"""

from __future__ import annotations

import os
import platform
import sys
from importlib import import_module

SUBJECTS = ("exercise", "meeting", "pdf", "rerun", "rows", "search", "seats", "start", "trends")


def main() -> None:
    wanted = sys.argv[1:] or SUBJECTS
    if unknown := set(wanted) - set(SUBJECTS):
        sys.exit(f"There is no measurement called {', '.join(unknown)}. Choose of {SUBJECTS}.")
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    for subject in wanted:
        print(f"\n{subject}")
        for what, value, detail in import_module(f"bench.{subject}").figures():
            print(f"  {what:<58} {value:>8.3f}  {detail}", flush=True)


if __name__ == "__main__":
    main()
