"""engines.family: what the processes cost that an engine has started."""

from __future__ import annotations

import subprocess
import sys

from engines.family import cpu_seconds, peak_megabytes

# It uses a second of CPU and 200 MB, says so, and waits for the end of its input.
WORK = """
import time
held = b"x" * 200_000_000
while time.process_time() < 1: pass
print(flush=True)
input()
"""


def test_it_works():
    cpu, peak = cpu_seconds(), peak_megabytes()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", WORK], **pipes) as working:
        working.stdout.readline()
        assert cpu_seconds() - cpu >= 0.9
        assert peak_megabytes() - peak >= 200
        working.stdin.write(b"\n")
    assert peak_megabytes() - peak < 200
