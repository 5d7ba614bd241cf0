from __future__ import annotations

import pytest

from models.rules.problems import ProblemForUser
from models.rules.sending.server import MailServer, Security, server_in

LEAST = {"HOTWASH_SMTP_HOST": "mail.example.org", "HOTWASH_SMTP_FROM": "hotwash@example.org"}


def test_without_a_host_there_is_no_mail() -> None:
    assert server_in({"HOTWASH_SMTP_FROM": "hotwash@example.org"}) is None


@pytest.mark.parametrize(
    ("security", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)]
)
def test_the_usual_port_goes_with_the_security(security: str, port: int) -> None:
    found = server_in({**LEAST, "HOTWASH_SMTP_SECURITY": security})
    assert found == MailServer(
        "mail.example.org", port, "hotwash@example.org", Security(security or "starttls")
    )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"HOTWASH_SMTP_SECURITY": "ssl"}, "HOTWASH_SMTP_SECURITY is “ssl”"),
        ({"HOTWASH_SMTP_PORT": "0"}, "HOTWASH_SMTP_PORT is “0”"),
        ({"HOTWASH_SMTP_PORT": "٢٥"}, "HOTWASH_SMTP_PORT"),
        ({"HOTWASH_SMTP_FROM": ""}, "HOTWASH_SMTP_FROM must be the one address"),
        ({"HOTWASH_SMTP_FROM": "a@example.org, b@example.org"}, "HOTWASH_SMTP_FROM"),
        ({"HOTWASH_SMTP_SECURITY": "none", "HOTWASH_SMTP_USER": "ada"}, "in the clear"),
    ],
)
def test_what_cannot_be_meant_is_refused(more: dict[str, str], words: str) -> None:
    with pytest.raises(ProblemForUser, match=words):
        server_in({**LEAST, **more})


def test_the_password_shows_nowhere() -> None:
    found = server_in({**LEAST, "HOTWASH_SMTP_USER": "ada", "HOTWASH_SMTP_PASSWORD": "s3cret"})
    assert found is not None
    assert found.password == "s3cret"
    assert "s3cret" not in f"{found!r}{found}"


def test_a_refused_setting_does_not_repeat_the_password() -> None:
    wrong = {**LEAST, "HOTWASH_SMTP_PASSWORD": "s3cret", "HOTWASH_SMTP_PORT": "x"}
    with pytest.raises(ProblemForUser) as problem:
        server_in(wrong)
    assert "s3cret" not in problem.value.message
