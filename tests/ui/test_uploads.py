from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.errors import LibraryError
from rag.ui.uploads import Uploads, safe_name


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("library.bib", "library.bib"),
        ("My exports, 2024 (1).ris", "My exports, 2024 (1).ris"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\orla\\kelp.bib", "kelp.bib"),
        ("..", "papers"),
        ("", "papers"),
        (".bib", "bib"),
        ("<img src=x onerror=alert(1)>.bib", "_img src=x onerror=alert(1)_.bib"),
        ("a\x00b\nc\u202e.bib", "a_b_c_.bib"),
        ("CON.bib", "_CON.bib"),
        ("Übersicht-海.json", "Übersicht-海.json"),
        ("kelp\ud800.bib", "kelp.bib"),
    ],
)
def test_a_name_is_made_safe(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(st.text(max_size=300))
@example("x" * 500 + ".bib")
@example("海" * 200 + ".bib")
@example("a." + "b" * 300)
def test_any_name_can_be_kept_and_stays_as_it_is(name: str) -> None:
    safe = safe_name(name)
    assert safe == Path(safe).name
    assert not safe.startswith(".")
    assert 0 < len(safe.encode()) <= 125
    assert not set(safe) & set('/\\<>:"|?*\x00\n\r\t')
    assert safe_name(safe) == safe


def contents(paths: list[Path]) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in paths]


def test_files_of_one_name_in_one_drop_are_different_files(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    kept = uploads.keep([("a.bib", b"one"), ("a.bib", b"two"), ("a.bib", b"one")])
    assert contents(kept) == [("a.bib", b"one"), ("a (2).bib", b"two")]


def test_the_same_again_is_the_same_file(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    kept = uploads.keep([("a.bib", b"one"), ("a.bib", b"two")])
    uploads.read(kept)
    assert uploads.keep([("a.bib", b"two")]) == [kept[1]]
    assert uploads.keep([("a.bib", b"one")]) == [kept[0]]


def test_another_file_of_the_same_name_replaces_none(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    first = uploads.keep([("export.bib", b"one visitor's")])
    uploads.read(first)
    second = uploads.keep([("export.bib", b"another's")])
    assert contents(first + second) == [("export.bib", b"one visitor's"), ("export (2).bib", b"another's")]
    uploads.read(second)
    assert contents(uploads.keep([("export.bib", b"a third's")])) == [("export (3).bib", b"a third's")]


def test_what_was_not_read_is_known_to_the_next_server(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    first, second = uploads.keep([("a.bib", b"one"), ("b.ris", b"two")])
    uploads.read([first])
    (tmp_path / "uploads" / ".waiting" / "broken off.bib").touch()
    assert Uploads(tmp_path / "uploads").waiting() == [second]
    assert Uploads(tmp_path / "none").waiting() == []


def test_only_an_upload_is_ever_deleted(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    (own,) = uploads.keep([("a.bib", b"one")])
    elsewhere = tmp_path / "a.bib"
    elsewhere.write_bytes(b"mine")
    uploads.forget(elsewhere)
    uploads.forget(own)
    assert own.exists(), "it waits to be read"
    uploads.read([own])
    uploads.forget(own)
    assert (elsewhere.exists(), own.exists(), uploads.waiting()) == (True, False, [])


def test_the_name_of_one_upload_stands_for_no_other(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path / "uploads")
    kept = uploads.keep([("a.bib.part", b"one"), ("a.bib", b"two")])
    assert sorted(uploads.waiting()) == sorted(kept)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("a file is in the way")
    with pytest.raises(LibraryError, match="cannot be kept"):
        Uploads(tmp_path / "uploads").keep([("a.bib", b"one")])
