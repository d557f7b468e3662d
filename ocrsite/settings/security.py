"""What a browser may load, and what a proxy in front may say."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from ocrsite import env
from ocrsite.settings.sources import GOOGLE_AUTH_URL, GOOGLE_CLIENT_ID

# The buttons of single sign-on and of connecting a Google account lead there, and
# browsers check where forms lead.
LEADS = [urlsplit(env.text("OIDC_SERVER"))]
if GOOGLE_CLIENT_ID:
    LEADS.append(urlsplit(GOOGLE_AUTH_URL))
FORM_TARGETS = [SELF, *(f"{to.scheme}://{to.netloc}" for to in LEADS if to.netloc)]
HTTPS = env.flag("HTTPS")  # the site is reached by https, through a proxy
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": FORM_TARGETS,
        "frame-ancestors": [NONE],
    }
}
CORS_ALLOWED_ORIGINS = env.names("CORS_ALLOWED_ORIGINS")
CORS_EXPOSE_HEADERS = ["Content-Disposition", "Location", "Retry-After"]
# Files are fetched from the public internet, and from these networks.
FETCH_ALLOWED_NETWORKS = env.networks("FETCH_ALLOWED_NETWORKS")
FETCH_SECONDS = env.number("FETCH_SECONDS", 30, least=1)  # look-up, redirects and all
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 0)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "documents.views.errors.stale_form"
if env.flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
    ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXY_COUNT", 1, least=1)
