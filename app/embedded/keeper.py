"""Keeps one command and everything it starts, and leaves none of it behind.

Run by its path (`python -I -S keeper.py …`) with nothing but the standard library, between the
process that wants a server and the server itself. When it is told to stop, when the command ends,
or when the process that wanted it is gone, however it went, the whole tree is ended.

A keeper rather than a signal at the parent's death alone: that signal comes when the *thread*
that started the server ends, is lost when the server changes its user, and cannot end a tree
that is stopped (SIGSTOP) by a failure test.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import pwd
import signal
import sys
from pathlib import Path
from time import monotonic

LOOK_SECONDS = 0.2
WATCHED = {signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP}

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_CHILD_SUBREAPER = 1, 8, 36
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522

libc = ctypes.CDLL(None, use_errno=True)


def main() -> int:
    """Keep the command of the command line; the exit code is the command's."""
    wanted = _arguments()
    # What loses its parent below us becomes our child, so that the tree stays in sight.
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    child = os.fork()
    if child == 0:
        _become(wanted)
    code = _watch(child, wanted)
    _end_tree()
    return code


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--user")
    parser.add_argument("--reach", action="append", default=[])
    parser.add_argument("--stop-signal", type=int, default=int(signal.SIGTERM))
    parser.add_argument("--grace-seconds", type=float, default=10)
    parser.add_argument("command", nargs="+")
    return parser.parse_args()


def _become(wanted: argparse.Namespace) -> None:
    """Turn this forked child into the command; never returns."""
    try:
        if wanted.user is not None:
            _drop_root(wanted.user, [*wanted.reach, wanted.command[0]])
        # After the change of user, which clears it.
        libc.prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
        os.execv(wanted.command[0], wanted.command)  # noqa: S606 - an absolute path, no shell
    except (OSError, KeyError) as problem:
        print(f"keeper: {problem}", file=sys.stderr, flush=True)  # noqa: T201 - stderr is the log
    os._exit(127)


def _drop_root(user: str, paths: list[str]) -> None:
    """Go on as an ordinary user: PostgreSQL refuses to run as root.

    The repository, and with it the binaries and the folder of data, often lies where only root
    may go (`/root`, a private temporary folder). Opening those folders to everybody, or keeping
    the data somewhere else, would surprise; so where the user cannot reach a path, the one
    capability that passes over file modes is kept across the change of user and the exec. The
    servers answer only to a password or refuse dangerous commands, so this lends nobody a way in.
    """
    entry = pwd.getpwnam(user)
    libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(entry.pw_gid, entry.pw_gid, entry.pw_gid)
    os.setresuid(entry.pw_uid, entry.pw_uid, entry.pw_uid)
    if not all(os.access(path, os.X_OK) for path in paths):
        _pass_over_file_modes()


def _pass_over_file_modes() -> None:
    """Keep CAP_DAC_OVERRIDE across exec; where that is forbidden the exec says so itself."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    only = 1 << CAP_DAC_OVERRIDE
    # Effective, permitted, inheritable; low words, then high words.
    libc.capset(header, (ctypes.c_uint32 * 6)(only, only, only, 0, 0, 0))
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)


def _watch(child: int, wanted: argparse.Namespace) -> int:
    """Wait until the command has ended, and see to it when nobody wants it any more."""
    deadline: float | None = None
    while True:
        arrived = signal.sigtimedwait(WATCHED, LOOK_SECONDS)
        code = _reap(child)
        if code is not None:
            return code
        asked = arrived is not None and arrived.si_signo != signal.SIGCHLD
        if deadline is None and (asked or os.getppid() != wanted.parent):
            deadline = monotonic() + wanted.grace_seconds
            _signal_all(_descendants(), signal.SIGCONT)
            _signal_all([child], wanted.stop_signal)
        if deadline is not None and monotonic() > deadline:
            return 128 + signal.SIGKILL


def _reap(child: int) -> int | None:
    """Bury who has died; the exit code once the command itself is among them, else None."""
    code = None
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return code
        if pid == 0:
            return code
        if pid == child:
            ended = os.waitstatus_to_exitcode(status)
            code = ended if ended >= 0 else 128 - ended


def _end_tree() -> None:
    """Kill and bury every process that is still below us."""
    while pids := _descendants():
        _signal_all(pids, signal.SIGKILL)
        _reap(0)
        signal.sigtimedwait({signal.SIGCHLD}, 0.01)


def _descendants() -> list[int]:
    """List the processes below this one, children before grandchildren."""
    parents = _parents()
    found = [os.getpid()]
    for pid in found:  # grows while it is walked: breadth first
        found += [child for child, parent in parents.items() if parent == pid]
    return found[1:]


def _parents() -> dict[int, int]:
    """Each process of this machine and its parent."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name, in brackets, may itself hold brackets and spaces: count from the last.
            fields = stat.read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
    return parents


def _signal_all(pids: list[int], what: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, what)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    sys.exit(main())
