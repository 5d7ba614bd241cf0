"""Names out: every person of a post-mortem becomes what they did in it.

`redact` looks in every field and inside all free text, for full names, first or last names
alone, initials, possessives, handles and e-mail addresses. Teams and tools keep their names.
Pictures are left out, because a screenshot may show names that nothing here can see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace
from urllib.parse import unquote

from models.rules.record import EvidenceRecord, IncidentRecord, PostmortemRecord
from models.rules.vocabulary import IncidentRole, Source, words
from reports.every_text import Record, rewrite_texts
from reports.everyday_words import EVERYDAY, FUNCTION_WORDS
from reports.likely_names import possible_names, without_likely_names
from reports.name_forms import Forms, name_forms, who_may_be_meant, words_of

_NAME_FIELDS = {"name", "author", "owner", "facilitator", "by"}
_LINK_FIELDS = {"url", "tracker_url", "source_url", "source_key"}
_KEPT_FIELDS = frozenset({"id", "event_ids", "zone", "media_type"})
_NOT_A_PERSON = re.compile(
    r"\b(?:team|squad|guild|group|crew|support|on-?call|bot|monitor(?:ing)?|system|api)\b",
    re.IGNORECASE,
)
_ORDINARY = EVERYDAY | FUNCTION_WORDS
_SMALL_WORD = re.compile(r"(?<![\w@./-])[a-z][a-z]+(?![\w@./-])")
_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_MENTION = re.compile(r"<@[UW][A-Z0-9]{4,}(?:\|[^>\n]*)?>")
_URL = re.compile(r"https?://[^\s<>()\[\]|]+", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s+|\n\s*)(?:[-*•>]\s+|\d+[.)]\s+)?[*_\"“(]*\Z")


def redact(postmortem: PostmortemRecord, people: Iterable[str] = ()) -> PostmortemRecord:
    """The post-mortem with roles in place of names ("the incident commander", "responder 2"),
    the same role for the same person everywhere; an address that holds a name is taken out.
    `people` are the names known besides: whoever of them is only mentioned is a colleague."""
    roles = _roles(postmortem)
    strangers = [name for name in dict.fromkeys(people) if name not in roles]
    meant = who_may_be_meant(strangers, _words(postmortem)) if strangers else []
    mentioned = {name: "a colleague" for name in meant if _is_person(name, frozenset())}
    known = without_names(_without_pictures(postmortem), roles, mentioned=mentioned)
    things = _things(postmortem)

    def change(field: str, text: str) -> str:
        if field in _KEPT_FIELDS | _LINK_FIELDS:
            return text
        return without_likely_names(text, things, _colleague)

    return rewrite_texts(known, change)


def names_that_may_remain(redacted: PostmortemRecord) -> tuple[str, ...]:
    """What in a redacted record still has the shape of a name, for a person to look at, each once,
    in the order of the record."""
    things = _things(redacted)
    found: dict[str, None] = {}

    def collect(field: str, text: str) -> str:
        if field not in _KEPT_FIELDS | _LINK_FIELDS:
            found.update(dict.fromkeys(possible_names(text, things)))
        return text

    rewrite_texts(redacted, collect)
    return tuple(found)


def _things(postmortem: PostmortemRecord) -> frozenset[str]:
    """Words that are no names here: those of the services, and those also written small."""
    found = {w.casefold() for i in postmortem.incidents for s in i.services for w in s.split()}

    def collect(field: str, text: str) -> str:
        if field not in _KEPT_FIELDS | _LINK_FIELDS | _NAME_FIELDS:
            found.update(_SMALL_WORD.findall(text))
        return text

    rewrite_texts(postmortem, collect)
    return frozenset(found)


def _colleague(before: str) -> str:
    return "A colleague" if _SENTENCE_START.search(before) else "a colleague"


def _words(record: PostmortemRecord) -> set[str]:
    found: set[str] = set()

    def collect(field: str, text: str) -> str:
        if field not in _KEPT_FIELDS:
            found.update(words_of(text))
        return text

    rewrite_texts(record, collect)
    return found


def without_names(
    record: Record,
    roles: Mapping[str, str],
    kept: frozenset[str] = _KEPT_FIELDS,
    mentioned: Mapping[str, str] | None = None,
) -> Record:
    """Any record with roles in place of the names (full name → role) in all of its texts, except
    in the fields that are `kept`: ids and the like. A form that those who are only `mentioned`
    share with somebody else is the other's."""
    forms = name_forms(roles, mentioned)

    def change(field: str, text: str) -> str:
        if field in kept:
            return text
        if field in _LINK_FIELDS:
            return "" if _tells_a_name(text, forms) else text
        if field in _NAME_FIELDS:
            role = forms.whole(text)
            if role:
                return _as_label(role)
        return _in_text(text, forms)

    return rewrite_texts(record, change)


