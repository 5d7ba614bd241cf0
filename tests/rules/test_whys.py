"""Branches that end at a person are turned back; those about the system are left alone."""

from __future__ import annotations

import pytest

from models.rules.record import WhyRecord
from models.rules.whys import PROMPTS, ends_at_people, prompt_for, turn_back

NAMES = (
    "Ada Brandt", "Ben Okafor", "Siobhán O'Brien", "Will Turner", "Grace May", "Mark Stone",
    "Jean-Luc Moreau", "Łukasz Zając", "kemi", "Dr. Wong",
)  # fmt: skip

AT_A_PERSON = """
Ada
Ben Okafor
Ada Brandt, the DBA
Human error
Operator error.
The on-call engineer
An intern
Ada chose the wrong host.
ada ran the script against production
Ben did not read the warning
Ben didn't look at the dashboard.
Will deployed the change before the freeze ended.
Mark restarted the primary
Grace merged it without waiting
O'Brien forgot the second region
O’Brien took the wrong ticket
Siobhán O'Brien pasted the key into the chat
Jean-Luc misread the graph
Łukasz turned the alert off
kemi deleted the bucket
Dr. Wong approved it
Ada and Ben assumed that the other had done it
Ada (on call) went home
Ben, the new engineer, skipped the step
The migration ran on production because Ada chose the wrong host.
Because Ben picked the wrong branch, the build was empty.
The build was empty, since Ben picked the wrong branch
The cause was that Ada was tired
It turned out that Ben had changed the limit
It was Ada's change.
Ada's typo in the config
Ben's mistake
The limit was raised by Ada
The table was dropped by an engineer
A mistake by the operator
Because of Ben
Due to an inexperienced engineer
The on-call engineer did not respond
The engineer on call ran the wrong command.
An engineer who was new ran the script
The developer had no idea that the flag was live
The engineer had no experience with the queue
The reviewer overlooked the missing index
The DBA dropped the wrong table
A contractor left the port open
The administrator manually edited the file
The operator restarted the wrong node
The SRE accidentally drained both zones
Somebody changed the setting by hand
Someone forgot to renew the certificate
Nobody looked at the channel
No one noticed the warning
Nobody checked the backup
nobody reviewed the change
The alert fired, but nobody reacted
The alert fired and the engineer on call muted it
The pipeline has no preview. Ada did not look at the host name.
The platform team changed the limit
The team was careless
Lack of attention
Lack of experience
Fatigue
People did not follow the runbook
The responders should have escalated
The engineer failed to escalate
He pushed on a Friday
She was in a hurry
I ran it twice
Whoever deployed it ignored the warning
An employee clicked on the link
Ada was careless
Bad decision by the commander
Wrong command typed by Ben
"""

ABOUT_THE_SYSTEM = """
The database operator (Kubernetes) restarted
The Kubernetes operator evicted the pod
The Postgres operator restarted the primary
The operator reconciled the old value
The operator crashed
Nobody was paged because the alert had no route
Nobody was paged.
No one had been told that the limit was lower
Nobody owned the alert
Nobody owns the export since the teams were split
The service has no owner
The on-call engineer was not paged
The on-call engineer had no access to the database
The engineer on call could not see the queue
The engineer on call had to type the host name by hand
The responders had only the dashboard of the old cluster
No runbook tells the on-call engineer how to end a waiting statement
The runbook does not say whom the engineer calls
Only two people know how to fail over
Ada ran the script because the tool does not show which host it is on
Ben merged it. The pipeline lets a change through with one failing check.
The alert went to Ada only, and she was not on the rota
The page went to the old number of Ben
The key was known to one person
The admin panel accepted the change without asking
The team channel is not watched at night
The on-call schedule ended in March
The on-call rota covers working hours only
The developer portal showed the old limit
Engineers deploy from their laptops
Every engineer can delete the bucket
A change to the limit needs no second person
Changes of the limit are reviewed by one person
The hand-over between the two teams has no list
The grace period was too short
The bill run failed at midnight
It will retry without limit
The mark-and-sweep run stopped the process
Users uploaded larger files than the limit allows
Customers retried at once
The health check failed
The retry limit is zero by default.
The alert counts failed requests, and a waiting request fails only after a minute.
Staging holds one per cent of the rows and runs no exports.
The template sets no timeout.
The certificate is renewed by hand, and nothing reminds anybody
The vendor changed the API without a version
The name of the host looks the same in both regions
The dashboard showed the average, which hid the slow region
Backups are written, but no restore has been tried
The tool asks for confirmation, and the question is the same for every host
Two pages reached the same person within an hour, and the second was grouped with the first
The person on call covers three services
There is no rota for this database outside working hours
The documentation describes the old failover
The export was written when the table was small
Nothing limits how long a transaction may last
The pipeline ends its own job and sends no cancel to the database
The feature flag had no owner after the team was split
The engineers were not given the new password
The staff directory was down
The human-readable name of the zone is the same
The support queue has no alert
Support asked within six minutes
The people on the rota were never trained on this database
The incident commander was assigned after forty minutes by the bot
The person named in the runbook left in May
Alert fatigue: 140 pages in a week, 130 of them without an action
Reviewers see only the diff
Approval is asked of a team that no longer exists
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("text", lines(AT_A_PERSON))
def test_a_branch_that_ends_at_a_person_is_turned_back(text: str) -> None:
    assert turn_back(text, NAMES)


@pytest.mark.parametrize("text", lines(ABOUT_THE_SYSTEM))
def test_a_branch_that_ends_at_the_system_is_left_alone(text: str) -> None:
    assert turn_back(text, NAMES) is None


def test_there_are_sixty_examples_each_way() -> None:
    assert min(len(lines(AT_A_PERSON)), len(lines(ABOUT_THE_SYSTEM))) >= 60


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Ada chose the wrong host", "What did Ada Brandt see and know"),
        ("O’Brien took the wrong ticket", "What did Siobhán O'Brien see and know"),
        ("kemi deleted the bucket", "What did kemi see and know"),
        ("The engineer chose the wrong host", "What did they see and know"),
    ],
)
def test_the_question_is_about_what_they_saw_and_what_made_it_sensible(
    text: str, asked: str
) -> None:
    question = turn_back(text, NAMES)
    assert question is not None
    assert asked in question
    assert "made this the sensible or the easy thing to do" in question


def test_only_the_ends_of_branches_are_asked_about() -> None:
    tree = WhyRecord(
        "Orders were late",
        id="root",
        children=(
            WhyRecord("Ben switched the queue off", id="way", children=(
                WhyRecord("The switch is next to the one for the test queue", id="fine"),
            )),
            WhyRecord("Ada chose the wrong host", id="end"),
        ),
    )  # fmt: skip
    assert [end.why_id for end in ends_at_people([tree], NAMES)] == ["end"]


def test_an_empty_answer_ends_nowhere() -> None:
    assert turn_back("", NAMES) is None
    assert turn_back(" \n", [""]) is None


def test_a_hostile_text_is_read_in_no_time() -> None:
    for text in ("Ada and " * 1000, "the " * 3000, "because " * 1500, ", the engineer" * 700):
        turn_back(text, NAMES)


def test_neighbours_get_different_prompts() -> None:
    assert len({prompt_for(depth, 0) for depth in range(3)}) == 3
    assert len({prompt_for(1, position) for position in range(len(PROMPTS))}) == len(PROMPTS)
