"""The rules of the blame-aware reading, in one table: what each looks for, why it matters, what to
write instead, and examples that are its tests (tests/rules/test_wording.py).

The order matters where two rules find the same words: the earlier rule is the more specific one
and stays. How a rule finds its words is in wording_…_searches.py, under the same id.
Sources: FIELD.md, "Stance" and "Post-mortem" 1 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """`judges` when the words judge, rather than name a remedy: asked of a timeline row. In
    `suggestion`, {span} is the words found and {instead} an example that fits them."""

    id: str
    looks_for: str
    why: str
    suggestion: str
    finds: tuple[str, ...]
    leaves: tuple[str, ...]
    judges: bool = True


RULES: tuple[Rule, ...] = (
    Rule(
        id="human-error",
        looks_for="Human error, or another name for it, as an explanation.",
        why="It ends the search where it should begin: the same step will go wrong again for "
        "somebody else.",
        suggestion="Instead of “{span}”, say what made the step easy to get wrong, for example "
        "“the command accepted the production host without asking”.",
        finds=(
            "The outage was down to human error.",
            "Root cause: operator error during the switch.",
            "We put this down to user error.",
            "A fat finger took the region offline.",
            "The problem sits between the keyboard and the chair.",
            "The weakest link was the human in the loop.",
        ),
        leaves=(
            "This is not about human error.",
            "“Human error” is never a root cause for us.",
            "The user error rate rose to 4 %.",
            "The form showed a user error message in the wrong language.",
            "Most user errors are caused by the date field.",
        ),
    ),
    Rule(
        id="knew-better",
        looks_for="That somebody should have known, or that it was common sense.",
        why="What is plain today was one signal among many then; this measures people by the end "
        "of the story.",
        suggestion="Instead of “{span}”, say what was known at the time and where the missing "
        "knowledge was kept, for example “the limit was written only in the vendor's notes”.",
        finds=(
            "Ada should have known better.",
            "They knew better than to deploy on a Friday.",
            "Checking the target is common sense.",
            "As everyone knows, the cache must be drained first.",
            "Any fool could have seen it.",
            "It does not take a genius to see the limit.",
        ),
        leaves=(
            "We did not know that the limit had been lowered.",
            "The limit was known to one team only.",
            "Nobody could have known that the disk was failing.",
            "Ensure everyone knows the runbook.",
            "A good alert would have named the shard.",
        ),
    ),
    Rule(
        id="rhetorical-question",
        looks_for="A question that accuses: why did nobody, how could anyone, who on earth.",
        why="Nobody can answer it but by a confession, so nobody will speak.",
        suggestion="Instead of “{span}”, ask what people saw and knew at that moment, and what "
        "made their step the sensible one.",
        finds=(
            "Why did nobody check the replica?",
            "Why didn't the on-call engineer escalate?",
            "How could anyone miss that alert?",
            "Who on earth deploys on a Friday?",
        ),
        leaves=(
            "Why did nobody get paged? The route had no receiver.",
            "Why did the alert not fire?",
            "How could the tool have warned us?",
            "What was on the screen when the engineer chose the host?",
        ),
    ),
    Rule(
        id="cause-is-a-person",
        looks_for="A root cause that is a person or a team.",
        why="A person is never the cause: anybody in that place, with that knowledge, could have "
        "done the same.",
        suggestion="Instead of “{span}”, ask what let one person's action become an outage, and "
        "write that: a missing check, an unclear tool, a limit nobody could see.",
        finds=(
            "Root cause: Ben.",
            "Root cause: Ben deleted the table.",
            "The root cause was an engineer who ran the wrong script.",
            "The developer was the real cause.",
            "| Root cause | the on-call engineer |",
        ),
        leaves=(
            "Root cause: the certificate expired.",
            "The root cause was found by Ada at 10:40.",
            "The root cause was the on-call schedule: it had a gap on Sunday.",
            "The root cause is not Ben.",
            "The primary culprit was a runaway query.",
        ),
    ),
    Rule(
        id="blame",
        looks_for="Blame or fault that is given to a person or a team.",
        why="Where blame is given out, the next report comes later and says less.",
        suggestion="Instead of “{span}”, describe what happened and what the system allowed, "
        "without saying whose it was.",
        finds=(
            "Ben is to blame for the data loss.",
            "The blame lies with the platform team.",
            "It was Ada's fault that the queue filled up.",
            "The engineer responsible for the outage has been spoken to.",
            "They have only themselves to blame.",
            "Ben must be held accountable.",
        ),
        leaves=(
            "We do not blame anyone for this.",
            "Ada is responsible for the customer messages.",
            "At first we blamed DNS.",
            "The review was blameless and short.",
            "The platform team is responsible for the database.",
        ),
    ),
    Rule(
        id="persons-mistake",
        looks_for="A mistake that is given an owner.",
        why="Naming whose mistake it was hides what made the mistake possible and hard to notice.",
        suggestion="Instead of “{span}”, say what was done and what made it look right, for "
        "example “the two hosts had the same prompt”.",
        finds=(
            "The restart was needed because of Ben's mistake.",
            "It was the developer's error that took the site down.",
            "Ada made a costly mistake.",
            "An oversight by the on-call engineer left the port open.",
            "The release manager messed up.",
            "It was a poor decision by Ben to go on.",
            "Ada's bad choice cost an hour.",
        ),
        leaves=(
            "The team's error budget for March is spent.",
            "Ada saw the scheduler's error at 10:05.",
            "The parser made a wrong guess about the encoding.",
            "It is easy to make a mistake in this form.",
            "The decision was made by the commander at 10:31.",
        ),
    ),
    Rule(
        id="character",
        looks_for="Words that judge a person's character or care.",
        why="It describes a person, not an event, and no action follows from it that would help.",
        suggestion="Leave “{span}” out and describe what was done, when, and with which "
        "information.",
        finds=(
            "The switch was done carelessly.",
            "This was negligent.",
            "Sloppy testing let the bug through.",
            "A rookie mistake in the firewall rules.",
            "Ben was too lazy to read the notes.",
            "Not checking twice is inexcusable.",
            "Inexperience played a part.",
            "There is no excuse for this.",
            "It is unacceptable that nobody answered.",
            "The operator had no clue.",
            "As usual, the developers broke it.",
        ),
        leaves=(
            "No one was careless here.",
            "The images are loaded by lazy loading.",
            "The store uses a sloppy quorum.",
            "The effect on latency was negligible.",
            "The kernel panicked at 10:02.",
            "The careless-whisper service returned 503.",
            "A lack of documentation hid the limit.",
            "The team lacked access to the console.",
        ),
    ),
    Rule(
        id="attention",
        looks_for="Attention, care or effort that was missing in a person.",
        why="Attention is limited in everybody, at three in the morning more so; the system has to "
        "work without it.",
        suggestion="Instead of “{span}”, say what competed for attention or what the screen did "
        "not show, for example “forty other alerts fired in the same ten minutes”.",
        finds=(
            "The cause was a lack of attention.",
            "The operator was not paying attention to the graphs.",
            "Support dropped the ball.",
            "Nobody bothered to read the alert.",
            "The on-call engineer was slow to respond.",
            "Ada wasted forty minutes on DNS.",
            "The review was rubber-stamped.",
            "The developers rushed the change.",
        ),
        leaves=(
            "The alert did not stand out among the others.",
            "A lack of monitoring hid the problem.",
            "Node 7 was slow to respond.",
            "The backfill took too long.",
            "It took Ada ten minutes to get access.",
        ),
    ),
    Rule(
        id="more-careful",
        looks_for="More care as the remedy.",
        why="It asks people to be better instead of making the work safer, and it fades within "
        "weeks.",
        suggestion="Replace “{span}” by a change that helps on a bad day: a check, a default, a "
        "prompt, a second pair of eyes.",
        judges=False,
        finds=(
            "Engineers must be more careful with production.",
            "Next time we will pay more attention to the graphs.",
            "Take extra care when editing the routes.",
            "Retrain Ada.",
            "The operators need retraining.",
            "Remind Ben to check the host.",
            "Disciplinary action will follow.",
        ),
        leaves=(
            "Changes are now rolled out more carefully, one zone at a time.",
            "The alert draws attention to the replica that lags.",
            "Careful reading of the logs showed two retries.",
            "Retraining the model took nine hours.",
            "The bot reminds the owner 30 days before.",
        ),
    ),
    Rule(
        id="procedure",
        looks_for="A procedure that somebody did not follow.",
        why="Work as written and work as done always differ; the interesting part is why the "
        "difference made sense.",
        suggestion="Instead of “{span}”, say what the procedure asked for, what was done, and what "
        "made that the sensible way, for example “step 4 could not be done without access”.",
        finds=(
            "The operator violated the procedure.",
            "Ben did not follow the runbook.",
            "The change procedure was not followed.",
            "The on-call engineer ignored two alerts.",
        ),
        leaves=(
            "The request violated the rate limit policy.",
            "The job skipped the review table.",
            "The runbook did not cover this case.",
            "We followed the runbook up to step 6.",
            "The load balancer ignored the health check rules.",
            "The runbook was not followed because it was out of date.",
        ),
    ),
    Rule(
        id="supposed-to",
        looks_for="What somebody was supposed to do, or that somebody did not do their job.",
        why="It holds people against a plan and leaves out what the work asked of them that day.",
        suggestion="Instead of “{span}”, say how the step was to be handed over and how anybody "
        "would have seen that it was still open.",
        finds=(
            "Ben was supposed to renew the certificate.",
            "This was supposed to be tested by Ada.",
            "The reviewers did not do their job.",
            "It was her job to watch the queue.",
        ),
        leaves=(
            "The backup was supposed to run at 02:00.",
            "The on-call engineer was supposed to be paged after five minutes.",
            "The retries did not do their job.",
            "It is the commander's job to delegate.",
        ),
    ),
    Rule(
        id="acted-alone",
        looks_for="Acting alone, in haste or against advice, told as a reproach.",
        why="People take the way that looks best from where they stand; why it did is the finding.",
        suggestion="Instead of “{span}”, say what was tried and what made the other way hard or "
        "slow, for example “the approver was asleep and the tool has no second one”.",
        finds=(
            "Ben took it upon himself to restart the primary.",
            "Without asking anyone, Ada changed the record.",
            "Instead of following the runbook, the engineer improvised.",
            "Ada refused to roll back.",
            "Ben deployed against policy.",
            "Despite repeated warnings, the team went on.",
        ),
        leaves=(
            "The server refused to start.",
            "The tool deletes without asking.",
            "Instead of the old cluster, the team used the new one.",
            "We rolled forward rather than waiting for the vendor.",
            "The job went on despite the warning in its log.",
        ),
    ),
    Rule(
        id="forgot",
        looks_for="Something that somebody forgot, neglected or omitted.",
        why="Everybody forgets; the question is what should have reminded, or made remembering "
        "needless.",
        suggestion="Instead of “{span}”, say that nothing reminded or checked, for example “the "
        "renewal was a manual step without a reminder”.",
        finds=(
            "Ada Lovelace forgot to renew the certificate.",
            "The team neglected to test the restore.",
            "Forgot to announce the maintenance.",
        ),
        leaves=(
            "It is easy to forget the second step.",
            "The header is omitted when the cache is cold.",
            "The client forgot its session after the restart.",
            "The forgotten-password page was slow.",
        ),
    ),
    Rule(
        id="failed-to",
        looks_for="A person or team that failed to do something.",
        why="It tells what did not happen, with a verdict; readers learn nothing about what the "
        "person saw and did.",
        suggestion="Instead of “{span}”, say what happened and what was there to see: {instead}",
        finds=(
            "The engineer failed to check the replica.",
            "We failed to notice the drop in traffic.",
            "On-call failed to respond.",
            "Ada saw the warning but failed to escalate.",
            "Failure to follow the change procedure.",
        ),
        leaves=(
            "The health check failed.",
            "The job failed to start.",
            "The deploy failed because the disk was full.",
            "The page to the on-call engineer failed to arrive.",
            "We failed to reproduce the error in staging.",
            "Users failed to log in for ten minutes.",
            "The supervisor failed to restart the process.",
        ),
    ),
    Rule(
        id="should-have",
        looks_for="What somebody should have done.",
        why="It is said with knowledge that nobody had then, and describes an event that did not "
        "take place.",
        suggestion="Instead of “{span}”, say what was known then, and what would have helped: "
        "{instead}",
        finds=(
            "Ada should have checked the dashboard.",
            "The developers shouldn't have deployed on a Friday.",
            "The on-call engineer should’ve escalated earlier.",
            "Should have checked the replica first.",
            "HE SHOULD HAVE CHECKED.",
            "They never should have merged this.",
            "Ben shouldve asked.",
            "Ada shoulda waited.",
            "This should have been caught by the reviewer.",
        ),
        leaves=(
            "Retries should have backed off.",
            "Every service should have an owner.",
            "An engineer should not have been able to delete the cluster.",
            "The on-call engineer should have been paged at 10:05.",
            "We should have received an alert at 10:02.",
            "Retries should back off.",
            "The alert should have fired at 09:14.",
            "The autoscaler never should have removed the last node.",
        ),
    ),
    Rule(
        id="counterfactual",
        looks_for="What would have happened, had somebody acted otherwise.",
        why="It explains an outage that did not happen, and leaves the real one unexplained.",
        suggestion="Instead of “{span}”, say what did happen and what would help next time: "
        "{instead}",
        finds=(
            "If Ada had checked the disk, nothing would have happened.",
            "We could have noticed this an hour earlier.",
            "Had the operator read the notes, the switch would have worked.",
            "A careful engineer would have asked first.",
            "With a bit more care this would not have happened.",
            "If only somebody had asked.",
            "This could have easily been avoided.",
            "A good engineer would never do that.",
            "The mistake was entirely avoidable.",
        ),
        leaves=(
            "If the cache had been warm, the database would have coped.",
            "If we had an alert on lag, the page would have come at 10:05.",
            "We could have lost the whole region.",
            "If Ben had not noticed the graph, the outage would have lasted until morning.",
            "Anyone would have made the same choice.",
            "With a bit more memory the node would have survived.",
            "If only one replica answers, the write is refused.",
            "It could easily have been the primary.",
        ),
    ),
    Rule(
        id="person-as-cause",
        looks_for="A person who is named as what brought the outage about.",
        why="The sentence stops at a person; the conditions that let one action do so much stay "
        "out of sight.",
        suggestion="Instead of “{span}”, name the change and the time, and say what let it reach "
        "production, for example “a change at 10:02 removed the index; no check looks for it”.",
        finds=(
            "The outage was caused by Ben.",
            "Orders were lost because of Ben's migration.",
            "The site went down because Ada restarted the wrong database.",
            "An engineer took down the production cluster.",
            "It was Ben who deleted the table.",
            "Ada is the reason the site was down.",
            "Ben caused it.",
            "This is on Ben.",
            "Thanks to Ben we lost the night.",
        ),
        leaves=(
            "The outage was caused by a full disk.",
            "The delay was due to Jenkins.",
            "Ada restarted the database at 10:02.",
            "The rollback was slow because Ben did not have access.",
            "Detection was quick because Ada looked at the graphs.",
            "The deploy failed because the disk was full.",
            "This is on the agenda for Thursday.",
            "Ada's dashboard is the reason we found it.",
            "Thanks to Ada's quick rollback the impact was small.",
            "Ada's change at 10:02 removed the index.",
        ),
    ),
    Rule(
        id="hindsight",
        looks_for="Words that make the past look plain: obviously, clearly, of course.",
        why="It was not plain to those who were there, or they would have acted on it.",
        suggestion="Leave “{span}” out; if it matters, say what was visible at that moment, and "
        "where.",
        finds=(
            "The limit was obviously too low.",
            "Clearly, the change had not been tested.",
            "Of course the backup was old.",
            "They just had to look at the dashboard, the operators say.",
            "The operator simply had to read the second line.",
            "For some reason Ada rebooted the primary.",
        ),
        leaves=(
            "It was not obvious which replica was the primary.",
            "The dashboard clearly shows the drop at 10:02.",
            "Over the course of the morning the queue drained.",
            "Certificates are renewed as a matter of course.",
            "We just had to wait for the cache to warm.",
            "The fix simply removes the second lookup.",
        ),
    ),
    Rule(
        id="judging-word",
        looks_for="Adverbs and verbs that pass a verdict on what somebody did.",
        why="The verdict comes from the outcome; at the time the same act looked reasonable.",
        suggestion="Instead of “{span}”, state the act alone, and add what it was based on.",
        finds=(
            "An engineer mistakenly ran the script on production.",
            "Ben blindly copied the command.",
            "The team misjudged the load.",
            "Ben dropped the wrong table.",
            "The engineer ran it against the wrong cluster.",
        ),
        leaves=(
            "The script blindly retried for an hour.",
            "The header was parsed incorrectly.",
            "A misconfigured proxy dropped the header.",
            "The wrong table was dropped by a migration.",
            "Ada noticed the wrong label.",
        ),
    ),
    Rule(
        id="not-done",
        looks_for="What somebody left out or missed, told without the reason.",
        why="What did not happen has no cause; what people saw and did instead has one.",
        suggestion="Instead of “{span}”, say what was done and what was there to see, or add why "
        "it was left out: {instead}",
        finds=(
            "Ada missed the alert.",
            "Ben didn't test the migration.",
            "The engineer did not check the target.",
            "The operator slept through the page.",
            "QA never tested the import.",
        ),
        leaves=(
            "The canary did not check the payment provider.",
            "Ben missed his train.",
            "The team did not test the restore because the test system has no room.",
            "We did not test restores of this size.",
            "Ada did not know that the limit had been lowered.",
            "The alert was missed by the filter.",
        ),
    ),
)
