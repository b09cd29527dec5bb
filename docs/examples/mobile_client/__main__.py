"""A mobile client that works without a network for a day: copies and a queue on disk, then push.

    python3 mobile_client FOLDER sign-in | finish ANSWER | pull | create RESOURCE VALUES
        | change RESOURCE ID VALUES | push | conflicts | resolve ID CHOICE | refresh [--lose]

Standard library only. FOLDER is the storage of the device; SITE in the environment is the server.
"""

import json
import sys
from pathlib import Path
from urllib.parse import parse_qs

from copies import pull
from queue_of_work import make_id, note, push, resolve, show_conflicts
from server import Server, sign_in
from store import Store


def main(folder: str, command: str, *given: str) -> None:
    """Do what the command line asks for."""
    store = Store(Path(folder))
    server = Server(store)
    match command, *given:
        case "sign-in", *_:
            sign_in(store)
        case "finish", answer:
            server.finish({name: values[0] for name, values in parse_qs(answer).items()})
        case "pull", *_:
            pull(store, server)
        case "create", resource, values:
            note(store, "create", resource, make_id(), json.loads(values))
        case "change", resource, id, values:
            note(store, "change", resource, id, json.loads(values))
        case "push", *_:
            push(store, server)
        case "conflicts", *_:
            show_conflicts(server)
        case "resolve", id, choice:
            resolve(server, id, choice)
        case "refresh", *lose:
            server.refresh(lose=lose == ["--lose"])
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
