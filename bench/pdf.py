"""What a PDF costs, as ratios of processor time within one run.

`plain_document.html` is the floor: the same facts as a person would write them for WeasyPrint,
frozen here so that it does not follow our own changes. Runs of each kind take turns, so that a
busy machine slows them all alike.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from weasyprint import HTML

from models.rules.vocabulary import Audience
from reports.facts import DocumentFacts
from reports.pdf import PdfPrinter
from reports.pdf_layout import FONTS, printer
from reports.postmortem_html import print_html
from reports.templating import asset_text
from tests.reports.sample import facts, long_postmortem

TURNS = 9
PLAIN = Path(__file__).with_name("plain_document.html")


def figures() -> list[tuple[str, float, str]]:
    """(what, median ratio, detail) for each aim; nothing is asserted here."""
    report = facts(long_postmortem())
    brief = facts(long_postmortem(), audience=Audience.LEADERSHIP, redact=True)
    ours, plain, own = printer("A4"), PLAIN.read_text(encoding="utf-8"), _own_html(report)
    runs: dict[str, Callable[[], object]] = {
        "ours": lambda: ours.pdf(report),
        "brief": lambda: ours.pdf(brief),
        "plain": lambda: HTML(string=plain).write_pdf(),
        "own": lambda: HTML(string=own).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True),
    }
    spent = _in_turns({name: runs[name] for name in ("ours", "brief", "plain")})
    beside_own = _in_turns({name: runs[name] for name in ("ours", "own")})
    again, first = _again(report)
    return [
        _figure("PDF, tagged ÷ a plain document of the same facts", spent["ours"], spent["plain"]),
        _figure("PDF, tagged ÷ WeasyPrint on our own HTML", beside_own["ours"], beside_own["own"]),
        _figure("Brief for leadership ÷ the plain document", spent["brief"], spent["plain"]),
        (
            "Unchanged export again ÷ the first",
            again / first,
            f"{again * 1000:.2f} ms ÷ {first * 1000:.0f} ms with a warm worker",
        ),
    ]


def _own_html(report: DocumentFacts) -> str:
    """Our print HTML as one file: its style sheet inside, fonts as files."""
    style = asset_text("print.css").replace("asset:", FONTS.as_uri() + "/")
    html = print_html(report, lambda evidence: "")
    return html.replace("</head>", f"<style>@page {{ size: A4 }}\n{style}</style></head>")


def _in_turns(runs: dict[str, Callable[[], object]]) -> dict[str, list[float]]:
    spent: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(TURNS + 1):
        for name, run in runs.items():
            gc.collect()  # each pays for what it leaves behind, not for the one before
            started = time.process_time()
            run()
            if turn:  # the first turn warms caches
                spent[name].append(time.process_time() - started)
    return spent


def _again(report: DocumentFacts) -> tuple[float, float]:
    """Median seconds of an unchanged export, and of the first with a warm worker."""
    workers = PdfPrinter()
    try:
        workers.render(facts())
        started = time.perf_counter()
        workers.render(report)
        first = time.perf_counter() - started
        times = []
        for _ in range(25):
            same = facts(long_postmortem())  # other objects, equal content
            started = time.perf_counter()
            workers.render(same)
            times.append(time.perf_counter() - started)
    finally:
        workers.stop()
    return statistics.median(times), first


def _figure(what: str, mine: list[float], floor: list[float]) -> tuple[str, float, str]:
    ratios = sorted(a / b for a, b in zip(mine, floor, strict=True))
    tail = ratios[int(0.95 * (len(ratios) - 1) + 0.5)]
    detail = (
        f"p95 {tail:.2f}; medians {statistics.median(mine) * 1000:.0f} ms ÷ "
        f"{statistics.median(floor) * 1000:.0f} ms of processor time"
    )
    return what, statistics.median(ratios), detail


def main() -> None:
    for what, ratio, detail in figures():
        print(
            f"{what}: {ratio:.4f} ({detail})" if ratio < 0.01 else f"{what}: {ratio:.2f} ({detail})"
        )


if __name__ == "__main__":
    main()
