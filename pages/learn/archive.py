"""A person looks for what was learned before: words, and four filters, kept in the address."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from models.rules.policy import Who
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.lines import line, lines
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.components.words import severity_badge, when
from pages.learn.archive_before import show_before
from services.archive import ArchivePage, Choice, Filters, FoundPostmortem, search_archive

WORDS, PAGE, EXACT = "q", "p", "exact"
_MARKS = re.compile(
    r"\*\*|`|(?<=\n)(?:[-*+>]|#{1,6})\s+"
)  # of light Markdown, not read in an excerpt
FILTERS = ("severity", "service", "team", "factor", "year")


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        asked = st.query_params
        filters = Filters(**{name: asked.get(name, "") for name in FILTERS})
        exact = asked.get(EXACT) == "1"
        text = asked.get(WORDS, "")
        found = search_archive(person, text, filters, page=page_asked(), exact=exact)
        page_head("Archive")
        is_narrowed = bool(asked.get(WORDS, "").strip() or filters != Filters())
        if not found.total and not is_narrowed:
            show_empty()
            return
        show_search()
        show_filters(found)
        show_understood(found)
        if not found.total:
            show_nothing(exact)
            return
        if not is_narrowed and page_asked() == 1:
            show_before(person)
        show_count(found)
        with lines("archive"):
            for postmortem in found.found:
                show_found(postmortem, person)
        if found.pages > 1:
            show_pages(found.pages)


def page_asked() -> int:
    asked = st.query_params.get(PAGE, "1")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1


def show_search() -> None:
    key = f"archive:{WORDS}"
    st.session_state[key] = st.query_params.get(WORDS, "")
    st.text_input(
        "Search",
        key=key,
        placeholder="Words of a title or a text",
        help="Words in quotes stand side by side: “connection pool”. A star stands for any ending: "
        "conf*. A minus leaves a word out: -billing.",
        icon=":material/search:",
        on_change=ask,
        args=(WORDS,),
    )


def show_filters(found: ArchivePage) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        show_filter("severity", "Severity", found.severities)
        show_filter("service", "Service", found.services)
        if found.teams or st.query_params.get("team"):
            show_filter("team", "Team", found.teams)
        show_filter("factor", "Contributing factor", found.factors)
        show_filter("year", "Year of publication", found.years)


def show_filter(name: str, label: str, choices: tuple[Choice, ...]) -> None:
    """The choices that lead somewhere, each with how many it would show."""
    key, asked = f"archive:{name}", st.query_params.get(name)
    named = {choice.value: f"{choice.name} ({choice.count:,})" for choice in choices}
    if asked and asked not in named:
        named[asked] = f"{asked} (0)" if name in ("severity", "year") else "Chosen (0)"
    st.session_state[key] = asked
    st.selectbox(
        label,
        list(named),
        key=key,
        index=None,
        format_func=lambda value: named[value],
        placeholder="Any",
        on_change=ask,
        args=(name,),
    )


def show_count(found: ArchivePage) -> None:
    """How many, in which order, and what was done to find them."""
    many = f"{found.total:,} {'post-mortem' if found.total == 1 else 'post-mortems'}"
    said = [f"{many}, {'the best match' if found.by_match else 'the newest'} first"]
    if found.total == 1:
        said = [many]
    if found.ranked < found.total:
        said = [f"{many}. The {found.ranked:,} added last are shown, the best match first"]
    if found.left_out:
        said.append(f"The last {found.left_out:,} words of the search were left out")
    st.caption(". ".join(said))


def show_understood(found: ArchivePage) -> None:
    """When something else was looked for than what was typed: what, and the way to insist."""
    if found.read_otherwise:
        st.markdown(" ".join(map(escape, found.read_otherwise)))
    said = [f"Nothing for “{escape(typed)}”; shown is “{escape(m)}”." for typed, m in found.meant]
    if found.widened and not found.meant:
        said = ["No post-mortem has these very words; shown is what begins with them."]
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" ".join(said), width="content")
        button("Search for the words as typed", "insist", insist)


def show_found(postmortem: FoundPostmortem, person: Who) -> None:
    about = [f"published {when(postmortem.published_at, person.zone)}"]
    about += [", ".join(names) for names in (postmortem.services, postmortem.factors) if names]
    with st.container(gap="xxsmall"):
        line(
            "learn/published.py",
            postmortem.title,
            " · ".join(about),
            severity_badge(postmortem.severity),
            postmortem.postmortem_id,
        )
        if postmortem.excerpt:
            (first, is_word), *rest = postmortem.excerpt
            begin = first if is_word else f"\n{first}"  # it begins a line, as its marks do
            parts = [(begin, is_word), *rest]
            st.markdown("".join(piece(*part) for part in parts).removeprefix(" · "))


def piece(text: str, is_word: bool) -> str:
    """A piece of an excerpt as Markdown, with the spaces that keep it from its neighbours."""
    text = _MARKS.sub("", text).replace("\n", " · ")
    before, after = text[:1].isspace(), text[-1:].isspace() and bool(text.strip())
    inner = escape(text)
    return f"{' ' * before}{f':primary-background[{inner}]' if is_word else inner}{' ' * after}"


def show_pages(pages: int) -> None:
    st.pagination(
        pages, key=f"archive:{PAGE}", default=min(page_asked(), pages), on_change=ask_page
    )


def show_empty() -> None:
    st.markdown(
        "The archive is empty. A post-mortem comes here when it is published, and can then be "
        "found by every word in it."
    )
    button("See the post-mortems", "postmortems", lambda: go_to("learn/postmortems.py"))


def show_nothing(exact: bool) -> None:
    st.markdown("Nothing in the archive has all of this.")
    if exact:
        st.caption("The words were looked for as they are typed.")
        button("Show what is spelt nearly so", "forgive", forgive)
    st.caption(
        "Use fewer words, or only the beginning of one, like conf*. Take a filter away. Words in "
        "quotes must stand side by side, and a word behind a minus must not be there."
    )
    button("Show the whole archive", "all", clear)


def button(label: str, name: str, act: Callable[[], None]) -> None:
    st.button(label, key=f"archive:{name}", on_click=act)


def ask(name: str) -> None:
    """Takes what was typed or chosen into the address; a new question begins on its first page."""
    value = st.session_state[f"archive:{name}"]
    if value:
        st.query_params[name] = value[:2_000]
    else:
        st.query_params.pop(name, None)
    if name == WORDS:
        st.query_params.pop(EXACT, None)
    begin_again()


def insist() -> None:
    st.query_params[EXACT] = "1"
    begin_again()


def forgive() -> None:
    st.query_params.pop(EXACT, None)
    begin_again()


def begin_again() -> None:
    """On the first page."""
    st.query_params.pop(PAGE, None)
    st.session_state.pop(f"archive:{PAGE}", None)


def ask_page() -> None:
    st.query_params[PAGE] = str(st.session_state[f"archive:{PAGE}"])


def clear() -> None:
    st.query_params.clear()


show()
