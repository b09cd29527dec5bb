"""Nobody is found by what their tip came with: address, device, pages, pictures, file names."""

import asyncio
import base64
import shutil
from collections.abc import Iterator, Set
from typing import Any

import asyncpg
import httpx

from app.db.embedded.discovery import find_running_url
from app.db.embedded.lifecycle import Embedded
from app.db.embedded.server import DATABASE
from app.domain.confidential.crypto.keyrings import write_key_file
from app.domain.tips.crypto.keys import generate_keys
from bench.trust_planted import CAME_FROM, PlantedMarks, Search
from bench.trust_processes import surroundings
from bench.trust_server import Installation, installation, prepare
from bench.trust_terms import Terms, Verdict
from tests.application import LIGHT

TIPS = "/api/v1/public/tips"
AT_ONCE = 6
SWIFT = {
    "BINHYEN_TIPS_WITHOUT_WORK": "1000000", "BINHYEN_TIP_ANSWER_SECONDS": "0",
    "BINHYEN_WRONG_RECEIPTS_WITHOUT_WORK": "1000000",
}  # fmt: skip
FAULTY = (b"{", b'{"text": ""', b"\xff\xfe", b"[]")
TELLING = ("etag", "set-cookie", "location", "server", "last-modified")


def anonymity(terms: Terms) -> Verdict:
    """Send so many tips, with all that browsers, cameras and proxies add; none of it is stored."""
    return next(_anonymity(terms, "anonymity"))


def planted_marks(terms: Terms) -> Verdict:
    """The control: a mark is put into a table, a column of bytes, the log and a file."""
    *_, control = _anonymity(terms, "control-anonymity")
    return control


def anonymity_then_control(terms: Terms) -> Iterator[Verdict]:
    """Both on one installation: first nothing is found, then all that is put there."""
    return _anonymity(terms, "anonymity")


def _anonymity(terms: Terms, name: str) -> Iterator[Verdict]:
    temporary = terms.folder / f"{name}-temporary"
    temporary.mkdir()
    env = surroundings(terms.folder, TMPDIR=str(temporary), **SWIFT)
    with installation(terms.folder / name, prepare(terms.folder), env=env) as place:
        (place.data / "tip-keys.json").unlink(missing_ok=True)
        write_key_file(place.data / "tip-keys.json", generate_keys(LIGHT))
        place.start()
        place.ready()
        planted = PlantedMarks()
        search, sent = Search(planted.needles), _SentCounts()
        asyncio.run(_send(place, planted, search, sent, terms))
        asyncio.run(search.tables(_url(place)))
        place.end()
        for where in (place.data, place.log, temporary):
            search.files(where, but=("compiled",))
        shutil.rmtree(temporary)
        yield _judge(terms, name, search, sent)
        _leave(place, planted)
        with Embedded(place.data) as database:  # it needs no server for what is planted
            asyncio.run(_leak(database.url(DATABASE), planted))
            asyncio.run(search.tables(database.url(DATABASE)))
        for where in (place.data, place.log):
            search.files(where, but=("compiled",))
        yield _judge(terms, name, search, sent, _leaks(name, planted))


