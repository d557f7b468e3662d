"""engines.paddleocr in a process of its own: what it imports, asks and holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def in_a_process(program: str, **environment: str) -> str:
    asked = [sys.executable, "-c", program]
    answer = subprocess.run(
        asked,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    assert answer.stderr == ""
    return answer.stdout


def test_memory_does_not_grow_with_pages():
    growth = in_a_process(
        "import re; from PIL import Image;"
        "from engines import Options; from engines.paddleocr import PaddleOCR;"
        "from tests.engines.pictures import written;"
        "engine = PaddleOCR(); page = Image.new('RGB', (1800, 1600), 'white');"
        "page.paste(written());"
        "held = lambda: int(open('/proc/self/statm').read().split()[1]) * 4096;"
        "read = lambda: engine.read(page, Options());"
        "read(); before = held(); [read() for _ in range(3)];"
        # Not ru_maxrss: that of a new process begins at its parent's.
        "peak = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read());"
        "print((held() - before) // 2**20, int(peak[1]) // 2**10)"
    )
    grown, most = map(int, growth.split())
    assert grown < 100
    assert most < 2000


def test_it_never_asks_the_network(tmp_path):
    said = in_a_process(
        "import socket;"
        "asked = [];"
        "refuse = lambda *whom, **how: asked.append(whom) or 1 / 0;"
        "socket.socket.connect = socket.socket.connect_ex = refuse;"
        "socket.getaddrinfo = socket.create_connection = refuse;"
        "from engines import Options; from engines.paddleocr import PaddleOCR;"
        "from tests.engines.pictures import written;"
        "engine = PaddleOCR(); picture = written(['Total 13.20']);"
        "print([line.text for line in engine.read(picture, Options()).lines],"
        " engine.read_line(picture, Options()).text, asked)",
        HOME=str(tmp_path),
    )
    assert said == "['Total 13.20'] Total 13.20 []\n"
    assert list(tmp_path.iterdir()) == []  # nor is anything kept at home


def test_a_broken_folder_is_told_before_anything_is_loaded(root):
    folder = root / "paddleocr" / "PP-OCRv5_server_rec"
    folder.mkdir(parents=True)
    (folder / "inference.onnx").write_bytes(b"")
    (folder / "inference.yml").write_text("Global: {model_name: PP-OCRv5_server_rec}")
    said = in_a_process(
        "import sys; from PIL import Image; from engines import Options;"
        "from engines.errors import EngineUnavailable;"
        "from engines.paddleocr import PaddleOCR\n"
        "try: PaddleOCR().read(Image.new('RGB', (9, 9)),"
        " Options(extra={'recognition': 'PP-OCRv5_server_rec'}))\n"
        "except EngineUnavailable as error: print(error)\n"
        "print(sorted({'paddlex', 'onnxruntime', 'cv2'} & set(sys.modules)))"
    )
    assert said == (
        "PP-OCRv5 server recognition: inference.onnx is empty. python manage.py models "
        "install paddleocr PP-OCRv5_server_rec\n[]\n"
    )


def test_asking_whether_it_can_run_imports_nothing_heavy():
    asked = (
        "import sys; from engines.paddleocr import PaddleOCR; engine = PaddleOCR();"
        "engine.availability(), engine.version, engine.languages();"
        "engine.options_schema, engine.models();"
        "print(sorted({'cv2', 'numpy', 'onnxruntime', 'paddlex', 'paddleocr', 'yaml'}"
        " & set(sys.modules)))"
    )
    assert in_a_process(asked) == "[]\n"


def test_without_its_library(tmp_path: Path):
    hidden = (
        "import sys\n"
        "class Gone:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('paddleocr', 'paddlex'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Gone())\n"
        "from importlib import util\n"
        "found = util.find_spec\n"
        "def find_spec(name, package=None):\n"
        "    try: return found(name, package)\n"
        "    except ModuleNotFoundError: return None\n"
        "util.find_spec = find_spec\n"
        "from engines import EngineUnavailable, Options, get_engine\n"
        "from PIL import Image\n"
        "engine = get_engine('paddleocr'); print(engine.availability())\n"
        "try: engine.read(Image.new('RGB', (9, 9)), Options())\n"
        "except EngineUnavailable as error: print(error)\n"
    )
    assert in_a_process(hidden) == (
        "Availability(ok=False, reason='Not installed: paddleocr, paddlex.', "
        "remedy='pip install -r requirements/paddle.txt')\n"
        "Not installed: paddleocr, paddlex. pip install -r requirements/paddle.txt\n"
    )
