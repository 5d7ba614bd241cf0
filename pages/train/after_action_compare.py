"""Two runs of the same scenario side by side: what was decided, when, and how the rules went."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise.comparison import Comparison, Parting
from models.rules.exercise.scoring import ChoiceResult, RuleResult, Score
from models.rules.policy import Who
from models.rules.vocabulary import words
from pages.components.pictures import is_phone
from pages.components.problems import escape
from pages.learn.published_parts import heading, table
from pages.train.seated import link
from reports.exercise_rows import RULE_NAMES
from reports.exercise_summary import percent
from services.exercise_log import Run
from services.exercise_reviews import get_comparison, list_comparable

Rows = list[tuple[str, str, str]]


def show_compare(person: Who, run: Run) -> None:
    others = {one.id: one.name for one in list_comparable(person, run.id)}
    if not others:
        st.markdown(
            "There is no other run of this scenario to compare with yet. Play it again, after a "
            "quarter or with other people, and see what changed."
        )
        link("train/scenario.py", "Play it again", ":material/replay:", id=run.scenario.id)
        return
    other = st.selectbox(
        "Compare with", list(others), key=f"{run.id}:other", format_func=others.__getitem__
    )
    found = get_comparison(person, run.id, other)
    for sentence in found.differences:
        st.caption(f":material/info: {escape(sentence)}")
    if found.parting is not None:
        st.markdown(parting_words(found.parting, found.names))
    heading("Score")
    show_table("", found, scores(found))
    heading("Decisions")
    show_table("Question", found, decisions(found))
    heading("When it happened")
    show_table("Moment", found, moments(found))
    heading("Rules of response")
    show_table("Rule", found, rules(found))


def show_table(first: str, found: Comparison, rows: Rows) -> None:
    names = [escape(name) for name in found.names]
    if not rows:
        st.markdown("Nothing of this kind happened in either run.")
    elif not is_phone():
        st.markdown(table((first, *names), rows))
    else:
        for title, this, other in rows:
            st.markdown(
                f"**{title}**  \n:small[:gray[This run]] {this}  \n:small[:gray[The other]] {other}"
            )


def parting_words(parting: Parting, names: tuple[str, str]) -> str:
    ways = [
        f"{escape(name)} went on to “{escape(title)}”" if title else f"{escape(name)} ended there"
        for name, title in zip(names, (parting.first, parting.second), strict=True)
    ]
    return (
        f":material/fork_right: The ways part after **{escape(parting.title)}**: "
        f"{ways[0]}, and {ways[1]}."
    )


def scores(found: Comparison) -> Rows:
    def both(say) -> tuple[str, str]:
        return say(found.scores[0]), say(found.scores[1])

    return [
        ("Process: rules of response", *both(lambda score: percent(score.process))),
        ("Decisions: points of those offered", *both(points)),
    ]


def points(score: Score) -> str:
    if score.decision is None:
        return percent(None)
    return f"{percent(score.decision)} ({score.gained} of {score.possible})"


def decisions(found: Comparison) -> Rows:
    rows = []
    for one in found.decisions:
        again = f" :small[:gray[time {one.visit}]]" if one.visit > 1 else ""
        same = " :small[:gray[the same]]" if one.same else ""
        rows.append((escape(one.title) + again + same, chosen(one.first), chosen(one.second)))
    return rows


def chosen(choice: ChoiceResult | None) -> str:
    if choice is None:
        return "Did not come to it"
    counted = f"{choice.gained} of {choice.possible}" if choice.counts else "not counted"
    return f"{escape(choice.label)} :small[:gray[{choice.story // 60:,} min · {counted}]]"


def moments(found: Comparison) -> Rows:
    return [
        (one.name, minute(one.first), minute(one.second))
        for one in found.moments
        if one.first is not None or one.second is not None
    ]


def minute(story: int | None) -> str:
    return "–" if story is None else f"{story // 60:,} min"


def rules(found: Comparison) -> Rows:
    return [(RULE_NAMES[one.rule], kept(one.first), kept(one.second)) for one in found.rules]


def kept(result: RuleResult | None) -> str:
    if result is None:
        return "Not a rule there"
    return f"**{words(result.verdict).capitalize()}** {escape(result.sentence)}"
