"""Distribution lists: the addresses that documents are sent to together."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, delete, select

from models.rules.policy import Thing, Verb, Who
from models.rules.problems import ProblemForUser
from models.rules.sending.addresses import addresses_in, check_domain
from models.rules.text import LINE, clean_line
from models.tables.sending import DistributionList, ListMember
from services.settings import settings
from services.unit_of_work import Work, compare_and_set, reading, writing

NAME = 80  # characters


@dataclass(frozen=True)
class ListRow:
    id: str
    name: str
    purpose: str
    members: int


@dataclass(frozen=True)
class MemberRow:
    """`name` is "" where none was given."""

    address: str
    name: str


@dataclass(frozen=True)
class Added:
    """How many addresses joined a list, and how many were on it already."""

    new: int
    known: int


def list_lists(who: Who) -> tuple[ListRow, ...]:
    """Every list with the number of its addresses, by name."""
    t = DistributionList
    members = select(func.count()).where(ListMember.list_id == t.id).scalar_subquery()
    with reading(who) as work:
        work.require(Verb.READ, Thing.MAIL)
        rows = work.session.exec(select(t.id, t.name, t.purpose, members).order_by(t.name_key))
        return tuple(ListRow(*row) for row in rows)


def list_members(who: Who, list_id: str) -> tuple[MemberRow, ...]:
    """The addresses of a list, in order."""
    m = ListMember
    with reading(who) as work:
        work.require(Verb.READ, Thing.MAIL)
        query = select(m.address, m.name).where(m.list_id == list_id).order_by(m.address_key)
        return tuple(MemberRow(*row) for row in work.session.exec(query))


def add_list(who: Who, name: str) -> None:
    """Adds an empty list; one of that name stays as it is. Raises ProblemForUser without a
    name."""
    name = _name(name)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.MAIL)
        if _called(work, name) is None:
            row = work.add(DistributionList(name=name, name_key=name.casefold()))
            work.audit("list.added", Thing.MAIL, row.id)


def rename_list(who: Who, list_id: str, name: str, was: str) -> None:
    """Renames a list. Raises ProblemForUser when the name is empty or taken."""
    name = _name(name)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.MAIL)
        row = work.get(DistributionList, list_id, "list")
        other = _called(work, name)
        if other is not None and other.id != list_id:
            raise ProblemForUser(f"There is another list called “{other.name}”.", field="name")
        if compare_and_set(row, "name", name, was, words="name of the list"):
            row.name_key = name.casefold()
            work.audit("list.renamed", Thing.MAIL, list_id)


def save_purpose(who: Who, list_id: str, purpose: str, was: str) -> None:
    """Who is on the list, and what they get it for."""
    purpose = clean_line(purpose, limit=LINE, field="purpose")
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.MAIL)
        row = work.get(DistributionList, list_id, "list")
        if compare_and_set(row, "purpose", purpose, was, words="purpose of the list"):
            work.audit("list.purpose_saved", Thing.MAIL, list_id)


def add_members(who: Who, list_id: str, pasted: str) -> Added:
    """Adds every address of a pasted text (models/rules/sending/addresses.py:addresses_in says
    how it is read), or none: raises ProblemForUser that names what is no address, or may not get
    mail. Those on the list already stay."""
    entries = addresses_in(pasted)
    for _, address in entries:
        check_domain(address, settings().mail_domains)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.MAIL)
        work.get(DistributionList, list_id, "list")
        keys = select(ListMember.address_key).where(ListMember.list_id == list_id)
        known = set(work.session.exec(keys))
        new = [(name, address) for name, address in entries if address.casefold() not in known]
        for name, address in new:
            work.session.add(
                ListMember(
                    list_id=list_id, address_key=address.casefold(), address=address, name=name
                )
            )
        if new:
            work.audit("list.members_added", Thing.MAIL, list_id)
    return Added(len(new), len(entries) - len(new))


def remove_member(who: Who, list_id: str, address: str) -> None:
    """Takes an address off a list; again is no harm."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.MAIL)
        row = work.session.get(ListMember, (list_id, address.casefold()))
        if row is not None:
            work.session.delete(row)
            work.audit("list.member_removed", Thing.MAIL, list_id)


def remove_list(who: Who, list_id: str) -> None:
    """Removes a list with its addresses; what was sent to it stays on the record, by its name.
    Again is no harm."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.MAIL)
        row = work.find(DistributionList, list_id)
        if row is not None:
            work.session.execute(delete(ListMember).where(col(ListMember.list_id) == list_id))
            work.session.delete(row)
            work.audit("list.removed", Thing.MAIL, list_id)


def _called(work: Work, name: str) -> DistributionList | None:
    t = DistributionList
    return work.session.exec(select(t).where(t.name_key == name.casefold())).first()


def _name(name: str) -> str:
    name = clean_line(name, limit=NAME, field="name")
    if not name:
        raise ProblemForUser("Write the name of the list.", field="name")
    return name
