from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.problems import ProblemForUser
from models.rules.sending.addresses import addresses_in, check_domain, domains_in, one_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  Ada.Brandt+hotwash@Mail.Example.ORG ", "Ada.Brandt+hotwash@mail.example.org"),
        ("Ada Brandt <ada@example.org>", "ada@example.org"),
        ('"Brandt, Ada" <ada@example.org>', "ada@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("ada\u200b@example.org", "ada@example.org"),
    ],
)
def test_one_address_is_read(typed: str, address: str) -> None:
    assert one_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "", "ada", "ada@", "@example.org", "ada@example", "ada@@example.org",
        "ada@example.org,eve@example.org", "ada@example.org eve@example.org",
        "ada,eve@example.org", "Ada <ada@example.org>, Eve <eve@example.org>",
        "ada@example.org\nBcc: eve@example.org", "ada@example.org\r\nRCPT TO:<eve@example.org>",
        "<ada@example.org", "ada@exa mple.org", "ada..b@example.org", ".ada@example.org",
        "ada@-example.org", "ada@example.org>", '"a b"@example.org', "müller@example.org",
        "ada@münchen.example", "ada@[127.0.0.1]", "a" * 65 + "@example.org",
        "ada@" + "a." * 130 + "org", "-oQ/x <ada@example.org> <eve@example.org>",
    ],
)  # fmt: skip
def test_what_is_not_one_address_is_refused_with_its_words(typed: str) -> None:
    with pytest.raises(ProblemForUser, match=r"is not one e-mail address|characters long"):
        one_address(typed)


def test_a_pasted_list_is_taken_apart() -> None:
    pasted = (
        'Ada Brandt <ada@example.org>; "Okafor, Ben" <ben@example.org>,cleo@example.org\n'
        "\n  dora@example.org ;; ADA@example.org\n"
    )
    assert addresses_in(pasted) == (
        ("Ada Brandt", "ada@example.org"),
        ("Okafor, Ben", "ben@example.org"),
        ("", "cleo@example.org"),
        ("", "dora@example.org"),
    )


def test_a_bad_one_of_many_is_named_and_nothing_is_taken() -> None:
    with pytest.raises(ProblemForUser, match=r"“ben at example.org” is not an address") as problem:
        addresses_in("ada@example.org, ben at example.org, cleo@example.org")
    assert "nothing was added" in problem.value.message


def test_of_many_bad_ones_five_are_named() -> None:
    with pytest.raises(ProblemForUser, match="“x4” and 2 more are not addresses"):
        addresses_in(", ".join(f"x{n}" for n in range(7)))


@pytest.mark.parametrize("pasted", ["", " ,;\n "])
def test_an_empty_list_is_told_so(pasted: str) -> None:
    with pytest.raises(ProblemForUser, match="at least one address"):
        addresses_in(pasted)


@given(st.text(alphabet='ab@.,;<>" \n\r\\():\u2028', max_size=60))
def test_whatever_is_pasted_an_address_never_holds_what_separates_two(pasted: str) -> None:
    try:
        found = addresses_in(pasted)
    except ProblemForUser:
        return
    for _, address in found:
        assert not set(address) & set(',;<>" \n\r\\():')
        assert address.count("@") == 1


def test_only_the_domains_that_are_allowed_get_mail() -> None:
    check_domain("ada@example.org", ())
    check_domain("ada@EXAMPLE.org", ("example.org",))
    for address in ("ada@elsewhere.org", "ada@sub.example.org", "ada@notexample.org"):
        with pytest.raises(ProblemForUser, match=r"only addresses at example\.org"):
            check_domain(address, ("example.org",))


def test_the_allowed_domains_are_read_from_one_line() -> None:
    assert domains_in("Example.org, @example.com  example.net") == (
        "example.org", "example.com", "example.net",
    )  # fmt: skip
    assert domains_in("  ") == ()
    with pytest.raises(ProblemForUser, match=r"HOTWASH_MAIL_DOMAINS names “\*\.example\.org”"):
        domains_in("*.example.org")
