"""The contract files: REST, GraphQL, the parity table of both, and the table of actions."""

import json
from pathlib import Path

from app.api.graphql.schema import build_schema
from app.api.guard import endpoints
from app.commands.action_table import write_action_table
from app.main import create_app
from app.settings import Settings


def contract() -> dict[str, str]:
    """Every contract file by its name; the same code always gives the same text."""
    app, schema = create_app(Settings(data=Path("."))), build_schema()
    document = json.dumps(app.openapi(), ensure_ascii=False, indent=1) + "\n"
    return {
        "openapi.json": document,
        "schema.graphql": schema.as_str() + "\n",
        "parity.json": json.dumps(parity(), ensure_ascii=False, indent=1) + "\n",
        "ACTIONS.md": write_action_table(),
    }


def parity() -> list[dict[str, object]]:
    """Return every operation with its permission and its endpoints in both API layers."""
    app, schema = create_app(Settings(data=Path("."))), build_schema()
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for way in endpoints(app, schema._schema):
        names = found.setdefault((way.does, str(way.needs)), {"REST": [], "GraphQL": []})
        names[way.api].append(way.name)
    return [
        {
            "does": does,
            "needs": needs,
            "rest": sorted(names["REST"]),
            "graphql": sorted(names["GraphQL"]),
        }
        for (does, needs), names in sorted(found.items())
    ]
