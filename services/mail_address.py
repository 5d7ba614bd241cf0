"""Where a person gets mail: their own to give, to change and to take back."""

from __future__ import annotations

from models.rules.policy import Thing, Verb, Who
from models.rules.sending.addresses import check_domain, one_address
from models.tables.people import Person
from services.settings import settings
from services.unit_of_work import compare_and_set, reading, writing


def get_email(who: Who) -> str:
    """The address of the acting person, "" when they gave none."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.SETTINGS)
        return work.get(Person, who.person_id or "", "person").email


def save_email(who: Who, email: str, was: str) -> None:
    """Where the acting person gets mail, "" for nowhere. Raises ProblemForUser for what is not
    exactly one address, and for one that mail may not go to."""
    if email.strip():
        email = one_address(email)
        check_domain(email, settings().mail_domains)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        person = work.get(Person, who.person_id or "", "person")
        if compare_and_set(person, "email", email.strip(), was, words="e-mail address"):
            work.audit("person.email_saved", Thing.PEOPLE, person.id)
