"""The fields of an exercise ahead: when, how often, who leads, who sits where. What they hold is
read from the session by `times` and `wish`, in callbacks too."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import streamlit as st

from models.rules.exercise.schedule import (
    LONGEST_MIN,
    SERIES_AT_MOST,
    SHORTEST_MIN,
    MonthlySeries,
    OnDay,
    OnWeekday,
    Weekday,
    begins_at,
    expand,
    in_words,
)
from models.rules.policy import Who
from models.rules.scenario.shape import Scenario
from models.rules.times import zone_named
from pages.components.problems import escape
from services import clock
from services.exercise_plans import NOTE, Asked, Wish
from services.people import list_people, list_teams

A_WEEK = timedelta(days=7)
AFTERNOON = time(14)
ONCE, MONTHLY = "Once", "Each month"


def show_time(key: str, zone: str, at: datetime | None = None) -> None:
    """Day and time on the wall; `at` is what is saved, without it a week from today."""
    local = (at or clock.now() + A_WEEK).astimezone(zone_named(zone))
    st.date_input("Day", value=local.date(), key=f"{key}:day", format="YYYY-MM-DD")
    st.time_input(
        f"Time ({zone})",
        value=local.time() if at else AFTERNOON,
        key=f"{key}:time",
        step=timedelta(minutes=15),
    )


def show_minutes(key: str, minutes: int) -> None:
    st.number_input("Minutes", SHORTEST_MIN, LONGEST_MIN, minutes, step=5, key=f"{key}:minutes")


def show_repeat(key: str) -> None:
    """Once, or a series on the same day of each month: by its weekday or by its number."""
    often = st.segmented_control(
        "How often", (ONCE, MONTHLY), key=f"{key}:often", default=ONCE, required=True
    )
    if often != MONTHLY:
        return
    day = st.session_state[f"{key}:day"]
    choices = days_like(day)
    words = [day_words(each) for each in choices]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox("On", words, key=f"{key}:on:{day}", width=300)
        st.number_input("Every … months", 1, 12, 1, key=f"{key}:every", width=160)
        st.number_input("How many", 2, SERIES_AT_MOST, 6, key=f"{key}:count", width=160)


def show_people(key: str, scenario: Scenario, person: Who, saved: Wish | None = None) -> None:
    """Who leads, for which team, and a person for each seat."""
    names = {each.id: each.name for each in list_people(person) if each.is_active}
    teams = {team.id: team.name for team in list_teams(person)}
    with st.grid(2, min_column_width=300, gap="small"):
        choose_one("Who leads", f"{key}:leader", names, saved.led_by if saved else person.person_id)
        if teams:
            choose_one("Team", f"{key}:team", teams, saved.team_id if saved else None, "No team")
    asked = saved.people if saved else ()
    seats = {one.seat: one.person_id for one in asked if one.seat}
    st.subheader("Seats", anchor=False)
    st.caption(
        "Whoever is asked finds the exercise on their home page, and gets the seat when they join. "
        "Seats can stay open; others can join with the code."
    )
    with st.grid(2, min_column_width=300, gap="small"):
        for seat in scenario.seats:
            label = escape(seat.title if seat.required else f"{seat.title} (if there are more)")
            choose_one(label, f"{key}:seat:{seat.id}", names, seats.get(seat.id), "Nobody yet")
    if others := st.session_state.get(f"{key}:others"):
        st.session_state[f"{key}:others"] = [each for each in others if each in names]
    st.multiselect(
        "Others, without a seat",
        list(names),
        default=[one.person_id for one in asked if not one.seat and one.person_id in names],
        key=f"{key}:others",
        format_func=lambda each: names.get(each, each),
        placeholder="Choose",
    )
    st.text_area(
        "Note for everybody",
        value=saved.note if saved else "",
        key=f"{key}:note",
        max_chars=NOTE,
        placeholder="Where to meet, what to bring",
    )


def choose_one(
    label: str, key: str, names: dict[str, str], saved: str | None, placeholder: str = "Choose"
) -> None:
    """Somebody who has left, and is chosen already, is in the list too."""
    choices = list(names)
    if saved and saved not in names:
        choices.append(saved)
    if st.session_state.get(key) not in (None, *choices):  # somebody who has left since
        st.session_state[key] = None
    st.selectbox(
        label,
        choices,
        key=key,
        index=choices.index(saved) if saved else None,
        format_func=lambda each: names.get(each, "Somebody who has left"),
        placeholder=placeholder,
    )


def days_like(day: date) -> list[OnWeekday | OnDay]:
    """The days of a month that a day stands for: the first Tuesday, the last Tuesday, the 3rd."""
    which = (day.day - 1) // 7 + 1
    found: list[OnWeekday | OnDay] = [OnWeekday(which, Weekday(day.weekday()))] * (which <= 4)
    if (day + A_WEEK).month != day.month:
        found.append(OnWeekday(-1, Weekday(day.weekday())))
    return [*found, OnDay(day.day)]


def day_words(on: OnWeekday | OnDay) -> str:
    """`the first Tuesday`, `the 15th`."""
    said = in_words(MonthlySeries(on, AFTERNOON, "UTC"))
    return said.removeprefix("On ").split(" of each month")[0]


def series(key: str, zone: str) -> MonthlySeries | None:
    state, day = st.session_state, st.session_state[f"{key}:day"]
    if state.get(f"{key}:often") != MONTHLY:
        return None
    on = {day_words(each): each for each in days_like(day)}[state[f"{key}:on:{day}"]]
    return MonthlySeries(on, state[f"{key}:time"], zone, int(state[f"{key}:every"]))


def times(key: str, zone: str) -> tuple[datetime, ...]:
    """The moments (UTC) that the fields stand for."""
    state, rule = st.session_state, series(key, zone)
    day = state[f"{key}:day"]
    if rule is None:
        return (begins_at(day, state[f"{key}:time"], zone),)
    return expand(rule, day, int(state[f"{key}:count"]))


def times_words(key: str, zone: str) -> str:
    rule = series(key, zone)
    return in_words(rule) if rule else "Once"


def wish(key: str, scenario_id: str) -> Wish:
    state = st.session_state
    prefix = f"{key}:seat:"
    seated = [
        Asked(chosen, name.removeprefix(prefix))
        for name, chosen in state.items()
        if isinstance(name, str) and name.startswith(prefix) and chosen
    ]
    others = [Asked(chosen) for chosen in state[f"{key}:others"]]
    return Wish(
        scenario_id=scenario_id,
        minutes=int(state[f"{key}:minutes"]),
        led_by=state[f"{key}:leader"] or "",
        team_id=state.get(f"{key}:team"),
        people=(*seated, *others),
        note=state[f"{key}:note"],
    )


def open_seat_words(key: str, scenario: Scenario) -> str:
    """`Nobody is asked yet for: …`, or nothing."""
    taken = {asked.seat for asked in wish(key, scenario.id).people}
    missing = [seat.title for seat in scenario.seats if seat.required and seat.id not in taken]
    return f"Nobody is asked yet for: {', '.join(missing)}." if missing else ""


def forget(key: str) -> None:
    """From a callback: the fields begin anew."""
    for name in list(st.session_state):
        if isinstance(name, str) and name.startswith(f"{key}:"):
            del st.session_state[name]
