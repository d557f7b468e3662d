"""Limits on what comes in, the engines, and the queue that feeds them."""

from __future__ import annotations

from ocrsite import env

MAX_UPLOAD_MB = env.number("MAX_UPLOAD_MB", 200, least=1)
MAX_PAGES = env.number("MAX_PAGES", 2000, least=1)
MAX_PAGE_MEGAPIXELS = env.number("MAX_PAGE_MEGAPIXELS", 100, least=1)
PDF_DPI = env.number("PDF_DPI", 200, least=50)
TRASH_DAYS = env.number("TRASH_DAYS", 30)
INSPECTION_SECONDS = env.number("INSPECTION_SECONDS", 60, least=1)
INSPECTION_MEMORY_MB = env.number("INSPECTION_MEMORY_MB", 2048, least=256)


WORKERS = env.number("WORKERS", 2)
# Engines have a class, each class workers of its own: models that fill a graphics card
# (they read without one too, slowly), and servers elsewhere that do the work.
GPU_WORKERS = env.number("GPU_WORKERS", 0)
REMOTE_WORKERS = env.number("REMOTE_WORKERS", 1 if env.text("VLM_URL") else 0)
WORKER_CLASS = env.choice(
    "WORKER_CLASS", "cpu", ("cpu", "gpu", "remote", "network")
)  # of this one
WEB_THREADS = env.number("WEB_THREADS", 16, least=2)
DEFAULT_ENGINE = env.text("DEFAULT_ENGINE", "auto")
DEFAULT_LANGUAGES = env.names("DEFAULT_LANGUAGES", "eng")
DEFAULT_CURRENCY = env.text("DEFAULT_CURRENCY")  # of receipts that print none, or “$”
WARM_ENGINES = env.names("WARM_ENGINES", "ppocr")
EXTRA_ENGINES = dict(pair.split("=", 1) for pair in env.names("EXTRA_ENGINES"))
DIGITS_MODEL = env.text("DIGITS_MODEL")  # a name in models/digits; none: the shipped
ENGINE_TIMEOUT = env.number("ENGINE_TIMEOUT", 120, least=1)  # seconds a page
GPU_TIMEOUT = env.number("GPU_TIMEOUT", 900, least=1)  # the model's loading included
REMOTE_TIMEOUT = env.number("REMOTE_TIMEOUT", 300, least=1)
MAX_ATTEMPTS = env.number("MAX_ATTEMPTS", 3, least=1)
SWEEP_SECONDS = env.number("SWEEP_SECONDS", 5, least=1)  # between two sweeps
STOP_SECONDS = env.number("STOP_SECONDS", 10)  # for the page in hand, when told to stop
WORKER_MEMORY_MB = env.number("WORKER_MEMORY_MB", 6144, least=512)
GPU_WORKER_MEMORY_MB = env.number("GPU_WORKER_MEMORY_MB", 0)  # 0: as much as there is
AUTO_APPROVE = env.flag("AUTO_APPROVE", True)  # records in which nothing is in doubt
REVIEW_SAMPLE_PERCENT = env.number("REVIEW_SAMPLE_PERCENT", 2)  # of sure fields, too
READ_WAIT_SECONDS = 120  # the most that POST /read/ waits

# The queue carries wake-ups only; rows are the truth (documents/services/queue.py).
# Each class of engines has a cluster of its own, whose name is the key of its wake-ups.
# Those of "network" read no pages: they fetch from sources, and call webhooks.
CLUSTERS = {
    "cpu": "ocrsite",
    "gpu": "ocrsite-gpu",
    "remote": "ocrsite-remote",
    "network": "ocrsite-network",
}
PAGE_SECONDS = {
    "cpu": ENGINE_TIMEOUT,
    "gpu": GPU_TIMEOUT,
    "remote": REMOTE_TIMEOUT,
    "network": ENGINE_TIMEOUT,
}
PAGE_MEMORY_MB = GPU_WORKER_MEMORY_MB if WORKER_CLASS == "gpu" else WORKER_MEMORY_MB
Q_CLUSTER = {
    "name": CLUSTERS["cpu"],
    "cluster_name": CLUSTERS[WORKER_CLASS],
    "orm": "default",
    "broker_class": "documents.worker.broker.WakeUps",
    # One worker a cluster: the death of an idle worker locks up its whole cluster,
    # so each has a cluster of its own, restarted as one by the supervisor.
    "workers": 1,
    "timeout": PAGE_SECONDS[WORKER_CLASS] + 60,
    "retry": 4 * (PAGE_SECONDS[WORKER_CLASS] + 60),
    "queue_limit": 1,
    "bulk": 1,
    "poll": 0.1,
    "guard_cycle": 1,
    "max_attempts": 1,
    "ack_failures": True,
    "save_limit": -1,  # a wake-up leaves no row behind
    "catch_up": False,
    "recycle": 5000,
    # An engine that leaks is started anew before a page fails for it. In KB.
    "max_rss": PAGE_MEMORY_MB * 1024 * 3 // 4 or None,
}
