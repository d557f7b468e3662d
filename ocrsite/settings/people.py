"""Logging in, mail, and keeping guessers out."""

from __future__ import annotations

from datetime import timedelta

from ocrsite import env

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "documents.accounts.AccountAdapter"
SIGN_UP_OPEN = env.flag("SIGN_UP_OPEN")
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # axes counts them, and says until when
USERSESSIONS_TRACK_ACTIVITY = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "ocrsite"
# A code that turns over while it is typed still counts (RFC 6238, section 5.2).
MFA_TOTP_TOLERANCE = 1
# A site without a mail server can verify no address; two factors must not need one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "documents.accounts.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = {}
# The one provider is the operator's choice: whose address it has verified is the user
# who has that address here.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
OIDC_SIGN_UP = env.flag("OIDC_SIGN_UP")
if OIDC_SERVER := env.text("OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.text("OIDC_NAME", "Single sign-on"),
                "client_id": env.text("OIDC_CLIENT_ID"),
                "secret": env.text("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER, "oauth_pkce_enabled": True},
            }
        ]
    }
AXES_FAILURE_LIMIT = env.number("LOGIN_ATTEMPTS", 5, least=1)
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "documents.accounts.guessed_name"
AXES_CLIENT_IP_CALLABLE = "documents.accounts.client_address"
AXES_LOCKOUT_CALLABLE = "documents.accounts.lock_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page names the end
AXES_DISABLE_ACCESS_LOG = True  # the sessions page shows who came from where
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if EMAIL_HOST := env.text("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_PORT = env.number("EMAIL_PORT", 587)
    EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
    EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
    EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 20  # seconds: whoever sends has other work to do
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "ocrsite@localhost")
