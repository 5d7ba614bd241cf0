"""What a quarterly review says, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from models.rules.metrics.change import Verdict
from models.rules.metrics.measures import Key
from models.rules.metrics.said import (
    COMPARING,
    NO_FIGURE,
    done_words,
    estimated_words,
    left_out_words,
    minutes_words,
    share_words,
    verdict_words,
    with_interval,
)
from reports.drawings.marks import LEVELS, level_words
from reports.phrasing import count, day
from reports.prose import cut_at_word
from reports.quarterly_facts import (
    FactorLine,
    MeasureLine,
    QuarterlyDocument,
    QuarterlyFacts,
    SmellLine,
)

MEASURES_HEADS = (
    "Measure", "n", "Median, its interval", "90th percentile", "Quarter before", "What can be said",
)  # fmt: skip
MOST_PROMISES, MOST_FACTORS, MOST_EXERCISES = 12, 8, 10
MOST_RETURNING = 3
STOPPED = "Ended early"
ENDINGS = {
    "good": "Good ending", "mixed": "Mixed ending", "bad": "Bad ending",
}  # fmt: skip


@dataclass(frozen=True)
class Contents:
    """Everything of one review, said from its document."""

    doc: QuarterlyDocument

    @property
    def facts(self) -> QuarterlyFacts:
        return self.doc.facts

    @property
    def title(self) -> str:
        first, last = self.facts.quarter.start, self.facts.quarter.end
        months = [f"{first:%B}", f"{last.replace(month=last.month - 1 or 12):%B}"]
        return f"{' to '.join(months)} {self.facts.quarter.year}"

    @property
    def provenance(self) -> str:
        return (
            f"Quarterly review {self.facts.quarter}, days in UTC. As of {day(self.doc.day)}. It "
            "names no owner and no participant; titles and promises stand as they were written."
        )

    def key_facts(self) -> list[tuple[str, str]]:
        """Name and value of what stands at the head."""
        known = [("Incidents", self.frequency()), ("Against", f"{self.facts.quarter.before}")]
        by_level = {
            level: sum(n for month, of, n in self.facts.counts if of is level and self._own(month))
            for level in LEVELS
        }
        found = [f"{n:,} {level_words(level)}" for level, n in by_level.items() if n]
        known.append(("By severity", ", ".join(found) or "None"))
        known.append(("Noticed first", self.noticed()))
        if self.doc.as_of < self.facts.quarter.end:
            known.append(("Not over", f"Counted up to {day(self.doc.day)}"))
        return known

    def _own(self, month: str) -> bool:
        return month in self.facts.months[-3:]

    # --- what to discuss ----------------------------------------------------------------------

    def to_discuss(self) -> list[str]:
        """Questions, from what the rest of the review shows."""
        return [*self._changes(), *self._returning(), *self._promises(), *self._habits()]

    def _changes(self) -> Iterator[str]:
        claimed = [x for x in self.facts.measures if x.verdict in (Verdict.LOWER, Verdict.HIGHER)]
        for each in claimed:
            yield (
                f"{each.measure.name} is {each.verdict} than in the quarter before: median "
                f"{minutes_words(each.now.median)} (n = {each.now.n:,}), before "
                f"{minutes_words(each.before.median)} (n = {each.before.n:,}). What is different?"
            )
        if self.facts.change.verdict in (Verdict.LOWER, Verdict.HIGHER):
            now, before = self.facts.change.now, self.facts.change.before
            yield f"The number of incidents changed: {now:,}, before {before:,}. Why?"
        elif not self.facts.incidents:
            yield "No incident began in this quarter. Is everything declared that should be?"
        elif not claimed:
            yield (
                "No measure shows a detectable change against the quarter before. Talk about "
                "single incidents and what they taught, not about the figures."
            )

    def _returning(self) -> Iterator[str]:
        back = [f for f in self.facts.factors if f.counts[-1] and any(f.counts[:-1])]
        for factor in back[:MOST_RETURNING]:
            seen = share_words(factor.counts[-1], self.facts.reviewed[-1])
            yield (
                f"“{factor.name}” came back: in {seen} post-mortems of the quarter, and "
                f"{count(sum(factor.counts[:-1]), 'time')} in the three quarters before. Was what "
                "was promised against it done, and was it enough?"
            )

    def _promises(self) -> Iterator[str]:
        promises = self.facts.promises
        if promises.overdue:
            yield (
                f"{share_words(promises.overdue, promises.open)} open promises are overdue. Which "
                "are still worth it, and which are declined with a reason?"
            )

    def _habits(self) -> Iterator[str]:
        seen = [smell.name for smell in self.facts.smells if smell.records]
        if seen:
            yield f"Habits that the records show: {', '.join(seen)}. Which one do we try to change?"
        if not self.facts.exercises:
            yield "No exercise was run in this quarter. Which scenario is next, and for whom?"

    # --- how long, how often ------------------------------------------------------------------

    def measures(self) -> list[tuple[str, ...]]:
        """A row for each measure that has values, now or before, under MEASURES_HEADS."""
        return [
            (
                each.measure.name,
                f"{each.now.n:,}",
                with_interval(each.now.median, each.now.median_interval),
                minutes_words(each.now.p90),
                f"{minutes_words(each.before.median)} (n = {each.before.n:,})",
                verdict_words(each.verdict),
            )
            for each in self.facts.measures
            if each.now.n or each.before.n
        ]

    def about_measures(self) -> list[str]:
        """For each measure what was left out and why, and how it stands to its standard."""
        return [f"{each.measure.name}. {_about(each)}" for each in self.facts.measures]

    @property
    def comparing(self) -> str:
        return COMPARING

    def frequency(self) -> str:
        change = self.facts.change
        return f"{change.now:,}, before {change.before:,}. {verdict_words(change.verdict)}"

    def noticed(self) -> str:
        known = self.facts.noticed
        n = known.monitoring + known.people
        if not n:
            return "The timelines do not tell"
        return f"By monitoring {share_words(known.monitoring, n)}; {known.unknown:,} not known"

    def month_rows(self) -> list[tuple[str, ...]]:
        """Each month of the last twelve, with the number of each of LEVELS."""
        found = {(month, level): n for month, level, n in self.facts.counts}
        return [
            (month, *(f"{found.get((month, level), 0):,}" for level in LEVELS))
            for month in self.facts.months
        ]

    # --- what came back, what is open, what was practised ---------------------------------------

    def quarters(self) -> list[str]:
        """The four quarters of the factors with how many post-mortems each has."""
        named = [self.facts.quarter]
        while len(named) < len(self.facts.reviewed):
            named.insert(0, named[0].before)
        return [f"{q} (n = {n:,})" for q, n in zip(named, self.facts.reviewed, strict=True)]

    def factors(self) -> list[tuple[str, ...]]:
        found: tuple[FactorLine, ...] = self.facts.factors[:MOST_FACTORS]
        return [(each.name, *(f"{n:,}" for n in each.counts)) for each in found]

    def more_factors(self) -> str:
        return _more(len(self.facts.factors), MOST_FACTORS, "factor")

    def promises(self) -> list[tuple[str, str, str]]:
        return [
            (
                cut_at_word(each.text, 200),
                _due(each.due_on.isoformat() if each.due_on else "", each.overdue),
                cut_at_word(each.source, 100) + (f", {each.severity}" if each.severity else ""),
            )
            for each in self.facts.promises.rows[:MOST_PROMISES]
        ]

    def about_promises(self) -> str:
        promises = self.facts.promises
        said = f"{count(promises.open, 'promise')} open now, {promises.overdue:,} overdue."
        own = f" Of this quarter’s incidents: {done_words(promises.done, promises.promised)}"
        return said + own

    def more_promises(self) -> str:
        return _more(self.facts.promises.open, MOST_PROMISES, "open promise")

    def exercises(self) -> list[tuple[str, ...]]:
        return [
            (
                each.title,
                each.team or "No team",
                day(each.ended_on),
                ENDINGS.get(each.ending, STOPPED),
            )
            for each in self.facts.exercises[:MOST_EXERCISES]
        ]

    def more_exercises(self) -> str:
        return _more(len(self.facts.exercises), MOST_EXERCISES, "exercise")

    def smells(self) -> list[tuple[str, str, str]]:
        """Those that were seen, where, and what to try."""
        return [
            (each.name, _where(each), each.to_try) for each in self.facts.smells if each.records
        ]

    def calm(self) -> str:
        """Those that were looked for and not seen."""
        names = [each.name for each in self.facts.smells if not each.records and each.looked_at]
        return f"Looked for and not seen: {', '.join(names)}." if names else ""


def _about(line: MeasureLine) -> str:
    said = [left_out_words(line.excluded), estimated_words(line.estimated, line.now.n)]
    if (standard := line.measure.standard) and line.judged:
        whose = f", {standard.severity}" if standard.severity else ""
        met = share_words(line.met, line.judged)
        said.append(f"Standard {standard.words}{whose}: met by {met}.")
    if line.measure.key is Key.BETWEEN and line.few:
        said.append(f"{count(line.few, 'service')} with fewer than three. {NO_FIGURE}")
    return " ".join(part for part in said if part)


def _where(smell: SmellLine) -> str:
    return f"{count(smell.records, 'record')}; looked at {smell.looked_at:,} {smell.unit}"


def _due(on: str, overdue: bool) -> str:
    return f"{on}, overdue" if overdue else on or "No date"


def _more(found: int, most: int, what: str) -> str:
    return f"And {count(found - most, 'more ' + what)}." if found > most else ""