def _roles(postmortem: PostmortemRecord) -> dict[str, str]:
    """Every person's full name and what they are called, in the order of the record."""
    stated: dict[str, str] = {}
    incidents = postmortem.incidents
    taking_part = [p for i in incidents for p in i.participants] + list(postmortem.participants)
    for person in taking_part:
        known = next((role for role in person.roles if role in set(IncidentRole)), "participant")
        if stated.get(person.name, "participant") == "participant":
            stated[person.name] = _role_word(known)
    for name, role in (
        (postmortem.owner, "post-mortem owner"),
        (postmortem.facilitator, "facilitator"),
    ):
        if stated.get(name, "participant") == "participant":
            stated[name] = role
    others = (
        ("participant", (e.author for e in postmortem.events)),
        ("action owner", (a.owner for a in postmortem.actions)),
        ("reviewer", (r.name for r in postmortem.reviews)),
        ("participant", (t.by for t in postmortem.transitions)),
        ("participant", [postmortem.publication.by] if postmortem.publication else []),
        ("facilitator", (m.facilitator for m in postmortem.meetings)),
        ("participant", (name for m in postmortem.meetings for name in m.names)),
    )
    for role, names in others:
        for name in names:
            stated.setdefault(name, role)
    return roles_of(stated, {s.casefold() for i in incidents for s in i.services})


def roles_of(stated: Mapping[str, str], services: Set[str] = frozenset()) -> dict[str, str]:
    """What each person is called, from what was stated of them: several names in one are taken
    apart, what is no person is left out, and those with the same role are numbered."""
    people: dict[str, str] = {}
    for name, role in stated.items():
        for one in _one_by_one(name):
            if _is_person(one, services):
                people.setdefault(one, role)
    return _numbered(_joined(people))


def _role_word(role: str) -> str:
    if role == IncidentRole.COMMANDER:
        return "incident commander"
    return words(IncidentRole(role)) if role in set(IncidentRole) else role


def _one_by_one(names: str) -> list[str]:
    """ "Ada Okafor and Ben Lindqvist" are two people; "Okafor, Ada" is one."""
    if "<" in names or _EMAIL.fullmatch(names.strip()):
        return [names]  # markup, or an address behind the name: one thing, whatever is in it
    apart = re.split(r"\s+and\s+|\s*[&/;+]\s*", names)
    by_comma = [re.split(r"\s*,\s*", part) for part in apart]
    return [
        name
        for part, pieces in zip(apart, by_comma, strict=True)
        for name in (pieces if all(" " in piece for piece in pieces) else [part])
    ]


def _is_person(name: str, services: Set[str]) -> bool:
    tools = {words(source).casefold() for source in Source} | set(Source)
    plain = name.strip().casefold()
    said = set(re.findall(r"[^\W_]+", plain))
    if said and (said <= FUNCTION_WORDS or (len(said) > 1 and name == plain and said <= _ORDINARY)):
        return False  # "to the", "n/a", "next page", but not a login such as "will"
    return bool(plain) and plain not in services | tools and not _NOT_A_PERSON.search(name)


def _joined(people: dict[str, str]) -> dict[str, str]:
    """People who also stand under a short form ("ada", "@ada.l") are one person: the short
    form is left to the forms of the full name."""
    full = {name: role for name, role in people.items() if len(name.split()) > 1 or "@" in name[1:]}
    forms = name_forms(full)
    return {n: r for n, r in people.items() if n in full or not forms.whole(n)}


def _numbered(people: dict[str, str]) -> dict[str, str]:
    """ "the responder" when there is one of them, else "responder 1", "responder 2"."""
    groups: dict[str, list[str]] = {}
    for name, role in people.items():
        groups.setdefault(role, []).append(name)
    return {
        name: f"the {role}" if len(names) == 1 else f"{role} {number}"
        for role, names in groups.items()
        for number, name in enumerate(names, 1)
    }


def _without_pictures(postmortem: PostmortemRecord) -> PostmortemRecord:
    def left_out(evidence: EvidenceRecord) -> EvidenceRecord:
        if evidence.content is None:
            return evidence
        return replace(evidence, title=f"{evidence.title} (left out: may show names)", content=None)

    def of(incident: IncidentRecord) -> IncidentRecord:
        events = (
            replace(e, evidence=tuple(left_out(x) for x in e.evidence)) if e.evidence else e
            for e in incident.events
        )
        return replace(incident, events=tuple(events))

    return replace(postmortem, incidents=tuple(of(i) for i in postmortem.incidents))


def _in_text(text: str, forms: Forms) -> str:
    if "://" in text:
        text = _URL.sub(lambda m: "[link removed]" if _tells_a_name(m[0], forms) else m[0], text)
    if "@" in text:
        text = _EMAIL.sub(lambda m: forms.whole(m[0].partition("@")[0]) or "[address]", text)
        text = _MENTION.sub("a colleague", text)
    return forms.replaced(text, _SENTENCE_START)


def _tells_a_name(text: str, forms: Forms) -> bool:
    return bool(_EMAIL.search(text) or forms.found_in(unquote(text)))


def _as_label(role: str) -> str:
    """A role at the head of a cell: "the incident commander" → "Incident commander"."""
    bare = role.removeprefix("the ")
    return bare[:1].upper() + bare[1:]
