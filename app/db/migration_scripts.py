"""The SQL scripts that migrations run."""

import re

from alembic import op

from app.db.schema_version import MIGRATIONS

SCRIPTS = MIGRATIONS / "sql"


def run_script(name: str) -> None:
    """Run a script whole: of the driver's protocols only the simple one takes many statements."""
    run_statements((SCRIPTS / name).read_text(encoding="utf-8"))


def run_statements(script: str) -> None:
    """Run many statements at once."""
    op.get_bind().connection.run_async(lambda driver: driver.execute(script))


def list_created(kind: str, *names: str) -> str:
    """List what the scripts create of a kind, such as TABLE, in words for a DROP."""
    scripts = "".join((SCRIPTS / name).read_text(encoding="utf-8") for name in names)
    return ", ".join(re.findall(rf"^CREATE {kind} (\w+)", scripts, re.MULTILINE))
