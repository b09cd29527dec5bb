"""A thousand forged tokens at both layers; the long form is `./run trust --only tokens`."""

import json
import os
from pathlib import Path

from app.domain.actor import Role
from bench.forged_tokens import Forger
from bench.trust_tokens import NOTHING, assault
from tests.application import Application, runner
from tests.dice import make_dice


def test_no_forged_token_comes_in_breaks_anything_or_costs_a_statement(
    application: Application, application_url: str
) -> None:
    made = list(forger(application).tokens(1000))
    figures = runner().run(assault(application.answer, application_url, made))
    assert {name: figures[name] for name in NOTHING} == dict.fromkeys(NOTHING, 0), figures


def test_the_figures_would_see_a_token_that_comes_in(
    application: Application, application_url: str
) -> None:
    made = [("good", forger(application).good)]
    figures = runner().run(assault(application.answer, application_url, made))
    assert figures["accepted"] == 2
    assert figures["database"] >= 1


def forger(application: Application) -> Forger:
    folder = Path(os.environ["BINHYEN_TEST_FOLDER"]) / "keys"
    key = json.loads((folder / "signing-keys.json").read_text())["keys"][0]
    good = application.national(Role.VIEWER).headers["authorization"].removeprefix("Bearer ")
    return Forger(key, good, make_dice("forged"))
