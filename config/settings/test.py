"""pytest: servers and folders come from tests/conftest.py through the environment."""

from dataclasses import replace

from config import addresses, env
from config.settings.dev import *

# Each worker has a broker database and a bucket of its own.
_worker = env.integer("FUNDGUARD_TEST_WORKER", least=1, most=31)
REDIS_URL = f"{REDIS_URL.rpartition('/')[0]}/{_worker}"
BROKER_URL = addresses.broker_url(REDIS_URL)
CACHES = {
    **CACHES,
    "short_lived": {**CACHES["short_lived"], "LOCATION": REDIS_URL},
    # Outlives a test's rows: the tests that are about it, and the browser's, keep what the product keeps.
    "in_process": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
CHANNEL_LAYERS = addresses.channel_layers(REDIS_URL)
OBJECT_STORE = replace(OBJECT_STORE, bucket=f"{OBJECT_STORE.bucket}-test-{_worker}")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False
LOGGING = {"version": 1, "disable_existing_loggers": False}

# Most tests of pages are about something else; tests/config asks for the factor.
SECOND_FACTOR_REQUIRED = False
