"""The sample receiver accepts messages that the sender signed, and nothing else."""

import importlib.util
import random
from typing import Any

from app.domain.exchange.webhooks.signatures import SigningKeys, sign_message
from tests.dice import make_seed
from tests.docs.findings import ROOT

AT, BODY = 1_790_000_000, b'{"resource":"models","id":"0190","version":2,"act":"change"}'
OLD, NEW = SigningKeys(b"o" * 32, b"p" * 32), SigningKeys(b"n" * 32, b"q" * 32)
MARKS = "0aA+/=,. v1\t\u00e9-"


def receiver() -> Any:
    found = importlib.util.spec_from_file_location(
        "webhook_receiver", ROOT / "docs/examples/webhook_receiver.py"
    )
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


VERIFY = receiver().verify


def is_accepted(headers: Any, body: bytes = BODY, *, at: float = AT) -> bool:
    given = {"secret": OLD.shown_secret, "public": OLD.shown_public}
    one, other = (VERIFY(headers, body, **{name: key}, at=at) for name, key in given.items())
    return bool(one or other)


def test_either_key_of_either_generation_verifies_while_keys_are_replaced() -> None:
    headers = sign_message([NEW, OLD], "msg_1", AT, BODY)
    for keys in (OLD, NEW):
        assert VERIFY(headers, BODY, secret=keys.shown_secret, at=AT)
        assert VERIFY(headers, BODY, public=keys.shown_public, at=AT)
    assert not is_accepted(sign_message([NEW], "msg_1", AT, BODY))


def test_an_old_or_future_message_is_refused() -> None:
    headers = sign_message([OLD], "msg_1", AT, BODY)
    assert [is_accepted(headers, at=AT + by) for by in (-301, -300, 0, 300, 301)] == [
        False, True, True, True, False,
    ]  # fmt: skip


def test_500_mangled_messages_are_refused_without_a_fault() -> None:
    dice, accepted = random.Random(make_seed("mangled signatures")), 0
    for _ in range(500):
        headers, body = dict(sign_message([OLD], "msg_1", AT, BODY)), bytearray(BODY)
        if dice.random() < 0.2:
            body[dice.randrange(len(body))] ^= 1 << dice.randrange(8)
        else:
            _mangle(headers, dice)
        accepted += is_accepted(headers, bytes(body))
    assert accepted == 0


def _mangle(headers: dict[str, str], dice: random.Random) -> None:
    """Change a header so that no signature in it is still good."""
    name = dice.choice(sorted(headers))
    if name != "webhook-signature":
        headers[name] = _change(headers[name], dice)
    else:
        parts = headers[name].split(" ")
        headers[name] = dice.choice((" ", "  ", ",")).join(_change(one, dice) for one in parts)


def _change(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text) - 4)  # the last marks of base64 hold bits that mean nothing
    mark = dice.choice([one for one in MARKS if one != text[at]])
    return dice.choice((text[:at] + mark + text[at + 1 :], text[:at], text[at + 1 :]))
