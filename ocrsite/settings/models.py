"""Models that are not in a package: which, where, how they are asked.

The library reads the same names from the environment (``engines.environment``), so
that it works alone and in processes of its own; here they are checked at the start.
"""

from __future__ import annotations

from ocrsite import env

QWEN_MODEL = env.text("QWEN_MODEL", "Qwen/Qwen3-VL-2B-Instruct")  # hub id, or a folder
QWEN_REVISION = env.text("QWEN_REVISION")
KOSMOS_MODEL = env.text("KOSMOS_MODEL", "microsoft/kosmos-2-patch14-224")
KOSMOS_REVISION = env.text("KOSMOS_REVISION")
PADDLE_THREADS = env.number("PADDLE_THREADS", 1, least=1)  # of one reading
VLM_DEVICE = env.choice("VLM_DEVICE", "auto", ("auto", "cuda", "cpu"))
VLM_MAX_TOKENS = env.number("VLM_MAX_TOKENS", 4096, least=16)  # of one answer
VLM_MAX_PIXELS = env.number("VLM_MAX_PIXELS", 2_097_152, least=65_536)  # of a picture
OWN_PROMPTS = env.flag("OWN_PROMPTS", True)  # whether users may write their own
VLM_URL = env.text("VLM_URL")  # an OpenAI-compatible endpoint: http://host:8000/v1
VLM_MODEL = env.text("VLM_MODEL")
VLM_KEY = env.text("VLM_KEY")
VLM_ALLOWED_HOSTS = env.names("VLM_ALLOWED_HOSTS")  # none: the host of VLM_URL alone
VLM_CONCURRENCY = env.number("VLM_CONCURRENCY", 4, least=1)
VLM_TIMEOUT = env.number("VLM_TIMEOUT", 120, least=1)  # seconds of one request
VLM_RETRIES = env.number("VLM_RETRIES", 3)
