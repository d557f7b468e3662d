"""The product's settings, with a throw-away data folder and nothing compressed."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("ENCRYPTION_KEYS", "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtMzI=")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="ocrsite-tests-"))

from ocrsite.settings import *
from ocrsite.settings.data import DATABASES, STATIC_ROOT
from ocrsite.settings.machine import DATA_DIR
from ocrsite.settings.storage import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a missing one

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file: in memory all threads of the live server would share one connection, and
    # the open query of one would break the transaction of another.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
REVIEW_SAMPLE_PERCENT = 0  # by chance: tests of it say how many
