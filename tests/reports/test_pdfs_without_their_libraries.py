"""Where the libraries for PDFs are missing, the sentence names what to install."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.rules.problems import ProblemForUser
from reports.pdf import INSTALLS, PdfPrinter
from tests.reports.sample import facts

NO_PANGO = (
    "raise OSError(\"cannot load library 'libpango-1.0-0': libpango-1.0-0: cannot open shared "
    'object file: No such file or directory")'
)
NO_ROOM = (
    "raise OSError(\"cannot load library 'libpango-1.0-0': libpango.so.0: failed to map segment "
    'from shared object")'
)


@pytest.fixture
def weasyprint_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts other words in the place of WeasyPrint, for workers that start from now on."""

    def put(words: str) -> Path:
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        file = tmp_path / "weasyprint.py"
        file.write_text(words)
        return file

    return put


def told(printer: PdfPrinter) -> str:
    try:
        with pytest.raises(ProblemForUser) as problem:
            printer.render(facts())
    finally:
        printer.stop()
    return str(problem.value)


@pytest.mark.parametrize("program", INSTALLS)
def test_a_missing_system_library_is_named_with_the_command_of_this_system(
    weasyprint_is: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    weasyprint_is(NO_PANGO)
    monkeypatch.setattr(shutil, "which", lambda name: name if name == program else None)
    words = told(PdfPrinter())
    assert "“libpango-1.0-0” is missing" in words
    assert INSTALLS[program] in words
    assert "memory" not in words


def test_on_an_unknown_system_every_command_is_named(
    weasyprint_is: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    weasyprint_is(NO_PANGO)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    words = told(PdfPrinter())
    assert all(command in words for command in INSTALLS.values())


def test_a_missing_python_module_is_brought_by_make_install(
    weasyprint_is: Callable[[str], Path],
) -> None:
    weasyprint_is("import a_module_that_is_not_there")
    assert "`make install`" in told(PdfPrinter())


def test_too_little_memory_for_the_libraries_is_not_called_missing(
    weasyprint_is: Callable[[str], Path],
) -> None:
    weasyprint_is(NO_ROOM)
    assert "time or memory" in told(PdfPrinter())


def test_once_it_is_installed_the_next_export_works(
    weasyprint_is: Callable[[str], Path],
) -> None:
    printer = PdfPrinter()
    file = weasyprint_is(NO_PANGO)
    assert "missing" in told(printer)
    file.unlink()
    try:
        assert printer.render(facts()).startswith(b"%PDF")
    finally:
        printer.stop()


def test_the_commands_are_those_of_the_installer() -> None:
    script = (Path(__file__).parents[2] / "install.sh").read_text()
    libraries = INSTALLS["apt-get"].removeprefix("sudo apt-get install ")
    assert f'pango="{libraries}"' in script
    assert INSTALLS["dnf"] in script
    assert INSTALLS["brew"] in script
