"""`pytest tests/reports --golden-update` writes what the golden files should say now."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.pdf_layout import Printer, printer

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="rewrite tests/golden")


class Golden:
    def __init__(self, update: bool) -> None:
        self._update = update

    def check(self, name: str, text: str) -> None:
        """The text equals the golden file of that name."""
        file = GOLDEN / name
        if self._update:
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    return Golden(bool(request.config.getoption("--golden-update", default=False)))


@pytest.fixture(scope="session")
def a4() -> Printer:
    return printer("A4")