def _judge(
    terms: Terms, name: str, search: Search, sent: "_SentCounts", leaks: Set[str] = frozenset()
) -> Verdict:
    terms.tell("\n  ".join(sorted(set(search.found))[:20]))
    figures: dict[str, Any] = {"tips": sent.tips, "files": sent.files, "faulty": sent.faulty}
    figures |= {"telling_headers": len(sent.headers), "searched_mb": search.looked_at // 1_000_000}
    figures |= {"found": len(set(search.found)), "seed": terms.seed}
    if leaks:
        figures["leaks"] = len(set(search.found) & leaks)
    whole = sent.tips == terms.times and sent.files == 3 * terms.times and not sent.headers
    return Verdict(name, figures, whole and not search.found)


class _SentCounts:
    """Numbers of tips that were sent and accepted."""

    def __init__(self) -> None:
        self.tips = self.files = self.faulty = 0
        self.headers: set[str] = set()

    def note(self, answer: httpx.Response, status: int) -> httpx.Response:
        assert answer.status_code == status, answer.text
        self.headers |= set(TELLING) & set(answer.headers)
        if "no-store" not in answer.headers["cache-control"]:
            self.headers.add("cache-control")
        return answer


async def _send(
    place: Installation, planted: PlantedMarks, search: Search, sent: _SentCounts, terms: Terms
) -> None:
    """From an address of its own, so that the true one is sought as well."""
    way = httpx.AsyncHTTPTransport(local_address=CAME_FROM)
    headers = planted.headers()
    async with httpx.AsyncClient(
        base_url=place.site, headers=headers, timeout=60, transport=way
    ) as client:
        asked = {"within": "19", "search": planted.mark}
        search.look("units", (await client.get("/api/v1/public/units", params=asked)).content)
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(
            *(_one(client, n, planted, search, sent, gate) for n in range(terms.times))
        )
        await _badly(client, place, planted, search, sent)
    async with httpx.AsyncClient(base_url=place.site) as watcher:
        search.look("metrics", (await watcher.get("/metrics")).content)


async def _one(
    client: httpx.AsyncClient, number: int, planted: PlantedMarks, search: Search,
    sent: _SentCounts, gate: asyncio.Semaphore,
) -> None:  # fmt: skip
    """A tip with words, a name, three pictures and a message, every part of it a secret."""
    async with gate:
        tip = {"text": f"{planted.mark}text {number}", "unit_code": "19",
               "contact": {"name": f"{planted.mark}who", "phone": planted.numbers}}  # fmt: skip
        key = {"idempotency-key": f"{planted.mark}key{number:06}"}
        answer = sent.note(await client.post(TIPS, json=tip, headers=key), 201)
        receipt = answer.json()["receipt"]
        search.look("answer", answer.content)
        for content in planted.files():
            said = {"receipt": receipt, "content": base64.b64encode(content).decode()}
            sent.note(await client.post(f"{TIPS}/attachments", json=said), 201)
            sent.files += 1
        said = {"receipt": receipt, "text": f"{planted.mark}more"}
        sent.note(await client.post(f"{TIPS}/messages", json=said), 201)
        sent.note(await client.post(f"{TIPS}/status", json={"receipt": receipt}), 200)
        sent.tips += 1


async def _badly(
    client: httpx.AsyncClient,
    place: Installation,
    planted: PlantedMarks,
    search: Search,
    sent: _SentCounts,
) -> None:
    """Refusals, and failures inside with all of it in hand: neither is reported anywhere."""
    kind = {"content-type": "application/json"}
    for path in ("", "/status", "/messages", "/attachments", f"/{planted.mark}"):
        for body in (*FAULTY, f'{{"{planted.mark}": "{planted.mark}"}}'.encode()):
            answer = await client.post(TIPS + path, content=body, headers=kind)
            assert 400 <= answer.status_code < 500, answer.text
            search.look(f"refusal of {path}", answer.content)
            sent.faulty += 1
    receipt = (await client.post(TIPS, json={"text": planted.mark, "unit_code": "19"})).json()
    tips, away = place.data / "tips", place.data.with_suffix(".away")
    tips.rename(away)
    tips.touch()
    said = {"receipt": receipt["receipt"], "content": base64.b64encode(b"x").decode()}
    answer = await client.post(f"{TIPS}/attachments", json=said)
    assert answer.status_code == 503, answer.text
    search.look("failure", answer.content)
    tips.unlink()
    away.rename(tips)


def _url(place: Installation) -> str:
    url = find_running_url(place.data)
    assert url, "the database runs"
    return url


async def _leak(url: str, planted: PlantedMarks) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("UPDATE tip_message SET sent_by = $1", planted.address)
    await connection.execute(
        "UPDATE kept_receipt SET sealed = $1", b"\0\1" + f"{planted.mark}agent".encode()
    )
    await connection.close()


def _leave(place: Installation, planted: PlantedMarks) -> None:
    with place.log.open("a") as log:
        log.write(f'{{"event": "request", "peer": "{CAME_FROM}"}}\n')
    (place.data / "tips" / "left").write_bytes(planted.files()[0])


def _leaks(name: str, planted: PlantedMarks) -> set[str]:
    """List what the control has to find, at the least."""
    tables = {f"{planted.address} in tip_message", f"{planted.mark} in kept_receipt"}
    return tables | {f"{CAME_FROM} in {name}.log", f"{planted.mark} in {name}/tips/left"}
