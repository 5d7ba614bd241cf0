"""How the words of other tools become SEV0 to SEV3. One table, so that it can be read and argued
with; every reading that uses it says so, and the person can choose another severity."""

from __future__ import annotations

from integrations.json_fields import Notes
from models.rules.record_json import shown
from models.rules.vocabulary import Severity, words

PRIORITIES = {
    "P1": Severity.SEV0,
    "P2": Severity.SEV1,
    "P3": Severity.SEV2,
    "P4": Severity.SEV3,
    "P5": Severity.SEV3,
}
IMPACTS = {
    "critical": Severity.SEV0,
    "major": Severity.SEV1,
    "minor": Severity.SEV2,
    # the words of Instatus
    "majoroutage": Severity.SEV0,
    "partialoutage": Severity.SEV1,
    "minoroutage": Severity.SEV2,
    "degradedperformance": Severity.SEV2,
}
ALERT_LABELS = {
    "critical": Severity.SEV1,
    "warning": Severity.SEV2,
    "info": Severity.SEV3,
}


def severity_of(word: str, table: dict[str, Severity], notes: Notes) -> Severity | None:
    """The severity that `word` stands for: from the table, or the word itself where it is one of
    SEV0 to SEV3. None, and said so, for a word that the table does not know."""
    if not word:
        return None
    plain = word.strip().casefold()
    known = {key.casefold(): severity for key, severity in table.items()}
    own = {severity.value.casefold(): severity for severity in Severity}
    severity = known.get(plain) or own.get(plain.replace("-", "").replace(" ", ""))
    tool = words(notes.source)
    if severity is None:
        reading = "stands for no severity here, so it was left open"
    else:
        reading = f"was read as {severity}"
    notes.assume(f"“{shown(word)}” of {tool} {reading} (incidents: {{count}}).")
    return severity
