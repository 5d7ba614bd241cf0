"""What somebody has just done to a draft, in a few words for the others at it."""

from __future__ import annotations

_WORDS = {
    "postmortem.title_saved": "changed the title",
    "postmortem.summary_saved": "changed the summary",
    "postmortem.meeting_at_saved": "changed the time of the meeting",
    "postmortem.owner_id_saved": "changed the owner",
    "postmortem.facilitator_id_saved": "changed the facilitator",
    "postmortem.no_actions_reason_saved": "changed why there are no actions",
    "postmortem.impact_saved": "changed the impact",
    "postmortem.lesson_added": "added a lesson",
    "postmortem.lesson_saved": "changed a lesson",
    "postmortem.lesson_removed": "took a lesson away",
    "postmortem.lessons_carried": "brought lessons from the meeting",
    "postmortem.incident_added": "added an incident",
    "postmortem.participant_saved": "changed who takes part",
    "postmortem.participant_removed": "changed who takes part",
    "postmortem.published": "published the post-mortem",
    "timeline.edited": "changed the timeline",
    "timeline.undone": "took back a change of the timeline",
    "evidence.added": "added evidence",
    "evidence.removed": "took evidence away",
    "incident.clock_saved": "changed a time of the incident",
    "incident.severity_saved": "changed the severity",
    "why.added": "added a why",
    "why.saved": "changed a why",
    "why.moved": "moved a why",
    "why.removed": "took a why away",
    "why.events_saved": "changed what shows a why",
    "factors.tagged": "changed the contributing factors",
    "action.added": "added an action",
    "action.saved": "changed an action",
    "action.removed": "took an action away",
    "review.asked": "asked somebody to review",
    "review.signed": "signed off",
    "comment.added": "wrote a comment",
    "comment.replied": "replied to a comment",
    "comment.changed": "changed a comment",
    "comment.resolved": "resolved a comment",
    "comment.reopened": "opened a comment again",
    "proposal.made": "proposed a correction of the timeline",
    "proposal.accepted": "accepted a correction of the timeline",
    "proposal.not_taken": "answered a proposed correction",
}


def change_in_words(name: str, action: str) -> str:
    """`action` as the audit line has it; one that has no words of its own is a change."""
    return f"{name} {_WORDS.get(action, 'changed the draft')}"
