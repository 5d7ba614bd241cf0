"""hotwash import DIRECTORY: a folder of old post-mortems, or a zip archive of one."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.bringing_in_said import Outcome, as_plain, said_of_file
from commands.shell import Failed, counted, print_json, read_input, say
from models.rules.policy import Who
from models.rules.record import ReadOptions
from models.rules.text import DOCUMENT, clean_line
from models.rules.vocabulary import Source

if TYPE_CHECKING:
    from services.bring_in_folder import FileOutcome

Options = Callable[[str], ReadOptions]  # of a file by its path in the folder
Files = Iterable[tuple[str, bytes]]
A_LINK = "This is a link, and links are left alone."


def files_in(folder: str) -> tuple[list[str], list[str], list[str]]:
    """The paths below a folder that may be documents, those of links to such, which are not
    followed, and those that are passed over; hidden ones are in none. Raises BadFile for none."""
    from services.bring_in_folder import check_some, is_looked_into

    chosen: list[str] = []
    links: list[str] = []
    others: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name).relative_to(folder).as_posix()
            if is_looked_into(path) and Path(place, name).is_symlink():
                links.append(path)
            elif is_looked_into(path) and Path(place, name).is_file():
                chosen.append(path)
            elif not name.startswith("."):
                others.append(path)
    check_some([*chosen, *links])
    return chosen, links, others


def read_each(folder: str, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes, one file in memory at a time."""
    for path in paths:
        yield path, read_input(str(Path(folder, path)))


def import_folder(
    who: Who,
    files: Files,
    links: Iterable[str],
    others: Iterable[str],
    options: Options,
    chosen: Source | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Brings in each file for itself and says what became of it. Ends with Failed when some
    could not be read."""
    from services.bring_in import Upload
    from services.bring_in_folder import (
        FileOutcome,
        FileState,
        bring_in_each,
        preview_each,
        together,
    )

    uploads = (Upload(data, options(shown(name)), chosen) for name, data in together(files))
    outcomes = preview_each(who, uploads) if dry_run else bring_in_each(who, uploads)
    states: Counter[FileState] = Counter()
    entries = []
    passed = (FileOutcome(shown(x), FileState.PASSED_OVER, problem=A_LINK) for x in links)
    for outcome in chain(outcomes, passed):
        states[outcome.state] += 1
        if as_json:
            entries.append(entry_of(outcome, who))
        else:
            say_file(outcome, dry_run)
    skipped = [shown(name) for name in others]
    if as_json:
        print_json({"files": entries, "skipped": skipped})
    else:
        say_sum(states, len(skipped), dry_run)
    if unread := states[FileState.UNREADABLE]:
        raise Failed(
            f"{counted(unread, 'file')} of {sum(states.values()):,} could not be read; "
            "everything else is brought in. Mend them and start again: nothing comes in twice."
            if not dry_run
            else f"{counted(unread, 'file')} of {sum(states.values()):,} cannot be read."
        )


def shown(name: str) -> str:
    return clean_line(os.fsencode(name).decode("utf-8", "replace"), limit=DOCUMENT)


def entry_of(outcome: FileOutcome, who: Who) -> dict[str, Any]:
    """One file as JSON takes it: as the answer for a single file, with its name and state."""
    head = {"file": outcome.name, "state": outcome.state.value, "problem": outcome.problem}
    if outcome.preview is None:
        lists = ("incidents", "unread", "duplicates", "postmortems", "assumed", "used")
        return head | {name: [] for name in lists}
    return head | as_plain(_stored(outcome), who)


def _stored(outcome: FileOutcome) -> Outcome:
    assert outcome.preview is not None
    seen = outcome.preview
    return Outcome(
        seen,
        outcome.incident_ids or [None] * len(seen.incidents),
        outcome.postmortem_ids or [None] * len(seen.postmortems),
    )


def say_file(outcome: FileOutcome, dry_run: bool) -> None:
    """One file in words: what it is now, and what in it could not be used."""
    from services.bring_in_folder import FileState

    if outcome.state is FileState.PASSED_OVER:
        say(f"Passed by  {outcome.name}")
        say(f"             {outcome.problem}")
        return
    if outcome.preview is None:
        say(f"Not read   {outcome.name}")
        say(f"             {outcome.problem}")
        return
    is_new = bool(outcome.preview.incidents or outcome.preview.postmortems)
    state = ("New" if dry_run else "Brought in") if is_new else "Known"
    say(f"{state:<10} {outcome.name}")
    for sentence in said_of_file(_stored(outcome)) if is_new else ():
        say(f"             {sentence}")


def say_sum(states: Counter[Any], skipped: int, dry_run: bool) -> None:
    from services.bring_in_folder import FileState

    new = "would come in" if dry_run else "came in"
    parts = [f"{counted(states[FileState.NEW], 'file')} {new}"]
    parts += [f"{states[FileState.KNOWN]:,} there already"]
    parts += [f"{states[FileState.UNREADABLE]:,} could not be read"]
    if passed := skipped + states[FileState.PASSED_OVER]:
        parts += [f"{passed:,} passed over, being no documents"]
    say(f"{', '.join(parts)}.")
