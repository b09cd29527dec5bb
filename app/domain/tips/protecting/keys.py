"""The keys of tips: what intake needs, what handling opens, what custodians open.

In production they lie in three files, and a server that only takes tips in is given the first
alone: it can seal, and open nothing. Development has all in one.
"""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from app.domain.tips.protecting.receipts import Receipts

CONTENT, CUSTODIAN = "content", "custodian"
COST = {"memory_kib": 65_536, "passes": 3}
Private = Mapping[str, X25519PrivateKey]


@dataclass(frozen=True, slots=True)
class Ring:
    """Keys of one use: the newest seals, and each opens what it once sealed."""

    use: str
    public: Mapping[str, X25519PublicKey]  # newest first
    private: Private = field(default_factory=dict)

    @property
    def newest(self) -> dict[str, X25519PublicKey]:
        """For whom new content is sealed, by the name of the key."""
        name = next(iter(self.public))
        return {name: self.public[name]}

    def opener(self, keys: Mapping[str, str]) -> tuple[str, X25519PrivateKey] | None:
        """One of our keys that a seal was made for, if we hold it here."""
        return next(((n, self.private[n]) for n in keys if n in self.private), None)


@dataclass(frozen=True, slots=True)
class TipKeys:
    """All keys of tips that this server was given."""

    receipts: Receipts
    work: bytes  # signs the tasks by which floods are slowed down
    likeness: bytes  # under it the sketches are made by which tips alike are found
    proof: Ed25519PrivateKey
    proof_name: str
    content: Ring
    custodian: Ring

    @classmethod
    def from_files(cls, intake: Path, reading: Path, custodian: Path, *, make: bool) -> "TipKeys":
        """Read the keys; in development they are made where there are none, all in one file."""
        if make and not intake.exists():
            write_keys(intake, new_keys())
        told = json.loads(intake.read_text())
        return cls(
            Receipts(_bytes(told["receipt"]["salt"]), *(told["receipt"][name] for name in COST)),
            _bytes(told["work"]),
            _bytes(told["likeness"]),
            Ed25519PrivateKey.from_private_bytes(_bytes(told["proof"]["d"])),
            told["proof"]["kid"],
            _ring(CONTENT, told, reading),
            _ring(CUSTODIAN, told, custodian),
        )


def new_keys(cost: Mapping[str, int] | None = None) -> dict[str, Any]:
    """All keys anew."""
    proof = Ed25519PrivateKey.generate()
    public = proof.public_key().public_bytes_raw()
    return {
        "receipt": {"salt": _fresh(), **COST, **(cost or {})},
        "work": _fresh(),
        "likeness": _fresh(),
        "proof": {"kid": _name("proof", public), "d": _text(proof.private_bytes_raw())},
        CONTENT: [_pair(CONTENT)],
        CUSTODIAN: [_pair(CUSTODIAN)],
    }


def parted(keys: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """All keys as three files: for intake, for handling, for custodians."""
    public = {use: [_public(key) for key in keys[use]] for use in (CONTENT, CUSTODIAN)}
    return {**keys, **public}, {CONTENT: keys[CONTENT]}, {CUSTODIAN: keys[CUSTODIAN]}


def renewed(
    taking: Mapping[str, Any], opening: Mapping[str, Any], use: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The files for intake and for those who open, with a new key before the others."""
    fresh = _pair(use)
    sealing, held = [_public(fresh), *taking[use]], [fresh, *opening[use]]
    return {**taking, use: sealing}, {**opening, use: held}


def _public(key: Mapping[str, str]) -> dict[str, str]:
    return {name: key[name] for name in ("kid", "x")}


def _ring(use: str, told: Any, file: Path) -> Ring:
    public = {k["kid"]: X25519PublicKey.from_public_bytes(_bytes(k["x"])) for k in told[use]}
    held = json.loads(file.read_text())[use] if file.exists() else ()
    opens = {k["kid"]: _bytes(k["d"]) for k in held if "d" in k}
    private = {name: X25519PrivateKey.from_private_bytes(raw) for name, raw in opens.items()}
    return Ring(use, public, private)


def _pair(use: str) -> dict[str, str]:
    made = X25519PrivateKey.generate()
    public = made.public_key().public_bytes_raw()
    return {"kid": _name(use, public), "x": _text(public), "d": _text(made.private_bytes_raw())}


def _name(use: str, public: bytes) -> str:
    return f"{use}-{sha256(public).hexdigest()[:16]}"


def _fresh() -> str:
    return _text(secrets.token_bytes(32))


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def write_keys(path: Path, content: Any) -> None:
    """Write a secret so that only its owner can read it; where two do so, the first has done it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.touch(0o600)
    part.write_text(json.dumps(content))
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
