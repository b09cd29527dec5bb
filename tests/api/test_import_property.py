"""A commit makes exactly the records that its preview promised, whatever the file."""

from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.test_imports import HEADER, MODELS, PATH, commit, kind, recorder, rows_of, send
from tests.application import Caller
from tests.give import Country

__all__ = ["kind", "recorder"]
NAMES = st.sampled_from(["Tự quản", "Camera", "=1+1", "", "x" * 301])
UNITS = st.sampled_from(["1.1", "2.2", ""])
COUNTS = st.sampled_from(["", "3", "1.200", "1,5", "nhiều", "-1"])
DAYS = st.sampled_from(["", "5/3/2026", "31/02/2026", "01/01/2999"])
ROWS = st.lists(
    st.tuples(NAMES, UNITS, COUNTS, DAYS, st.sampled_from(["", "a", "b"])), min_size=1, max_size=6
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_a_commit_does_what_was_previewed(
    recorder: Caller, country: Country, kind: str, rows: list[tuple[str, ...]]
) -> None:
    mark = uuid4().hex  # references are those of this example
    lines = [
        f"{n},{kind},{country[unit] if unit else ''},{name},{count and chr(34) + count + chr(34)},"
        f"{day},{reference and reference + mark}"
        for n, (name, unit, count, day, reference) in enumerate(rows)
    ]
    made = send(recorder, "\n".join([HEADER, *lines, ""]))
    ready = [row["row"] for row in rows_of(recorder, made) if row["state"] == "ready"]
    assert made["row_count"] == len(rows)
    assert made["refused_count"] == len(rows) - len(ready)
    done = commit(recorder, made, skip_faults=True)
    if not ready:
        assert done.json()["code"] == "nothing_to_import"
        return
    assert done.json()["created_count"] == len(ready), done.text
    written = [row for row in rows_of(recorder, made) if row["state"] == "created"]
    assert [row["row"] for row in written] == ready
    for row in written:
        found = recorder.get(f"{MODELS}/{row['record_id']}").json()
        assert found["name"] == rows[row["row"] - 2][0]


def test_a_preview_alone_writes_nothing(recorder: Caller, country: Country, kind: str) -> None:
    made = send(recorder, f"{HEADER}\n1,{kind},{country['1.1']},Một,,,\n")
    assert recorder.get(f"{PATH}/{made['id']}").json()["state"] == "previewed"
    assert recorder.get(MODELS, type=kind).json()["items"] == []
