"""Informants are not found, receipts not guessed; the long form is `./run trust`."""

from bench.trust_anonymity import anonymity_then_control
from bench.trust_receipts import guesses
from tests.application import Application, runner
from tests.trust.short import terms


def test_nothing_is_stored_of_what_a_tip_comes_with_and_what_would_be_is_found() -> None:
    proofs = anonymity_then_control(terms(10))
    found = next(proofs)
    print(found)
    assert found.holds, found
    control = next(proofs)
    print(control)
    assert not control.holds, control
    assert control.figures["leaks"] == 4, control


def test_receipts_are_not_guessed(atlas: Application) -> None:
    found = runner().run(guesses(terms(300), atlas.client))
    print(found)
    assert found.holds, found
