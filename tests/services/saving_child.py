"""Saves one value after another and says each that was acknowledged; run as a process to kill."""

from __future__ import annotations

import sys

from services import people, postmortems, timeline


def main(postmortem_id: str, begin: int) -> None:
    """Each round is four saves: the summary, two events, and the merge of the two."""
    who = people.introduce("Ada Brandt")
    record = postmortems.get_postmortem(who, postmortem_id)
    incident, was = record.incidents[0], record.summary
    at = incident.events[0].at
    print("ready", flush=True)
    for number in range(begin, begin + 100_000):
        postmortems.save_summary(who, postmortem_id, str(number), was)
        was = str(number)
        pair = [timeline.add_event(who, incident.id, f"{part} {number}", at=at) for part in "ab"]
        timeline.merge_events(who, pair)
        print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
