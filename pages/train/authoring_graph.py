"""The story as a picture, and the same as a list for reading aloud and for searching."""

from __future__ import annotations

from textwrap import wrap

import streamlit as st

from models.rules.scenario.findings import Report
from models.rules.scenario.graph import Graph, GraphEdge, GraphNode, graph_of
from models.rules.scenario.shape import Scenario
from pages.components.pictures import drawing_theme
from pages.components.problems import escape

HEIGHT = 600  # pixels of the box
ACROSS, TITLE, LABEL = 24, 60, 44  # characters: of a line, of a title, of an option
MANY = 12  # nodes; in a larger picture options go by their ids
_STYLE = """<style>
.st-key-authoring-graph { overflow-x: auto; }
.st-key-authoring-graph svg:has(> g.graph) { max-width: none; }
</style>"""  # a large story is read piece by piece, not scaled down
KINDS = {
    "message": "",
    "decision": "Decision",
    "good": "Good ending",
    "mixed": "Mixed ending",
    "bad": "Bad ending",
}
INK = {"light": "#1f2933", "dark": "#e8ebee"}
FAINT = {"light": "#6b7785", "dark": "#a3adb8"}
FILLS = {
    "light": {"message": "#f3f5f7", "decision": "#d9ecf4", "good": "#dff0e1", "mixed": "#f7efd6",
              "bad": "#f6dfdc"},
    "dark": {"message": "#252b33", "decision": "#173947", "good": "#1d3b26", "mixed": "#40371a",
             "bad": "#47241f"},
}  # fmt: skip


# A picture that is wider than its box begins with where the story begins in the middle.
_IN_THE_MIDDLE = st.components.v2.component(
    "graph_in_the_middle",
    js="""
    export default function () {
      const box = document.querySelector(".st-key-authoring-graph");
      if (!box) return;
      const begin = () => {
        const node = box.querySelector("g.node");
        if (!node) return;
        const seen = node.getBoundingClientRect(), frame = box.getBoundingClientRect();
        box.scrollLeft += seen.x + seen.width / 2 - frame.x - frame.width / 2;
        watch.disconnect();
      };
      const watch = new MutationObserver(begin);
      watch.observe(box, { childList: true, subtree: true });
      begin();
      return () => watch.disconnect();
    }
    """,
)


def unreached(graph: Graph, report: Report) -> frozenset[str]:
    """The nodes that nothing, or no play, leads to."""
    found = {str(f.path[1]) for f in report.findings if f.code == "E07" and f.path[1:]}
    led_to = {edge.target for edge in graph.edges}
    return frozenset(found | {n.id for n in graph.nodes if not n.start and n.id not in led_to})


def show_graph(scenario: Scenario, report: Report) -> None:
    graph = graph_of(scenario)
    lost = unreached(graph, report)
    options = " Options go by their ids here." if len(graph.nodes) > MANY else ""
    st.caption(
        "Round corners are decisions, a double line is an ending. Minutes are those until the "
        "next message. The same stands under “In lines” as a list." + options
    )
    st.html(_STYLE)
    with st.container(height=HEIGHT, key="authoring-graph"):
        st.graphviz_chart(
            to_dot(graph, lost, drawing_theme()),
            alt="The story as a graph",
        )
        _IN_THE_MIDDLE(key=f"authoring:graph:{scenario.id}")


def show_outline(scenario: Scenario, report: Report) -> None:
    with st.container(height=HEIGHT):
        graph = graph_of(scenario)
        st.markdown(outline(graph, unreached(graph, report)))


# --- Graphviz ----------------------------------------------------------------------------------


def to_dot(graph: Graph, lost: frozenset[str], theme: str) -> str:
    """The graph in Graphviz's language. Every text is quoted, ids too, so that nothing that an
    author wrote is read as part of the language."""
    ink, many = INK[theme], len(graph.nodes) > MANY
    common = f'fontname="Helvetica" fontcolor="{ink}" color="{FAINT[theme]}"'
    lines = [
        "digraph {",
        "bgcolor=transparent nodesep=0.25 ranksep=0.3",
        f'node [shape=box fontsize=9 margin="0.12,0.06" {common}]',
        f"edge [fontsize=8 arrowsize=0.6 {common}]",
    ]
    for node in graph.nodes:
        fill = FILLS[theme][node.kind]
        style = "filled,rounded" if node.kind == "decision" else "filled"
        style += ",dashed" if node.id in lost else ""
        rounds = 2 if node.kind in ("good", "mixed", "bad") else 1
        lines.append(
            f"{quoted(node.id)} [label={quoted(node_label(node, node.id in lost))} "
            f'style="{style}" fillcolor="{fill}" peripheries={rounds}]'
        )
    for edge in graph.edges:
        label = quoted(edge_label(edge, many))
        lines.append(f"{quoted(edge.source)} -> {quoted(edge.target)} [label={label}]")
    return "\n".join([*lines, "}"])


def node_label(node: GraphNode, lost: bool) -> str:
    kind = "Start" if node.start and node.kind == "message" else KINDS[node.kind]
    marks = [kind] if kind else []
    marks += ["nothing leads here"] if lost else []
    return "\n".join([*wrap(shortened(node.title, TITLE), ACROSS), node.id, *marks])


def edge_label(edge: GraphEdge, many: bool) -> str:
    words = (edge.option or "") if many else shortened(edge.label, LABEL)
    minutes = [f"{edge.minutes:,} min"] if edge.minutes else []
    # The width of letters is guessed where the picture is laid out; the spaces keep them apart.
    return "\n".join(f"  {line}  " for line in (*wrap(words, ACROSS - 4), *minutes))


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def quoted(text: str) -> str:
    """A text between quotation marks, whatever is in it; entities and escapes stay what they
    look like."""
    safe = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return '"' + safe.replace("\n", "\\n") + '"'


# --- in lines ----------------------------------------------------------------------------------


def outline(graph: Graph, lost: frozenset[str]) -> str:
    """Every node with the ways on from it, as a list in Markdown."""
    ways: dict[str, list[GraphEdge]] = {node.id: [] for node in graph.nodes}
    for edge in graph.edges:
        ways[edge.source].append(edge)
    lines = []
    for node in graph.nodes:
        marks = [KINDS[node.kind].lower() or f"by {node.channel.value}"]
        marks += ["the story begins here"] if node.start else []
        marks += ["nothing leads here"] if node.id in lost else []
        lines.append(
            f"- **{escape(node.title)}** :small[:gray[{escape(node.id)}, {', '.join(marks)}]]"
        )
        for edge in ways[node.id]:
            said = f"{escape(edge.label)} " if edge.label else ""
            after = f"{edge.minutes:,} min" if edge.minutes else "at once"
            lines.append(f"  - {said}→ {escape(edge.target)} :small[:gray[{after}]]")
    return "\n".join(lines)
