"""hotwash search: what was learned before, found by its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.shell import Line, Verb, acting, counted, json_option, plain, print_json, say

if TYPE_CHECKING:
    from services.archive import ArchivePage

EXCERPT = 200  # characters in the terminal; JSON has it whole


@click.command("search", cls=Verb)
@click.argument("words", metavar="QUERY", nargs=-1, required=True, type=Line())
@click.option("--exact", is_flag=True, help="The words as typed; no typing mistake is forgiven.")
@json_option
def search(words: tuple[str, ...], exact: bool, as_json: bool) -> None:
    """Search the published post-mortems.

    Words in quotes stand side by side: '"connection pool"'. A star stands for any ending, from
    four letters: conf*. A minus leaves a word out: write -- before a QUERY that begins with one.
    """
    from services.archive import search_archive

    query = " ".join(words)
    found = search_archive(acting(), query, page=None, exact=exact)
    for sentence in found.read_otherwise:
        click.echo(sentence, err=True)
    if as_json:
        print_json(as_plain(query, found))
    else:
        say_found(found)


def as_plain(query: str, found: ArchivePage) -> dict[str, Any]:
    """The answer as JSON takes it; every post-mortem that was found is in it."""
    return {
        "query": query,
        "total": found.total,
        "widened": found.widened,
        "meant": [{"typed": typed, "shown": shown} for typed, shown in found.meant],
        "results": [
            {
                "id": one.postmortem_id,
                "title": one.title,
                "severity": plain(one.severity),
                "published_at": plain(one.published_at),
                "services": list(one.services),
                "factors": list(one.factors),
                "excerpt": "".join(text for text, _ in one.excerpt),
                "matches": [text for text, is_word in one.excerpt if is_word],
            }
            for one in found.found
        ],
    }


def say_found(found: ArchivePage) -> None:
    """The answer in words."""
    for typed, shown in found.meant:
        say(f"Nothing for “{typed}”; shown is “{shown}”. --exact insists.")
    if found.widened and not found.meant:
        say("No post-mortem has these very words; shown is what begins with them.")
    if not found.total:
        say("Nothing in the archive has all of this.")
        return
    first = "the best match" if found.by_match else "the newest"
    say(f"{counted(found.total, 'post-mortem')}, {first} first.")
    for one in found.found:
        say(f"  {one.postmortem_id}  {one.severity or '–'}  {one.title}")
        excerpt = " ".join("".join(text for text, _ in one.excerpt).split())
        if excerpt:
            say(f"      {excerpt[:EXCERPT]}{' …' if len(excerpt) > EXCERPT else ''}")
