"""A folder of old documents: each file for itself, so that one that cannot be read stops no other,
and whoever begins again goes on where it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from sqlalchemy.exc import DatabaseError

from integrations import incident_io, slack_export
from integrations.zip_file import ZipArchive
from models.rules.policy import Who
from models.rules.problems import BadFile, NotAllowed, ProblemForUser
from services.bring_in import BroughtIn, Preview, Upload, bring_in_files, preview_file

# What is looked into. Anything else in a folder (pictures, a licence) is passed over and named.
SUFFIXES = (".md", ".markdown", ".txt", ".csv", ".json", ".jsonl", ".ndjson", ".zip")
# What lies beside documents; it is read like them, and no fault when it is none.
BESIDE = ("readme", "index", "contributing", "changelog", "template", "license", "codeowners")
MOST_FILES = 2_000  # of one zip archive


class FileState(StrEnum):
    """`new` has something that was brought in (or would be), `known` is there already, and
    `passed_over` is what stands beside documents, such as a README."""

    NEW = "new"
    KNOWN = "known"
    PASSED_OVER = "passed_over"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file. `preview` is None where nothing was read; `problem` then says
    why. The ids are of what was stored, in the order of the preview."""

    name: str
    state: FileState
    preview: Preview | None = None
    problem: str = ""
    incident_ids: tuple[str, ...] = ()
    postmortem_ids: tuple[str, ...] = ()


def is_looked_into(path: str) -> bool:
    """Whether a file of a folder may be a document, by its path in it: nothing hidden, and what
    an importer reads."""
    parts = PurePosixPath(path).parts
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not hidden and path.lower().endswith(SUFFIXES)


def is_folder(data: bytes, name: str) -> bool:
    """Whether a file is a zip archive of documents, and not an export that is read whole."""
    return data.startswith(b"PK") and not slack_export.recognises(data, name)


def documents_in_zip(data: bytes) -> tuple[tuple[tuple[str, bytes], ...], tuple[str, ...]]:
    """The documents of an archive, each with its path, in the order of paths; and the paths of
    what was passed over. Archives in it are not opened. Raises BadFile."""
    archive = ZipArchive(data)
    names = sorted(archive.names)
    chosen = [n for n in names if is_looked_into(n) and not n.lower().endswith(".zip")]
    check_some(chosen)
    if len(chosen) > MOST_FILES:
        raise BadFile(
            f"The archive holds {len(chosen):,} documents; {MOST_FILES:,} can be read at once. "
            "Split it, or bring the folder in on the command line: hotwash import DIRECTORY."
        )
    others = tuple(name for name in names if name not in set(chosen))
    return tuple((name, archive.read(name)) for name in chosen), others


def check_some(chosen: Sequence[str]) -> None:
    """Raises BadFile for a folder without any document."""
    if not chosen:
        raise BadFile(f"There is no document in it: no file that ends with {', '.join(SUFFIXES)}.")


def together(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The same files, by path, with the lists of one incident.io export as one file: those that
    lie in one folder with their incidents. They come last, and their name tells what is in it."""
    exports: dict[PurePosixPath, list[tuple[str, str, bytes]]] = {}
    for name, data in files:
        part = incident_io.part_of(data) if name.lower().endswith(".json") else ""
        if part in ("", "settings"):
            yield name, data
        else:
            exports.setdefault(PurePosixPath(name).parent, []).append((part, name, data))
    for found in exports.values():
        found.sort(key=lambda file: (file[0] != "incidents", file[1]))
        if {found[0][0]} < {part for part, _, _ in found} and found[0][0] == "incidents":
            members = [(name, data) for _, name, data in found]
            beside = ", ".join(PurePosixPath(name).name for name, _ in members[1:])
            yield f"{members[0][0]} with {beside}", incident_io.join_files(members)
        else:
            yield from ((name, data) for _, name, data in found)


def preview_each(who: Who, uploads: Iterable[Upload]) -> Iterator[FileOutcome]:
    """What each file holds; what stands in two of them is new in the first. Stores nothing."""
    before: list[Preview] = []
    for upload in uploads:
        try:
            seen = preview_file(who, upload, before)
        except ProblemForUser as problem:
            yield _unreadable(upload, problem)
            continue
        before.append(seen)
        yield _without_any(upload, seen) or FileOutcome(upload.options.name, _state(seen), seen)


def bring_in_each(who: Who, uploads: Iterable[Upload]) -> Iterator[FileOutcome]:
    """Stores what is new in each file, one transaction a file. What was stored stays when a later
    one cannot be read, or when it is stopped; again, it is known."""
    for upload in uploads:
        try:
            [stored] = bring_in_files(who, [upload])
        except ProblemForUser as problem:
            yield _unreadable(upload, problem)
            continue
        yield _without_any(upload, stored.preview) or _brought_in(upload, stored)


def _brought_in(upload: Upload, stored: BroughtIn) -> FileOutcome:
    return FileOutcome(
        upload.options.name,
        _state(stored.preview),
        stored.preview,
        incident_ids=stored.incident_ids,
        postmortem_ids=stored.postmortem_ids,
    )


def _without_any(upload: Upload, seen: Preview) -> FileOutcome | None:
    """The outcome of a file that holds neither incidents nor post-mortems, which is not the same
    as one whose content is there already; None for any other."""
    found = seen.reading
    if found.incidents or found.postmortems or not found.unread:
        return None
    is_settings = incident_io.part_of(upload.data) == "settings"
    state = FileState.PASSED_OVER if is_settings else FileState.UNREADABLE
    return FileOutcome(upload.options.name, state, problem=found.unread[0].why)


def _state(seen: Preview) -> FileState:
    return FileState.NEW if seen.incidents or seen.postmortems else FileState.KNOWN


def _unreadable(upload: Upload, problem: ProblemForUser) -> FileOutcome:
    """The problem of this file; one that the next file would have as well is raised."""
    if isinstance(problem, NotAllowed) or isinstance(problem.__cause__, DatabaseError):
        raise problem
    stem = PurePosixPath(upload.options.name).stem.lower().strip("_-. ")
    if stem in BESIDE:
        return FileOutcome(upload.options.name, FileState.PASSED_OVER, problem="No post-mortem.")
    places = [f"line {p.line}: {p.message}" for p in getattr(problem, "problems", ())[:3]]
    return FileOutcome(
        upload.options.name, FileState.UNREADABLE, problem=" ".join([problem.message, *places])
    )
