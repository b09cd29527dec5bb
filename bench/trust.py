"""The long proofs of trust: crashes, starts, ends, clients that leave, tokens that are forged."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import randbelow

from app.server.processes import exit_on_signals
from bench import trust_controls as controls
from bench import trust_crash as crash
from bench.trust_anonymity import anonymity, planted_marks
from bench.trust_audit import audit, audit_without_witness
from bench.trust_backup import backup
from bench.trust_canaries import canaries, clear_words
from bench.trust_changes import changes, hasty
from bench.trust_clerk_files import clerk_files, misread_files
from bench.trust_disconnects import leaking, leaving
from bench.trust_evaluation_round import (
    evaluation_round,
    evaluation_round_that_loses,
    evaluation_round_with_faults,
)
from bench.trust_exclusions import exclusions, forgetful
from bench.trust_figures import figures, figures_of_today
from bench.trust_hostile_files import files_inside, hostile_files
from bench.trust_hostile_queries import hoarding, hostile
from bench.trust_identity import forgiving, identity
from bench.trust_impersonation import alone, impersonation
from bench.trust_imports import imports, imports_noted_late
from bench.trust_inputs import inputs, unchecked_text
from bench.trust_interrupted import interruptions
from bench.trust_matrix import matrix
from bench.trust_once import once
from bench.trust_operator import operator
from bench.trust_overload import overload, without_limit
from bench.trust_races import races
from bench.trust_receipts import receipts
from bench.trust_redrawn_figures import redrawn_figures
from bench.trust_refused import refusals
from bench.trust_start import start
from bench.trust_suppression import nothing_hidden, suppression
from bench.trust_sync import last_wins, sync
from bench.trust_terms import Skipped, Terms, Verdict
from bench.trust_tokens import good_token, tokens
from bench.trust_upgrade import rolling, rolling_hasty
from bench.trust_user import user
from bench.trust_webhooks import webhooks, webhooks_with_faults
from bench.trust_workers import workers


@dataclass(frozen=True)
class Proof:
    """A proof, its repetitions, and whether it is a control: a planted fault to be found."""

    run: Callable[[Terms], Verdict]
    times: int
    fails: bool = False


PROOFS = {
    "start": Proof(start, 4),
    "user": Proof(user, 4),
    "refused": Proof(refusals, 7),
    "interrupted": Proof(interruptions, 6),
    "workers": Proof(workers, 4),
    "crash-server": Proof(crash.SERVER, 20),
    "crash-postgres": Proof(crash.POSTGRES, 10),
    "crash-backend": Proof(crash.BACKEND, 10),
    "backup": Proof(backup, 1),
    "operator": Proof(operator, 2),
    "rolling": Proof(rolling, 5),
    "leaving": Proof(leaving, 1000),
    "audit": Proof(audit, 1450),
    "once": Proof(once, 2000),
    "races": Proof(races, 200),
    "tokens": Proof(tokens, 20_000),
    "matrix": Proof(matrix, 3),
    "inputs": Proof(inputs, 20),
    "identity": Proof(identity, 50),
    "impersonation": Proof(impersonation, 50),
    "anonymity": Proof(anonymity, 500),
    "canaries": Proof(canaries, 500),
    "receipts": Proof(receipts, 20_000),
    "hostile-queries": Proof(hostile, 500),
    "overload": Proof(overload, 30),
    "hostile-files": Proof(hostile_files, 500),
    "clerk-files": Proof(clerk_files, 500),
    "exclusions": Proof(exclusions, 1000),
    "evaluation-round": Proof(evaluation_round, 3000),
    "figures": Proof(figures, 100),
    "redrawn-figures": Proof(redrawn_figures, 20),
    "sync": Proof(sync, 100),
    "changes": Proof(changes, 10),
    "webhooks": Proof(webhooks, 10_000),
    "imports": Proof(imports, 20),
    "suppression": Proof(suppression, 2000),
    "control-crash-server": Proof(controls.HASTY, 2, fails=True),
    "control-crash-postgres": Proof(controls.FORGETFUL, 2, fails=True),
    "control-rolling": Proof(rolling_hasty, 2, fails=True),
    "control-leaving": Proof(leaking, 100, fails=True),
    "control-audit": Proof(audit_without_witness, 290, fails=True),
    "control-identity": Proof(forgiving, 1, fails=True),
    "control-impersonation": Proof(alone, 1, fails=True),
    "control-inputs": Proof(unchecked_text, 1, fails=True),
    "control-anonymity": Proof(planted_marks, 5, fails=True),
    "control-canaries": Proof(clear_words, 100, fails=True),
    "control-hostile-queries": Proof(hoarding, 200, fails=True),
    "control-overload": Proof(without_limit, 10, fails=True),
    "control-hostile-files": Proof(files_inside, 10, fails=True),
    "control-clerk-files": Proof(misread_files, 10, fails=True),
    "control-figures": Proof(figures_of_today, 3, fails=True),
    "control-suppression": Proof(nothing_hidden, 50, fails=True),
    "control-evaluation-round": Proof(evaluation_round_with_faults, 50, fails=True),
    "control-evaluation-round-loses": Proof(evaluation_round_that_loses, 50, fails=True),
    "control-exclusions": Proof(forgetful, 20, fails=True),
    "control-changes": Proof(hasty, 5, fails=True),
    "control-sync": Proof(last_wins, 2, fails=True),
    "control-tokens": Proof(good_token, 200, fails=True),
    "control-webhooks": Proof(webhooks_with_faults, 500, fails=True),
    "control-imports": Proof(imports_noted_late, 3, fails=True),
}


def main() -> int:
    """Run the proofs that are wanted; 1 if any does not come out as it must."""
    asked = argparse.ArgumentParser(prog="./run trust", description=__doc__)
    named = f"may be given more than once; one of {', '.join(PROOFS)}"
    asked.add_argument("--only", action="append", choices=PROOFS, metavar="NAME", help=named)
    asked.add_argument("--seed", type=int, default=randbelow(10_000), help="repeats a run's dice")
    given = asked.parse_args()
    exit_on_signals()
    with tempfile.TemporaryDirectory(prefix="binhyen-trust-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        well = [_comes_out(proof, folder, given.seed) for proof in given.only or PROOFS]
    return 0 if all(well) else 1


def _comes_out(name: str, folder: Path, seed: int) -> bool:
    proof, begin = PROOFS[name], time.monotonic()
    try:
        found = proof.run(Terms(folder, proof.times, seed, _tell))
    except Skipped as reason:
        print(f"{name}  SKIP: {reason}", flush=True)
        return True
    except Exception as error:
        print(f"{name} seed={seed} {type(error).__name__}: {error}  FAIL", flush=True)
        return False
    suffix = "" if not proof.fails else " but must not" if found.holds else " as it must"
    print(f"{found}{suffix}  ({time.monotonic() - begin:.0f}s)", flush=True)
    return found.holds is not proof.fails


def _tell(how_far: str) -> None:
    if how_far:
        print(f"  {how_far}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
