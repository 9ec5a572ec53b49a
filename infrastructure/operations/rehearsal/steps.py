"""The steps of a rehearsal: commands that must succeed, and checks that must hold."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path.cwd()
WORK = Path(os.environ["WORK"])
STARTED = time.monotonic()


def bash(commands, directory=ROOT, fails=False, **variables):
    environment = {**os.environ, **variables}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=directory, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=480,
    )
    if (done.returncode != 0) != fails:
        sys.exit(f"{done.stdout[-6000:]}\nended with {done.returncode}:\n{commands}")
    return done.stdout


def check(what, held):
    if not held:
        sys.exit(f"DOES NOT HOLD: {what}")
    print(f"   {what}", flush=True)


def step(what):
    print(f"-- {int(time.monotonic() - STARTED)} s: {what}", flush=True)


def eventually(what, holds, seconds=300):
    """Waits longer than the 45 s for which a queue hides a message whose invocation died."""
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.5)
    check(what, holds())
