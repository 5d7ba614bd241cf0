"""Many old documents at once: what each holds is seen first, and one bad file stops no other."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.vocabulary import PostmortemStatus
from services.archive import search_archive
from services.postmortems import list_postmortems
from tests.cli.test_import_of_a_folder import ADFS, DISK
from tests.conftest import Browser
from tests.pages.screen import press, said
from tests.pages.test_bring_in import upload

PAGE = "learn/bring_in.py"
FILES = {"2021/adfs.md": ADFS, "disk.md": DISK, "broken.json": "{", "a.png": "x"}


def packed(files: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def rows(app: AppTest) -> dict[str, dict[str, object]]:
    return {str(row["File"]): row for row in app.dataframe[0].value.to_dict("records")}


def opened(browser: Browser, files: Mapping[str, str] = FILES) -> AppTest:
    return upload(browser.open(PAGE), ("old.zip", packed(files)))


def test_each_document_of_an_archive_is_listed_before_anything_is_kept(
    browser: Browser, ada: Who
) -> None:
    app = opened(browser)
    words = said(app)
    assert "2 post-mortems with 2 events will be created" in words
    assert "1 cannot be read" in words
    assert "Passed over: a\\.png" in words
    seen = rows(app)
    assert seen["2021/adfs.md"]["Title"] == "Tokens expired"
    assert seen["disk.md"]["State"] == "New"
    assert next(iter(seen)) == "broken.json", "what needs somebody comes first"
    assert list_postmortems(ada) == ()


def test_finished_documents_come_into_the_archive(browser: Browser, ada: Who) -> None:
    app = opened(browser)
    app.checkbox(key="bring_in:folder:finished").check().run()
    assert rows(app)["2021/adfs.md"]["Comes in as"] == "Published"
    app = press(app, "Bring it in")
    assert "Brought in: 2 post-mortems" in said(app)
    assert "broken\\.json" in said(app)
    assert {p.title: p.status for p in list_postmortems(ada)} == {
        "Tokens expired": PostmortemStatus.PUBLISHED,
        "Disk full": PostmortemStatus.DRAFT,
    }
    assert search_archive(ada, "certificate").total == 1


def test_again_goes_on_where_it_ended(browser: Browser, ada: Who) -> None:
    press(opened(browser), "Bring it in")
    app = opened(browser, {**FILES, "later.md": ADFS.replace("Tokens", "Passwords")})
    assert "2 there already" in said(app)
    press(app, "Bring it in")
    assert len(list_postmortems(ada)) == 3


def test_one_document_can_be_looked_at_closely(browser: Browser) -> None:
    app = opened(browser)
    names = [row["File"] for row in app.session_state["bring_in:folder:seen"]["rows"]]
    app.selectbox(key="bring_in:folder:closely").set_value(names.index("2021/adfs.md")).run()
    assert "What was understood of each line" in said(app)


def test_many_files_are_shown_as_a_list(browser: Browser) -> None:
    files = [(f"{n}.md", ADFS.replace("Tokens", f"Tokens {n}").encode()) for n in range(12)]
    app = upload(browser.open(PAGE), *files)
    assert "12 post-mortems with 24 events will be created" in said(app)
    assert len(app.dataframe) == 1


def test_an_archive_built_to_harm_is_refused(browser: Browser) -> None:
    app = opened(browser, {"../../etc/passwd.md": ADFS})
    assert "leads out of the archive" in said(app)
    assert not [b for b in app.button if b.label == "Bring it in"]


def test_a_single_document_can_be_finished_too(browser: Browser, ada: Who) -> None:
    app = upload(browser.open(PAGE), ("adfs.md", ADFS.encode()))
    app.checkbox[0].check().run()
    press(app, "Bring it in")
    assert [p.status for p in list_postmortems(ada)] == [PostmortemStatus.PUBLISHED]
