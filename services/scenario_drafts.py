"""What an author is writing: each person's own draft, kept until it is saved as a version.

A `place` is where somebody writes: the id of a scenario, `NEW` for a new one, or `place_from` for
one that is made from a post-mortem. Nobody else sees a draft, and it is never played.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from integrations.scenario_text import scenario_text
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, NotAllowed, NotFound, ProblemForUser
from models.rules.record import PostmortemRecord
from models.rules.scenario.from_record import draft_scenario
from models.tables.exercise import ExercisePlayer, ExerciseRun, ScenarioDraft
from reports.redaction import redact
from services import scenario_library, scenario_versions
from services.people import list_people
from services.publishing import get_revision
from services.unit_of_work import Work, reading, writing

NEW = ""
_FROM = "from/"
_TEMPLATE = scenario_library.FOLDER / "template" / "my-scenario.yaml"
_LONGEST = 512 * 1024  # characters; the check wants half of it


@dataclass(frozen=True)
class Writing:
    """What stands in the editor. `saved` is the text that there is without the draft; `begun`
    the number of the team's version that the author began with, `newest` the one there is now,
    each 0 for none. With `is_draft` the text is the author's own."""

    place: str
    text: str
    saved: str
    begun: int
    newest: int
    is_draft: bool

    @property
    def is_new(self) -> bool:
        """Whether there is no scenario yet."""
        return self.place == NEW or self.place.startswith(_FROM)

    @property
    def postmortem_id(self) -> str | None:
        """The post-mortem that it is being made from."""
        return self.place.removeprefix(_FROM) if self.place.startswith(_FROM) else None

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody saved a version after the author began."""
        return self.is_draft and self.begun != self.newest


def place_from(postmortem_id: str) -> str:
    """Where a scenario is made from a post-mortem."""
    return f"{_FROM}{postmortem_id}"


def open_writing(who: Who, place: str) -> Writing:
    """The person's draft of this place, or the text to begin with. Raises NotFound when there is
    no such scenario or published post-mortem, and NotAllowed for whoever plays it at a table:
    the text holds every answer."""
    with reading(who) as work:
        work.require(Verb.EDIT, Thing.SCENARIO)
        if place and _plays(work, place):
            raise NotAllowed(
                "You are at the table of an exercise with this scenario, and its text holds every "
                "answer. You can read and change it when the exercise is over."
            )
        row = work.session.get(ScenarioDraft, (who.person_id or "", place))
        draft = (row.text, row.newest) if row else None
    saved, newest = _saved(who, place)
    if draft is None:
        return Writing(place, saved, saved, newest, newest, False)
    return Writing(place, draft[0], saved, draft[1], newest, True)


def _plays(work: Work, scenario_id: str) -> bool:
    run, player = ExerciseRun, ExercisePlayer
    query = (
        select(run.id)
        .join(player, col(player.run_id) == col(run.id))
        .where(
            player.person_id == work.who.person_id,
            run.scenario_id == scenario_id,
            ~col(run.is_solo),
            col(run.phase).in_(("lobby", "running", "paused")),
        )
    )
    return work.session.exec(query).first() is not None


def keep_draft(who: Who, place: str, text: str, was: str, *, newest: int) -> None:
    """Keeps what the person is writing. `newest` is the team's version that stood in the editor
    when they began. Raises Conflict when they wrote something else in another window."""
    if len(text) > _LONGEST:
        raise ProblemForUser(
            "This text is too long to be kept. A scenario has at most 256 KB: shorten the "
            "evidence.",
            field="text",
        )
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SCENARIO)
        key = (who.person_id or "", place)
        row = work.session.get(ScenarioDraft, key, with_for_update=True)
        if row is None:
            row = ScenarioDraft(
                person_id=key[0], place=place, text=text, newest=newest, updated_at=work.now
            )
        elif row.text not in (was, text):
            raise Conflict(
                "You wrote something else here in another window. Both are shown: choose one, "
                "or put them together.",
                field="text",
                theirs=row.text,
                yours=text,
            )
        row.text, row.updated_at = text, work.now
        work.add(row)
        work.audit("scenario.draft_kept", Thing.SCENARIO, place)


def drop_draft(who: Who, place: str) -> None:
    """Lets the person's own draft go; what is saved stays. Nothing for none."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SCENARIO)
        row = work.session.get(ScenarioDraft, (who.person_id or "", place))
        if row is not None:
            work.session.delete(row)
            work.audit("scenario.draft_dropped", Thing.SCENARIO, place)


def go_on_from(who: Who, place: str, newest: int) -> None:
    """The person has seen that somebody saved version `newest`, and goes on with their own."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SCENARIO)
        row = work.session.get(ScenarioDraft, (who.person_id or "", place), with_for_update=True)
        if row is not None:
            row.newest = newest
            work.add(row)
            work.audit("scenario.draft_kept", Thing.SCENARIO, place)


def save_version(who: Who, now: Writing, text: str, note: str = "") -> tuple[str, int]:
    """Saves a text as a version of the scenario that its `id` names, and lets the draft go; the
    id and the number. Another id than the one that was opened makes a scenario of its own.

    Raises ProblemForUser when that id belongs to another scenario, and for what cannot be saved
    at all; Conflict when somebody saved meanwhile.
    """
    scenario_id, _ = scenario_library.named(text)
    newest = now.begun
    if scenario_id != now.place:
        if _is_taken(who, scenario_id, text):
            raise ProblemForUser(
                f"There is a scenario “{scenario_id}” already. Write another “id”, or open that "
                "one and change it. Your text is still here.",
                field="text",
            )
        newest = 0
    return scenario_library.save_scenario(
        who, text, newest=newest, note=note, postmortem_id=now.postmortem_id, place=now.place
    )


def _saved(who: Who, place: str) -> tuple[str, int]:
    if place == NEW:
        return _TEMPLATE.read_text("utf-8"), 0
    if place.startswith(_FROM):
        return _text_from(who, get_revision(who, place.removeprefix(_FROM))), 0
    own = scenario_versions.list_newest(who).get(place)
    return (own[1], own[0]) if own else (scenario_library.get_text(who, place, shipped=True), 0)


def _is_taken(who: Who, scenario_id: str, text: str) -> bool:
    """Whether there is a scenario of this id with another text."""
    try:
        return scenario_library.get_text(who, scenario_id) != text
    except NotFound:
        return False


def _text_from(who: Who, record: PostmortemRecord) -> str:
    """A published post-mortem as the text of a scenario, with roles in place of names."""
    people = [person.name for person in list_people(who)]
    draft = draft_scenario(record, lambda one: redact(one, people))
    return scenario_text(draft.document, draft.comments)
