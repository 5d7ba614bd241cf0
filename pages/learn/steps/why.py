"""Step 4: how it could happen, as a tree: several starts, several answers, any depth."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.record import PostmortemRecord, WhyRecord
from models.rules.review import people_in
from models.rules.whys import ends_at_people
from pages.components.fields import tags_field
from pages.components.pictures import drawing_theme, drawing_width, show_drawing
from pages.components.problems import escape, escape_label
from pages.learn.steps import why_editor
from pages.learn.steps.why_outline import Node, outline
from reports.drawings import why_tree
from services.people import list_factors
from services.whys import tag_factors

DEEPEST_INDENT = 8
LONG = 18  # answers


def show(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """The outline to choose in, the editor of what is chosen, and the tree as a drawing."""
    nodes = outline(postmortem.whys)
    ends = () if frozen else ends_at_people(postmortem.whys, people_in(postmortem))
    questions = {end.why_id: end.question for end in ends}
    factors = list_factors(me)
    chosen = chosen_node(postmortem.id, nodes)
    left, right = st.columns([1, 1], gap="large")
    # A long outline scrolls by itself, so that the editor stays in sight beside it.
    with left, st.container(height=640 if len(nodes) > LONG else "content", border=False):
        show_outline(postmortem.id, nodes, questions, frozen)
    with right, st.container(border=True):
        why_editor.show(postmortem, nodes, chosen, questions, factors, me, frozen)
    if postmortem.whys:
        show_tree(postmortem.whys)
    tags_field(
        "Factors that contributed to the whole",
        factors,
        key=f"{postmortem.id}:factors",
        saved=postmortem.factors,
        save=lambda now, was: tag_factors(me, postmortem.id, now, was),
        new=True,
        placeholder="Choose, or type a new one for the team's list",
        help="Those that belong to one answer are better tagged there.",
        disabled=frozen,
    )


def chosen_node(postmortem_id: str, nodes: dict[str, Node]) -> Node | None:
    """The answer that is being worked on; None for a new start. The first one at the beginning,
    and after somebody removed the one that was chosen."""
    key = f"{postmortem_id}:why"
    if st.session_state.get(key) not in {"", *nodes}:
        st.session_state[key] = next(iter(nodes), "")
    return nodes.get(st.session_state[key])


def show_outline(
    postmortem_id: str, nodes: dict[str, Node], questions: dict[str, str], frozen: bool
) -> None:
    """All answers, indented; one is chosen. A branch that ends at a person asks on right there."""
    if not nodes:
        st.markdown(
            "Begin with what happened, as somebody outside saw it. Then ask how that could be, "
            "and again of each answer. Most incidents have several answers at each step."
        )
        return
    options = list(nodes) if frozen else [*nodes, ""]
    st.radio(
        "Answers",
        options,
        key=f"{postmortem_id}:why",
        format_func=lambda i: (
            in_outline(nodes[i]) if i else ":material/add: Something else happened"
        ),
        captions=[turned_back(questions.get(i)) for i in options],
        width="stretch",
    )


def in_outline(node: Node) -> str:
    indent = "\u2003" * min(node.depth, DEEPEST_INDENT)
    text = node.why.text if len(node.why.text) <= 160 else node.why.text[:159] + "…"
    return f"{indent}**{escape(node.number)}** {escape_label(text)}"


def turned_back(question: str | None) -> str:
    return f":material/u_turn_left: {escape(question)}" if question else ""


def show_tree(whys: tuple[WhyRecord, ...]) -> None:
    svg = why_tree(whys, width=drawing_width(), theme=drawing_theme())
    show_drawing(svg, "The answers as a tree")
