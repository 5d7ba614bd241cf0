"""The short code by which people find an exercise or a meeting: said aloud, or read from a screen.

No two of its signs look or sound alike enough to be taken for one another, and what people type
for a sign instead (O for 0, S for 5) is read as the sign. There are no vowels, so no words.
"""

from __future__ import annotations

from models.rules.problems import ProblemForUser

SIGNS = "0123456789CFHJKMNPRTVWXY"
LENGTH = 6  # 191 million codes
RANDOM_BYTES = 8  # enough that the remainder favours no code by more than one in 10¹¹
_MEANT = str.maketrans("OQDILSBZGU", "000115826V")


def make_join_code(random: bytes) -> str:
    """A code such as `7KF2MX`, as it is kept. `random` are at least 8 bytes nobody can guess; the
    caller asks again when the code is in use."""
    if len(random) < RANDOM_BYTES:
        raise ValueError(f"{RANDOM_BYTES} random bytes are needed")
    number = int.from_bytes(random, "big")
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(SIGNS))
        signs.append(SIGNS[place])
    return "".join(signs)


def show_join_code(code: str) -> str:
    """`7KF 2MX`: in two halves, as people say it."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def read_join_code(text: str) -> str:
    """The code as it is kept, from what somebody typed: small letters, spaces, hyphens and signs
    that look alike are no harm. Raises ProblemForUser for what cannot be a code."""
    signs = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_MEANT)
    if len(signs) != LENGTH or set(signs) - set(SIGNS):
        raise ProblemForUser(
            f"A join code has {LENGTH} letters and figures, like {show_join_code('7KF2MX')}. "
            "Read it again from the facilitator's screen.",
            field="code",
        )
    return signs
