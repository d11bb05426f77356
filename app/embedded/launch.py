"""Starts a command under a keeper, so that nothing of it is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

KEEPER = Path(__file__).with_name("keeper.py")


def keep(
    command: list[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    output: IO[bytes] | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    user: str | None = None,
) -> subprocess.Popen[bytes]:
    """Start a command whose whole tree ends with this process, or when its keeper is terminated.

    Args:
        command: Begins with an absolute path.
        folder: Where it runs.
        environment: All of it.
        output: Where its words go; to ours if None.
        stop_signal: What asks it to end in order.
        user: Whom to run it as; only root may choose.
    """
    options = ["--parent", str(os.getpid()), "--stop-signal", str(int(stop_signal))]
    if user is not None:
        options += ["--user", user, "--reach", str(folder)]
    # A session of its own: Ctrl-C in the terminal is for who started the command to act on.
    return subprocess.Popen(  # noqa: S603 - our own words, no shell
        [sys.executable, "-I", "-S", str(KEEPER), *options, "--", *command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
