"""Jinja2, set so that nothing a person typed is ever read as markup or as a template."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from models.rules.vocabulary import label
from reports import contents, meeting_contents
from reports.phrasing import moment
from reports.prose import short_address, web_url
from reports.writing_direction import own_direction

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The one environment: escaping always on, unknown names are errors."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        dir=own_direction, label=label, web_url=web_url, short_address=short_address
    )
    made.globals.update(contents=contents, meetings=meeting_contents, moment=moment)
    return made


def our_own(markup: str) -> Markup:
    """What our templates and drawings made, where everything typed is escaped already."""
    return Markup(markup)  # noqa: S704


@cache
def asset_text(name: str) -> str:
    """A style sheet that lies beside the templates."""
    return (TEMPLATES / name).read_text(encoding="utf-8")
