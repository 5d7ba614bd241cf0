"""The front door: Streamlit's pages, our own routes and the headers, in one ASGI app.

`python app.py` serves it; any ASGI server can (`app:app`). Nothing here depends on the folder
it is started from.
"""

from __future__ import annotations

import gc
import logging
import socket
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from streamlit import config

from api.headers import SecurityHeaders
from api.routes import ROUTES
from models.rules.problems import ProblemForUser
from services import documents, exercises, outbox_worker, reminders
from services.database import migrate
from services.settings import ROOT, settings

log = logging.getLogger("hotwash")


def apply_config(file: Path) -> None:
    """Applies config.toml by hand: Streamlit looks for it in the folder it was started from,
    and without it would show error details and send statistics."""
    for section, values in tomllib.loads(file.read_text("utf-8")).items():
        for key, value in values.items():
            options = value.items() if isinstance(value, dict) else [(None, value)]
            for inner, setting in options:
                name = ".".join(part for part in (section, key, inner) if part)
                config.set_option(name, setting)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Migrates, starts the PDF workers, the clocks of exercises, the mailer and the reminders, and
    freezes what is loaded: without collections after every rerun (postScriptGC), with the libraries
    frozen, and with one after several reruns instead of several in each, a rerun stays in
    milliseconds."""
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401

    migrate()
    documents.start_printer()
    exercises.start_clockwork()
    outbox_worker.start_mailer()
    reminders.start_reminders()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    yield
    reminders.stop_reminders()
    outbox_worker.stop_mailer()
    exercises.stop_clockwork()
    documents.stop_printer()


apply_config(ROOT / ".streamlit" / "config.toml")
app = st.App(
    str(ROOT / "pages" / "shell.py"),
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[Middleware(SecurityHeaders)],
)


def check_address(host: str, port: int) -> None:
    """Raises ProblemForUser when nobody can listen there, before anything is announced."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError:
        raise ProblemForUser(
            f"Nothing can listen on {host}, port {port}: another program may use it. "
            "Stop that one, or choose another port in HOTWASH_PORT."
        ) from None


def main() -> None:
    """Serves until it is stopped. One process: Streamlit keeps its sessions in memory."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it says much at every start
    try:
        here = settings()
        check_address(here.host, here.port)
        migrate()
    except ProblemForUser as problem:
        sys.exit(problem.message)
    print(f"Hotwash is at http://{here.host.replace('127.0.0.1', 'localhost')}:{here.port}")
    uvicorn.run(
        app,
        host=here.host,
        port=here.port,
        log_level="warning",
        ws_max_size=32 * 1024 * 1024,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        timeout_graceful_shutdown=3,  # screens that wait for an exercise never hang up themselves
    )


if __name__ == "__main__":
    main()
