"""The database, static files and cache."""

from __future__ import annotations

from whitenoise.compress import Compressor

from ocrsite import env
from ocrsite.settings.machine import BASE_DIR, DATA_DIR

DATABASES = {
    "default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR}/db.sqlite3")
}
# One connection a thread, kept: the queue's throughput on PostgreSQL is nine times
# that of a connection a task.
DATABASES["default"]["CONN_MAX_AGE"] = None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        # A transaction that means to write takes the lock at its beginning; one that
        # upgrades in the middle fails at once with "database is locked".
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;"
            "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

MODELS_ROOT = DATA_DIR / "models"  # what was trained here: digits/<name>/
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Source maps are as large as all the rest, and nobody's browser asks for them.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
CACHES = {
    "default": {
        # Shared by all processes of this machine: throttles count over all of them.
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "cache",
    }
}
FILE_UPLOAD_HANDLERS = ["documents.uploadhandler.LimitedUpload"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20  # bytes of a request beside its files
