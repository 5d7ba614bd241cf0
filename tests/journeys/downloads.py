"""Documents as a person gets them: by clicking a link."""

from __future__ import annotations

from pathlib import Path

import pymupdf
from playwright.sync_api import Download, Page


def download(page: Page, link: str, into: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).first.click()
    done: Download = waiting.value
    done.save_as(into)
    return into


def pdf_text(file: Path) -> tuple[int, str]:
    with pymupdf.open(file) as document:
        return len(document), "\n".join(page.get_text() for page in document)
