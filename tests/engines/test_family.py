"""engines.family: what the processes cost that an engine has started."""

from __future__ import annotations

import subprocess
import sys

# It uses a second of CPU and 200 MB, says so, and waits for the end of its input.
WORK = """
import time
held = b"x" * 200_000_000
while time.process_time() < 1: pass
print(flush=True)
input()
"""
# In a process of its own: others that a test has started come and go as they like.
MEASURING = f"""
import subprocess, sys
from engines.family import cpu_seconds, peak_megabytes

print(cpu_seconds(), peak_megabytes())
pipes = {{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}}
with subprocess.Popen([sys.executable, "-c", {WORK!r}], **pipes) as working:
    working.stdout.readline()
    print(cpu_seconds(), peak_megabytes())
    working.stdin.write(b"\\n")
print(cpu_seconds(), peak_megabytes())
"""


def test_it_works():
    done = subprocess.run(
        [sys.executable, "-c", MEASURING], capture_output=True, text=True, check=True
    )
    alone, working, after = (
        [float(figure) for figure in line.split()] for line in done.stdout.splitlines()
    )
    assert working[0] - alone[0] >= 0.9
    assert working[1] - alone[1] >= 200
    assert after[1] - alone[1] < 200
