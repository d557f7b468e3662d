"""Where documents come from by themselves, who is told, and what keeps secrets."""

from __future__ import annotations

from ocrsite import env

# Fernet keys; the first seals what is kept secret, all of them open it.
ENCRYPTION_KEYS = env.fernet_keys("ENCRYPTION_KEYS")
NETWORK_WORKERS = env.number("NETWORK_WORKERS", 1)
SOURCE_SECONDS = env.number("SOURCE_SECONDS", 60, least=1)  # for one file to be fetched
IMPORT_ROOTS = env.folders("IMPORT_ROOTS")  # none: no folder of the server is watched

# An OAuth client of Google's, with the address /sources/google/back/ of this site.
GOOGLE_CLIENT_ID = env.text("GOOGLE_CLIENT_ID")
GOOGLE_CLIENT_SECRET = env.text("GOOGLE_CLIENT_SECRET")
# Google's own, but for tests and for proxies.
GOOGLE_AUTH_URL = env.text(
    "GOOGLE_AUTH_URL", "https://accounts.google.com/o/oauth2/v2/auth"
)
GOOGLE_TOKEN_URL = env.text("GOOGLE_TOKEN_URL", "https://oauth2.googleapis.com/token")
GOOGLE_REVOKE_URL = env.text(
    "GOOGLE_REVOKE_URL", "https://oauth2.googleapis.com/revoke"
)
GOOGLE_DRIVE_URL = env.text("GOOGLE_DRIVE_URL", "https://www.googleapis.com/")

WEBHOOK_SECONDS = env.number("WEBHOOK_SECONDS", 10, least=1)  # for an address to answer
WEBHOOK_DAYS = env.number("WEBHOOK_DAYS", 30, least=1)  # that deliveries are kept
