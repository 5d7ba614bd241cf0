"""Reading and using a page that was run without a browser."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def said(app: AppTest) -> str:
    """Everything that is written on the page, as Markdown; fails when the page broke."""
    assert not app.exception, app.exception
    parts = [app.title, app.header, app.subheader, app.markdown, app.caption, app.text]
    parts += [app.error, app.warning, app.info, app.success]
    return "\n".join(str(element.value) for part in parts for element in part)


def links(app: AppTest) -> list[str]:
    """The labels of the links, in order."""
    return [link.proto.label for link in app.get("page_link")]


def link_to(app: AppTest, label: str) -> tuple[str, str]:
    """(page, query) of the link whose label holds these words."""
    proto = next(x.proto for x in app.get("page_link") if label in x.proto.label)
    return proto.page, proto.query_string


def press(app: AppTest, label: str) -> AppTest:
    """Presses the button of this label."""
    next(button for button in app.button if button.label == label).click()
    return app.run()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]
