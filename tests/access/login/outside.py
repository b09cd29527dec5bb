"""A provider outside, run on its own: `oidc-provider-mock`, which this wraps to lie on demand.

The name somebody gives there says how its answer is spoilt. Its signatures are real.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
import warnings
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

OTHER = RSAKey.generate_key(2048, private=True)


def spoil(how: str, claims: dict[str, Any], key: RSAKey, secret: str) -> str:
    """An id token that is wrong in one way, and right in all others."""
    head: dict[str, Any] = {"alg": "RS256", "kid": key.kid}
    at = int(time.time())
    changes: dict[str, dict[str, Any]] = {
        "wrong-aud": {"aud": "somebody-else"},
        "two-auds": {"aud": [claims["aud"], "somebody-else"]},
        "wrong-azp": {"azp": "somebody-else"},
        "wrong-iss": {"iss": "http://127.0.0.1:1"},
        "wrong-nonce": {"nonce": "another"},
        "no-nonce": {"nonce": None},
        "expired": {"exp": at - 600},
        "no-exp": {"exp": None},
        "from-the-future": {"iat": at + 600},
        "no-sub": {"sub": None},
        "mfa": {"amr": ["pwd", "mfa"]},
    }
    body = {n: v for n, v in (claims | changes.get(how, {})).items() if v is not None}
    if how == "other-key":
        return jwt.encode(head, body, OTHER, ["RS256"])
    if how == "unknown-key":
        return jwt.encode(head | {"kid": "unknown"}, body, OTHER, ["RS256"])
    if how == "hs256":
        return jwt.encode({"alg": "HS256"}, body, OctKey.import_key(secret), ["HS256"])
    if how == "none":
        parts = [json.dumps(part).encode() for part in ({"alg": "none"}, body)]
        return ".".join(base64.urlsafe_b64encode(p).decode().rstrip("=") for p in parts) + "."
    if how == "own-key":
        mine = ECKey.generate_key("P-256", private=True)
        carried = {"alg": "ES256", "jwk": mine.as_dict(private=False)}
        return jwt.encode(carried, body, mine, ["ES256"])
    return jwt.encode(head, body, key, ["RS256"])


def create_provider(elsewhere: str) -> Any:
    """The provider's application; what leads astray leads `elsewhere`."""
    import flask
    import oidc_provider_mock

    app: Any = oidc_provider_mock.app()
    challenges: dict[str, str | None] = {}

    @app.before_request  # type: ignore[untyped-decorator]
    def check_proof() -> Any:
        form = flask.request.form
        if flask.request.path == "/oauth2/token":
            given = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            told = base64.urlsafe_b64encode(given).decode().rstrip("=")
            if challenges.pop(form.get("code", ""), None) != told:
                return {"error": "invalid_grant"}, 400
        return None

    @app.after_request  # type: ignore[untyped-decorator]
    def change(answer: Any) -> Any:
        if flask.request.path == "/oauth2/authorize" and answer.location:
            code = parse_qs(urlsplit(answer.location).query).get("code", [""])[0]
            challenges[code] = flask.request.args.get("code_challenge")
        if flask.request.path == "/oauth2/token" and answer.status_code == 200:
            body, store = answer.get_json(), flask.g.oidc_provider_mock_storage
            key = RSAKey.import_key(store.jwk.as_dict(is_private=True))
            claims = jwt.decode(body["id_token"], key, ["RS256"]).claims
            basic = flask.request.authorization
            secret = str(basic.password if basic else secrets.token_hex())
            key.ensure_kid()
            body["id_token"] = spoil(str(claims["sub"]).partition(".")[0], claims, key, secret)
            answer.set_data(json.dumps(body))
        return answer

    @app.get("/<way>/.well-known/openid-configuration")  # type: ignore[untyped-decorator]
    def astray(way: str) -> Any:
        here = flask.request.host_url.rstrip("/")
        ends = {
            "authorization_endpoint": f"{here}/oauth2/authorize",
            "token_endpoint": f"{here}/oauth2/token",
            "jwks_uri": f"{here}/jwks",
        }
        if way == "redirected":
            return flask.redirect(f"{elsewhere}/.well-known/openid-configuration")
        if way == "huge":
            return {"issuer": f"{here}/huge", **ends, "and": "so on" * 80_000}
        if way == "text":
            return "this is not JSON"
        if way in ends:
            return {"issuer": f"{here}/{way}", **ends, way: f"{elsewhere}/here"}
        return {"issuer": f"{here}/another", **ends}

    return app


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, create_provider(sys.argv[1]), threaded=True)
    print(server.server_port, flush=True)
    server.serve_forever()
