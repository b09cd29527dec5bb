"""Tokens that must not open anything, of every kind we know of, with all that could be guessed."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Claims = dict[str, Any]
NONE = ("none", "None", "NONE", "nOnE", "", "null")
KIDS: tuple[Any, ...] = (
    "' OR 1=1 --", "x' UNION SELECT 'AA'; --", "../../../../dev/null", "/dev/null", "\x00",
    "| /bin/true", "http://127.0.0.1/keys", "$(id)", "0", "", "A" * 2000, "khóa", 0, 1.5, None,
    True, ["x"], {"x": 1}, "%00", "..\\..\\keys",
)  # fmt: skip
TYPES: tuple[Any, ...] = (
    "JWT",
    "jwt",
    "id_token",
    "AT+JWT",
    "application/at+jwt",
    "logout+jwt",
    "",
    None,
    7,
    ["at"],
)
NUMBERS: tuple[Any, ...] = (
    None,
    "tomorrow",
    "9999999999",
    [],
    {},
    True,
    -1,
    0,
    10**400,
    1e308,
    float("inf"),
)
WORDS: tuple[Any, ...] = (None, 7, True, [], {}, "", "x", ["x"], "\x00", "' OR 1=1 --")
CURVES: dict[str, tuple[type[ec.EllipticCurve], type[hashes.HashAlgorithm], int]] = {
    "ES256": (ec.SECP256R1, hashes.SHA256, 32),
    "ES384": (ec.SECP384R1, hashes.SHA384, 48),
    "ES512": (ec.SECP521R1, hashes.SHA512, 66),
    "ES256K": (ec.SECP256K1, hashes.SHA256, 32),
}
HASHES = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def part(value: Any) -> str:
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class Forger:
    """Somebody who has a good token, the public key, and in part even our own private one."""

    def __init__(self, key: Mapping[str, str], good: str, dice: Random) -> None:
        self.good, self.dice, self.kid = good, dice, key["kid"]
        self.head, self.claims = (json.loads(_bytes(p)) for p in good.split(".")[:2])
        self.own = ec.derive_private_key(int.from_bytes(_bytes(key["d"]), "big"), ec.SECP256R1())
        self.public = {name: key[name] for name in ("crv", "kty", "x", "y", "kid")}
        self.strangers = {alg: ec.generate_private_key(c[0]()) for alg, c in CURVES.items()}
        self.rsa = rsa.generate_private_key(65537, 2048)
        self.edwards = ed25519.Ed25519PrivateKey.generate()

    def tokens(self, number: int) -> Iterator[tuple[str, str]]:
        """So many tokens and their kinds, each kind in its turn."""
        kinds: list[Callable[[], str]] = [
            self.drop_signature, self.by_public_key, self.kid_trick, self.key_brought_along,
            self.another_type, self.another_algorithm, self.by_a_stranger, self.claim_missing,
            self.claim_wrong, self.out_of_time, self.repeat_claim, self.flip_bit, self.flip_bit,
            self.cut, self.nest_deeply, self.noise, self.append_padding, self.id_token,
            self.part_of_another,
        ]  # fmt: skip
        for turn in range(number):
            kind = kinds[turn % len(kinds)]
            yield kind.__name__, kind()

    def drop_signature(self) -> str:
        head = self.head | {"alg": self.dice.choice(NONE)}
        signature = self.dice.choice(["", part(b"\0" * 64), self.good.split(".")[2]])
        return f"{part(head)}.{part(self._greedy())}.{signature}"

    def by_public_key(self) -> str:
        alg = self.dice.choice(list(HASHES))
        public = self.own.public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        plain = {name: self.public[name] for name in ("crv", "kty", "x", "y")}
        secret = self.dice.choice([
            pem, pem.strip(), pem.replace(b"\n", b"\r\n"),
            public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
            public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
            public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
            json.dumps(self.public).encode(), json.dumps(plain).encode(),
            json.dumps(plain, separators=(",", ":")).encode(),
            json.dumps({"keys": [plain]}).encode(),
            _bytes(self.public["x"]), self.kid.encode(), b"", b"\0" * 32,
        ])  # fmt: skip
        return self._mac(self.head | {"alg": alg}, self._greedy(), secret, HASHES[alg])

    def kid_trick(self) -> str:
        head = self.head | {"kid": self.dice.choice(KIDS)}
        if self.dice.random() < 0.5:
            return self._mac(head | {"alg": "HS256"}, self._greedy(), b"", "sha256")
        return self.sign(head, self._greedy(), key=self.strangers["ES256"])

    def key_brought_along(self) -> str:
        key = self.strangers["ES256"]
        point = key.public_key().public_numbers()
        own = {"kty": "EC", "crv": "P-256", "x": part(point.x.to_bytes(32, "big")),
               "y": part(point.y.to_bytes(32, "big"))}  # fmt: skip
        more = self.dice.choice([
            {"jwk": own}, {"jwk": own | {"kid": self.kid}}, {"jku": "http://127.0.0.1:9/keys"},
            {"x5u": "http://127.0.0.1:9/cert"}, {"x5c": ["MIIB"]}, {"x5t": "AA"}, {"cty": "JWT"},
            {"crit": ["b64"], "b64": False}, {"crit": []}, {"zip": "DEF"}, {"epk": own},
        ])  # fmt: skip
        signer = self.dice.choice([key, self.own])
        return self.sign(self.head | more, self._greedy(), key=signer)

    def another_type(self) -> str:
        head = self.head | {"typ": self.dice.choice(TYPES)}
        if self.dice.random() < 0.2:
            del head["typ"]
        return self.sign(head, self.claims)

    def another_algorithm(self) -> str:
        alg = self.dice.choice(["ES384", "ES512", "ES256K", "RS256", "PS256", "EdDSA", "es256"])
        head = self.head | {"alg": self.dice.choice([alg, "ES256"])}
        text = f"{part(head)}.{part(self._greedy())}"
        if alg in CURVES:
            return f"{text}.{part(_raw(self.strangers[alg], text, alg))}"
        if alg == "EdDSA":
            return f"{text}.{part(self.edwards.sign(text.encode()))}"
        pads: Any = padding.PKCS1v15() if alg == "RS256" else padding.PSS(
            padding.MGF1(hashes.SHA256()), 32
        )  # fmt: skip
        return f"{text}.{part(self.rsa.sign(text.encode(), pads, hashes.SHA256()))}"

    def by_a_stranger(self) -> str:
        zero = self.dice.choice([b"\0" * 64, b"\xff" * 64, b"", b"\0" * 63 + b"\1"])
        if self.dice.random() < 0.3:
            return f"{part(self.head)}.{part(self._greedy())}.{part(zero)}"
        return self.sign(self.head, self._greedy(), key=self.strangers["ES256"])

    def claim_missing(self) -> str:
        name = self.dice.choice([name for name in self.claims if name not in OPTIONAL])
        return self.sign(self.head, {n: v for n, v in self.claims.items() if n != name})

    def claim_wrong(self) -> str:
        name, value = self.dice.choice(list(self._wrong()))
        return self.sign(self.head, self.claims | {name: value})

    def _wrong(self) -> Iterator[tuple[str, Any]]:
        issuer, audience = self.claims["iss"], self.claims["aud"]
        for value in (*WORDS, f"{issuer}/", issuer.upper(), [issuer], f"{issuer}.evil.example"):
            yield "iss", value
        for value in (*WORDS, f"{audience} ", audience.upper(), audience[:-1], ["other"]):
            yield "aud", value
        for name in ("sid", "unit", "level"):
            for value in WORDS:
                yield name, value
        for value in (None, 7, True, [], {}, ["x"]):
            yield "sub", value
            yield "client_id", value
            yield "jti", value
        for value in (None, "viewer", {"viewer": 1}, ["king"], [None], [["viewer"]], 7):
            yield "roles", value
        for value in (None, 7, "p", {}, [7], [None]):
            yield "purpose", value
        for value in (None, 7, ["me:read"], {}):
            yield "scope", value
        for value in (None, "1", 1.0, True, [], float("nan")):
            yield "ver", value
        for name in ("exp", "nbf", "iat"):
            for value in NUMBERS:
                if name == "exp" or value not in (-1, 0, True):  # long ago is a time to begin
                    yield name, value if value != 10**400 or name != "exp" else -(10**400)

    def out_of_time(self) -> str:
        now, away = int(time.time()), self.dice.randint(60, 10**9)
        wrong = self.dice.choice([
            {"exp": now - away}, {"nbf": now + away}, {"iat": now + away},
            {"nbf": now + away, "iat": now + away, "exp": now + 2 * away},
        ])  # fmt: skip
        return self.sign(self.head, self.claims | wrong)

    def repeat_claim(self) -> str:
        name = self.dice.choice(list(self.claims))
        body = (
            json.dumps(self.claims)[:-1]
            + f", {json.dumps(name)}: {json.dumps(self.claims[name])}}}"
        )
        if self.dice.random() < 0.5:
            return self.sign(self.head, body.encode())
        head = json.dumps(self.head)[:-1] + f', "alg": {json.dumps(self.head["alg"])}}}'
        return self.sign(head.encode(), self.claims)

    def flip_bit(self) -> str:
        token = bytearray(self.good.encode())
        place = self.dice.randrange(len(token))
        token[place] ^= 1 << self.dice.randrange(7)
        if self.dice.random() < 0.3:
            token[place] = ord(
                self.dice.choice(LETTERS.replace(chr(self.good.encode()[place]), ""))
            )
        found = bytes(token).decode()
        return found if found.isprintable() and " " not in found else self.flip_bit()

    def cut(self) -> str:
        head, body, signature = self.good.split(".")
        return self.dice.choice([
            self.good[: self.dice.randrange(1, len(self.good))], f"{head}.{body}",
            f"{head}.{body}.",
            f".{body}.{signature}", f"{head}..{signature}", f"{self.good}.{signature}", "..", "...",
            f"{self.good}{self.dice.choice(LETTERS)}", f"{body}.{head}.{signature}", f"{head}",
            f"{head}.{body}.{signature[::-1]}", f"{self.good},{self.good}", f"{self.good}=", "null",
            f"{head}.{body}.{signature[:40]}!{signature[40:]}", f"{self.good}!",
            f"{head}.e30.{body}.e30.{signature}", json.dumps({"payload": body}).replace(" ", ""),
        ])  # fmt: skip

    def nest_deeply(self) -> str:
        deep = self.dice.choice([b"[", b'{"a":', b'[{"a":']) * self.dice.randint(500, 2500)
        kind = self.dice.randrange(4)
        if kind == 0:
            return f"{part(deep)}.{part(self.claims)}.{self.good.split('.')[2]}"
        if kind == 1:
            return self.sign(self.head, deep)
        if kind == 2:
            return self.sign(self.head | {"cty": "JWT"}, self.good.encode())
        return self.sign(self.head, self.claims | {"more": "x" * self.dice.randint(9000, 20_000)})

    def noise(self) -> str:
        size = self.dice.choice([1, 10, 43, 86, 500, 5000])
        text = "".join(self.dice.choice(LETTERS + "..") for _ in range(size))
        body = self.dice.randbytes(self.dice.randint(0, 200))
        return self.dice.choice([text, self.sign(self.head, body), self.sign(body, self.claims)])

    def append_padding(self) -> str:
        """Far too long: whatever reads it must not read it all."""
        rare = self.dice.random() < 0.02
        return self.good + "A" * (1_000_000 if rare else self.dice.randint(8000, 30_000))

    def id_token(self) -> str:
        """An ID token, which only names the account to an application, opens nothing."""
        claims = {name: self.claims[name] for name in ("iss", "sub", "iat", "exp")}
        claims |= {"aud": "an-application", "nonce": "n", "auth_time": claims["iat"]}
        head = self.dice.choice([self.head, self.head | {"typ": "JWT"}])
        return self.sign(head, self.dice.choice([claims, self.claims | {"aud": claims["aud"]}]))

    def part_of_another(self) -> str:
        """Our own signature, under other words."""
        head, _, signature = self.sign(self.head, self.claims).split(".")
        return f"{head}.{part(self._greedy())}.{signature}"

    def sign(self, head: Any, body: Any, key: ec.EllipticCurvePrivateKey | None = None) -> str:
        text = f"{part(head)}.{part(body)}"
        return f"{text}.{part(_raw(key or self.own, text, 'ES256'))}"

    def _mac(self, head: Claims, body: Claims, secret: bytes, kind: str) -> str:
        text = f"{part(head)}.{part(body)}"
        return f"{text}.{part(hmac.new(secret, text.encode(), getattr(hashlib, kind)).digest())}"

    def _greedy(self) -> Claims:
        """The claims of a good token, with more in them than it gave."""
        claims: Claims = self.claims
        return claims | {"roles": ["auditor", "unit_admin"], "jti": str(self.dice.random())}


OPTIONAL = ("amr", "auth_time")


def _raw(key: ec.EllipticCurvePrivateKey, text: str, alg: str) -> bytes:
    _, kind, size = CURVES[alg]
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(kind())))
    return r.to_bytes(size, "big") + s.to_bytes(size, "big")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
