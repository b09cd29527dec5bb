"""Webhooks: nothing is lost and nothing comes in the wrong order, whatever is killed.

A receiver refuses three messages of ten; two senders work at once and are killed again and again.
No address inside is reached, and no mangled signature is taken.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx

from app.db.embedded.discovery import find_running_url
from bench import webhook_attacks as attacks
from bench.trust_processes import surroundings
from bench.trust_server import installation, prepare
from bench.trust_terms import Terms, Verdict
from bench.webhook_kills import Kills, send_under_kills
from bench.webhook_receiver import HOST, Receiver, open_receiver

ENDPOINTS = "/api/v1/webhook-endpoints"
REFUSES, KILLS, VERSIONS = 0.3, 20, 10
SIGNATURES = 10_000
HOSTS = f'["{HOST}"]'
PLANT = """
INSERT INTO outbox (id, recorded_at, resource, resource_id, act, version, fields, unit_id)
SELECT gen_random_uuid(), now(), 'unit', id, 'change', $1, '{name}', id
FROM (SELECT unit_id AS id FROM unit_version WHERE valid_to = 'infinity'
      GROUP BY unit_id ORDER BY unit_id LIMIT $2) standing
"""


@dataclass(frozen=True)
class Post:
    """An installation: how to send it a request, its database, the environment of its senders."""

    request: Callable[[str, dict[str, Any]], Any]
    dsn: str
    environment: dict[str, str]


def webhooks(terms: Terms) -> Verdict:
    """Deliver, reach, and mangle, each with its figure."""
    figures = deliver(terms) | reach_and_mangle(terms, SIGNATURES)
    well = not any(figures[name] for name in ("missing", "out_of_order", "forged"))
    well &= not any(figures[name] for name in ("inside_reached", "mangled_accepted"))
    return Verdict("webhooks", figures, well and figures["public_reached"] == 2)


def webhooks_with_faults(terms: Terms) -> Verdict:
    """Plant a fault of each kind; the figures have to show every one of them."""
    hasty, unordered = (deliver(terms, fault) for fault in ("hasty", "unordered"))
    shown = {
        "missing(hasty)": hasty["missing"], "out_of_order(unordered)": unordered["out_of_order"],
    } | count_planted(terms)  # fmt: skip
    return Verdict("webhooks(faults)", shown, not all(shown.values()))


def count_planted(terms: Terms) -> dict[str, Any]:
    """Count what is reached without a judge, and what is taken though it is mangled."""
    mangle = attacks.mangle_one_signature
    return {
        "inside_reached(no_judge)": attacks.count_reached_without_judge(terms.folder / "attacks"),
        "accepted(one_good)": attacks.count_accepted(20, terms.seed, mangle),
    }


def reach_and_mangle(terms: Terms, signatures: int) -> dict[str, Any]:
    """Try all addresses, and so many mangled messages."""
    tried, inside, public = attacks.count_reached(terms.folder / "attacks")
    accepted = attacks.count_accepted(signatures, terms.seed)
    return {
        "addresses": tried, "inside_reached": inside, "public_reached": public,
        "mangled": signatures, "mangled_accepted": accepted,
    }  # fmt: skip


def deliver(terms: Terms, fault: str = "") -> dict[str, Any]:
    """Deliver the events of an installation of its own."""
    environment = surroundings(terms.folder, BINHYEN_WEBHOOK_HOSTS=HOSTS)
    place = terms.folder / f"webhooks{fault}"
    with installation(place, prepare(terms.folder), env=environment) as made:
        made.start("--no-demo", "--no-worker")
        made.ready()
        headers = {"authorization": f"Bearer {made.token('viewer')}"}

        def request(path: str, data: dict[str, Any]) -> Any:
            answer = httpx.post(made.site + path, json=data, headers=headers, timeout=60)
            return answer.raise_for_status().json()

        dsn = find_running_url(made.data)
        assert dsn
        more = {"BINHYEN_DATABASE_URL": dsn, "BINHYEN_DATA": str(made.data)}
        post = Post(request, dsn, environment | more)
        return deliver_events(post, terms, KILLS if not fault else 2, fault)


def deliver_events(post: Post, terms: Terms, kills: int, fault: str = "") -> dict[str, Any]:
    """Register a receiver, plant events, and let them be sent while senders are killed."""
    dice = random.Random(terms.seed)
    with open_receiver(dice, REFUSES) as receiver:
        data = {
            "name": "proof", "url": receiver.url, "resources": ["units"], "events": ["changed"],
        }  # fmt: skip
        made = post.request(ENDPOINTS, data)
        receiver.public_key = made["public_key"]
        planted = asyncio.run(plant_events(post.dsn, terms.times // VERSIONS))

        def replay() -> None:
            span = {"since": "2026-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"}
            post.request(f"{ENDPOINTS}/{made['id']}/replay", span | {"only_failed": True})

        plan = Kills(kills, dice, post.environment, fault, replay, terms.tell)
        killed = send_under_kills(plan, receiver, planted)
        return _figures(receiver, planted, killed)


async def plant_events(dsn: str, records: int) -> int:
    """Put changes of so many records into the log of changes, a transaction for each version."""
    connection = await asyncpg.connect(dsn)
    try:
        done = [await connection.execute(PLANT, 2 + n, records) for n in range(VERSIONS)]
    finally:
        await connection.close()
    return sum(int(one.rpartition(" ")[2]) for one in done)


def _figures(receiver: Receiver, planted: int, killed: int) -> dict[str, Any]:
    return {
        "events": planted, "kills": killed, "refused": receiver.refused,
        "came": sum(map(len, receiver.came.values())), "missing": planted - receiver.taken_count,
        "out_of_order": receiver.out_of_order(), "forged": receiver.forged,
    }  # fmt: skip
