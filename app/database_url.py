"""The address of a database, in the one spelling that all drivers read."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit

SCHEMES = ("postgresql", "postgres")
SPELLINGS = {"ssl": "sslmode", "database": "dbname"}
# what asyncpg and libpq both know; another name would be an error of one of them, or be ignored
PARAMETERS = frozenset({
    "application_name", "dbname", "host", "krbsrvname", "passfile", "password", "port",
    "sslcert", "sslcrl", "sslkey", "sslmode", "sslpassword", "sslrootcert",
    "ssl_max_protocol_version", "ssl_min_protocol_version", "target_session_attrs", "user",
})  # fmt: skip
TLS_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
TRUTHS = {"true": "require", "on": "require", "1": "require", "false": "disable", "off": "disable"}


def normalize_url(given: str) -> str:
    """Return the address as libpq spells it; errors do not repeat it, for it holds a password."""
    scheme, _, rest = given.partition("://")
    if scheme not in SCHEMES or not rest:
        raise ValueError("say postgresql://user:password@host:port/database?sslmode=verify-full")
    parts = urlsplit(f"postgresql://{rest}")
    if parts.fragment:
        raise ValueError("'#' in a password is written %23, '/' %2F, '@' %40")
    pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    found = [_normalize_parameter(*pair) for pair in pairs]
    if len({name for name, _ in found}) < len(found):
        raise ValueError("a parameter is given twice; sslmode= and ssl= are the same")
    query = urlencode(found, quote_via=quote, safe="/")
    return f"postgresql://{parts.netloc}{parts.path}{'?' if query else ''}{query}"


def _normalize_parameter(name: str, value: str) -> tuple[str, str]:
    name = SPELLINGS.get(name, name)
    if name not in PARAMETERS:
        raise ValueError(f"{name!r} is not known; allowed: {', '.join(sorted(PARAMETERS))}, ssl")
    if name == "sslmode":
        value = TRUTHS.get(value.lower(), value)
        if value not in TLS_MODES:
            raise ValueError(f"sslmode is one of {', '.join(TLS_MODES)}")
    return name, value
