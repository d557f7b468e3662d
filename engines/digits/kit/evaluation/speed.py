"""What a reading costs, in a fresh process of its own: time, memory, what it loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from engines.errors import EngineError

HEIGHT = 32
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
# CPU time and memory are counted from the first line, before anything is loaded.
PROGRAM = """
import sys, time
begun = time.process_time()
from pathlib import Path
from PIL import Image
from engines.registry import get_engine
from engines.types import Options
name, folder = sys.argv[1:]
paths = sorted(Path(folder).glob("*.png"))
crops = [Image.open(path).convert("RGB") for path in paths[:1]]
engine, options = get_engine(name), Options(languages=("ara", "eng"))
engine.read_line(crops[0], options)
first = time.process_time() - begun
import json, resource, statistics
status = Path("/proc/self/status")
if status.is_file():  # ru_maxrss of a new process begins at that of its parent
    marks = [row.split() for row in status.read_text().splitlines()]
    peak = next(1024 * int(row[1]) for row in marks if row[0] == "VmHWM:")
else:
    each = 1 if sys.platform == "darwin" else 1024
    peak = each * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
loaded = sorted({"torch", "cv2", "tesserocr", "rapidocr"} & set(sys.modules))
crops = [Image.open(path).convert("RGB") for path in paths]
took, worked = [], []
for crop in crops:
    begun, busy = time.perf_counter(), time.process_time()
    engine.read_line(crop, options)
    took.append(time.perf_counter() - begun)
    worked.append(time.process_time() - busy)
print(json.dumps({"median_ms": 1000 * statistics.median(took),
                  "cpu_ms": 1000 * statistics.median(worked),
                  "first_cpu": first, "peak": peak, "loaded": loaded}))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """``median_ms`` of a crop 32 pixels high on one thread, and ``cpu_ms`` of it, which
    a busy machine lengthens less; ``first_cpu`` seconds from the first import to the
    first answer; ``peak_mb`` of memory then; ``loaded`` of the heavy libraries."""

    median_ms: float
    cpu_ms: float
    first_cpu: float
    peak_mb: float
    loaded: tuple[str, ...]


def cost_of(engine: str, crops: Sequence[Image.Image]) -> Cost:
    """What *engine* costs on *crops*.

    Raises:
        EngineError: it could not read them.
    """
    with TemporaryDirectory() as folder:
        for number, crop in enumerate(crops):
            as_high(crop).save(Path(folder, f"{number:04}.png"))
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, engine, folder],
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no answer"])[-1]
        raise EngineError(f"The engine “{engine}” could not be timed: {last}")
    told = json.loads(done.stdout)
    return Cost(
        median_ms=told["median_ms"],
        cpu_ms=told["cpu_ms"],
        first_cpu=told["first_cpu"],
        peak_mb=told["peak"] / 1e6,
        loaded=tuple(told["loaded"]),
    )


def as_high(crop: Image.Image) -> Image.Image:
    width = max(1, round(crop.width * HEIGHT / crop.height))
    return crop.resize((width, HEIGHT), Image.Resampling.BILINEAR)
