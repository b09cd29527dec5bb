"""The rules of language find what they are meant to find, and nothing else."""

import ast
from pathlib import Path

import pytest

from tests.docs.findings import ROOT, judge_file, judge_prose, load_words
from tests.docs.language import main
from tests.docs.participles import find_gerund, is_bare_participle, split_words
from tests.docs.prose import find_markdown, find_python

IRREGULAR = load_words()["irregular"]["words"]


@pytest.mark.parametrize(
    "name",
    [
        "given",
        "_kept",
        "sealed",
        "Looked",
        "looked_at",
        "given_back",
        "transferred",
        "stored",
        "held",
    ],
)
def test_a_bare_participle_is_found(name: str) -> None:
    assert is_bare_participle(name, IRREGULAR, [])


@pytest.mark.parametrize(
    "name",
    [
        "need",
        "embed",
        "hundred",
        "token",
        "seven",
        "read",
        "seal",
        "sealed_box",
        "list_sealed",
        "feed_from",
    ],
)
def test_other_names_are_left_alone(name: str) -> None:
    assert not is_bare_participle(name, IRREGULAR, [])


def test_an_allowed_participle_passes() -> None:
    assert is_bare_participle("created", IRREGULAR, [])
    assert not is_bare_participle("created", IRREGULAR, load_words()["allowed"]["participle"])


def test_every_exception_has_a_reason() -> None:
    allowed = load_words()["allowed"]
    assert all(len(reason) > 4 for table in allowed.values() for reason in table.values())


def test_a_gerund_is_found_at_any_place_of_a_name() -> None:
    assert find_gerund("signing_in", []) == "signing"
    assert find_gerund("tip_keeping", []) == "keeping"
    assert find_gerund("routing", ["routing"]) is None
    assert find_gerund("units", []) is None


def test_names_are_split_in_both_cases() -> None:
    assert split_words("MAX_HTTPBytes") == ["max", "http", "bytes"]
    assert split_words("ToldOnce") == ["told", "once"]


def test_prose_of_markdown_is_judged_without_its_code() -> None:
    text = "He is `told`.\n```\nwhoever said\n```\nWhat was\nlet\ngo of.\n"
    judged = judge_prose("x.md", find_markdown(text))
    found = [(finding.line, finding.what.split(" ->")[0]) for finding in judged]
    assert found == [(1, "He"), (6, "let\ngo")]


def test_docstrings_comments_and_messages_are_judged() -> None:
    text = (
        '"""What is told."""\n\n# doors stand\n# whoever\nX = "it was said"\nY = "said"  # noqa\n'
    )
    found = list(judge_prose("x.py", find_python(text, ast.parse(text), messages=True)))
    assert sorted((finding.kind, finding.line) for finding in found) == [
        ("comment", 3),
        ("comment", 4),
        ("docstring", 1),
        ("docstring", 1),
        ("message", 5),
    ]


def test_names_of_a_file_are_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.docs.findings.ROOT", tmp_path)
    file = tmp_path / "app" / "telling.py"
    file.parent.mkdir()
    file.write_text(
        "MOST = 1\nAT_LEAST = 2\n\n\ndef told(door: int) -> None: ...\n\n\n"
        "class Kept(ValueError): ...\n\n\nclass Sent: ...\n"
    )
    found = sorted((finding.kind, finding.line) for finding in judge_file(file))
    assert found == [
        ("class", 11),
        ("constant", 1),
        ("error class", 8),
        ("function", 5),
        ("function", 5),
        ("module", 1),
        ("parameter", 5),
    ]


def test_the_script_reports_and_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["language", str(ROOT / "tests/docs/words.toml")])
    assert main() == 0
    assert capsys.readouterr().out.strip().endswith("0  in all")
