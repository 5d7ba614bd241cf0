"""The life of a post-mortem: Draft → In review → Published → Closed, and back."""

from __future__ import annotations

from models.rules.problems import ProblemForUser
from models.rules.vocabulary import PostmortemStatus, words

D, R, P, C = (
    PostmortemStatus.DRAFT,
    PostmortemStatus.IN_REVIEW,
    PostmortemStatus.PUBLISHED,
    PostmortemStatus.CLOSED,
)
FORWARD: dict[PostmortemStatus, tuple[PostmortemStatus, ...]] = {D: (R, P), R: (P,), P: (C,), C: ()}
BACK: dict[PostmortemStatus, tuple[PostmortemStatus, ...]] = {D: (), R: (D,), P: (D,), C: (D, P)}
EDITABLE = frozenset({D, R})


def check_move(old: PostmortemStatus, new: PostmortemStatus, reason: str) -> None:
    """Raises ProblemForUser when the move is not one of the life, or a move back has no reason."""
    if new in FORWARD[old]:
        return
    if new not in BACK[old]:
        raise ProblemForUser(
            f"A post-mortem that is {words(old)} cannot become {words(new)} in one step."
        )
    if old is not R and not reason:
        raise ProblemForUser(
            "Say why it is opened again; the reason is kept with the post-mortem.", field="reason"
        )


def check_editable(status: PostmortemStatus) -> None:
    """Raises ProblemForUser when the words are frozen. Action status can change at any time."""
    if status not in EDITABLE:
        raise ProblemForUser(
            f"This post-mortem is {words(status)}, so its words are frozen. "
            "Reopen it on the Publish step to change them; the published revision stays as it is."
        )
