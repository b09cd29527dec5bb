"""Every change of a sealed audit shows; cut tails show by a head that was published."""

import asyncio
from random import Random

from app.bootstrap import migrate
from app.db.embedded.lifecycle import ROLE, Embedded
from app.db.embedded.server import SUPERUSER
from app.db.session import Database
from app.settings import Settings
from bench import audit_attacks
from bench.trust_terms import Terms, Verdict


def audit(terms: Terms) -> Verdict:
    """Tamper with entries, links and seals, each time with a whole chain."""
    return _on_a_server(terms, published=True)


def audit_without_witness(terms: Terms) -> Verdict:
    """Control: nobody stored a head outside, so tails can be cut off unseen."""
    return _on_a_server(terms, published=False)


def _on_a_server(terms: Terms, *, published: bool) -> Verdict:
    server = Embedded(terms.folder / ("audit" if published else "unwitnessed"))
    url = server.start()
    try:
        migrate(Settings(database_url=url))
        return asyncio.run(tamper_and_verify(url, terms, published=published))
    finally:
        server.stop()


async def tamper_and_verify(url: str, terms: Terms, *, published: bool = True) -> Verdict:
    """The same on a database that is there and has no audit yet."""
    database, dice = Database.connect(all_powerful(url), size=1), Random(terms.seed)
    try:
        keys = await audit_attacks.fill(database, dice)
        before = await audit_attacks.count_false_faults(database, keys)
        found = await audit_attacks.tamper(database, keys, terms.times, dice, published=published)
        after = await audit_attacks.count_false_faults(database, keys)
    finally:
        await database.close()
    done, seen = (sum(counts) for counts in zip(*found.values(), strict=True))
    told = {f"{name}s": f"{seen}/{done}" for name, (done, seen) in found.items()}
    figures = {"detected": f"{seen}/{done}", **told, "untampered_faults": before + after}
    figures |= {"entries": audit_attacks.LENGTH, "seed": terms.seed}
    name = "audit" if published else "audit(unwitnessed)"
    return Verdict(name, figures, done == seen and not before + after)


def all_powerful(url: str) -> str:
    """The same database as its administrator sees it, whom nothing holds back."""
    return url.replace(f"//{ROLE}:", f"//{SUPERUSER}:")
