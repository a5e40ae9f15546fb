"""A bureau's servers. Nothing is guessed: what is missing or unsafe ends the start with a sentence."""

from config.settings import refusals

# First, since the base settings fall back to embedded servers.
refusals.refuse_missing_servers()
refusals.refuse_demo_switches()

from config.settings.base import *  # noqa: E402

DEBUG = False
ALLOWED_HOSTS = refusals.hosts()
SECRET_KEY = refusals.secret_key()
_keys = refusals.keys()
CONTENT_KEY, *CONTENT_EARLIER_KEYS = _keys["FUNDGUARD_CONTENT_KEY"]
IDENTITY_KEY, *IDENTITY_EARLIER_KEYS = _keys["FUNDGUARD_IDENTITY_KEY"]
RECEIPT_PEPPER, *RECEIPT_EARLIER_PEPPERS = _keys["FUNDGUARD_RECEIPT_PEPPER"]
(JOURNAL_KEY,) = _keys["FUNDGUARD_JOURNAL_KEY"]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
CSRF_TRUSTED_ORIGINS = [f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
EMAIL_BACKEND = refusals.mail_backend(EMAIL_BACKEND)
