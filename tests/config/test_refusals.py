"""Production starts only with its own servers, real keys and no way around the second factor."""

import base64
import os
import subprocess
import sys

import pytest

from config import addresses, env
from config.env import SettingRefused
from config.settings import refusals
from config.settings.mail import mail_settings


def key(seed: int) -> str:
    """Thirty-two bytes that look random and differ from seed to seed."""
    return base64.b64encode(bytes((seed * 7 + position * 37) % 256 for position in range(32))).decode()


COMPLETE = {
    "DATABASE_URL": "postgresql://app:pass@db.internal/fundguard",
    "REDIS_URL": "redis://:pass@broker.internal:6379/0",
    "S3_ENDPOINT": "https://store.internal",
    "S3_ACCESS_KEY": "access",
    "S3_SECRET_KEY": "secret",
    "FUNDGUARD_HOSTS": "fund.example.gov.cn",
    "FUNDGUARD_SECRET_KEY": "kq3vX9wzT7mPb1Zs" * 4,
    "FUNDGUARD_CONTENT_KEY": key(1),
    "FUNDGUARD_IDENTITY_KEY": key(2),
    "FUNDGUARD_RECEIPT_PEPPER": key(3),
    "FUNDGUARD_JOURNAL_KEY": key(4),
    "EMAIL_URL": "smtps://mail:pass@mail.internal",
}
PROGRAM = """
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
try:
    settings.DEBUG
except ImproperlyConfigured as refusal:
    raise SystemExit(str(refusal))
print("started", settings.DEBUG, settings.SESSION_COOKIE_SECURE, settings.DEMO_SECOND_FACTOR, settings.DATABASES)
"""


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    """Load the production settings in a fresh process; an empty change removes a variable."""
    kept = {name: value for name, value in os.environ.items() if name not in env.VARIABLES}
    wanted = {**kept, **COMPLETE, **changes, "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=wanted,
        cwd=env.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def refuse(monkeypatch: pytest.MonkeyPatch, **changes: str) -> str:
    """The sentence with which the production settings refuse these changes."""
    for name, value in {**dict.fromkeys(env.VARIABLES, ""), **COMPLETE, **changes}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingRefused) as refusal:
        refusals.refuse_missing_servers()
        refusals.refuse_demo_switches()
        addresses.database_owner()
        addresses.object_store()
        refusals.hosts()
        refusals.secret_key()
        refusals.keys()
        refusals.mail_backend(mail_settings().backend)
    return str(refusal.value)


def test_production_starts_with_everything_in_place() -> None:
    started = start()

    assert started.returncode == 0, started.stderr
    assert started.stdout.startswith("started False True False")
    assert "db.internal" in started.stdout


@pytest.mark.parametrize("change", [{"DATABASE_URL": ""}, {"FUNDGUARD_DEMO_SECOND_FACTOR": "1"}])
def test_production_does_not_start_and_shows_no_traceback(change: dict[str, str]) -> None:
    refused = start(**change)

    assert refused.returncode == 1
    assert next(iter(change)) in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"DATABASE_OWNER_URL": COMPLETE["DATABASE_URL"]}, "the same role as DATABASE_URL"),
        ({"DATABASE_OWNER_URL": "postgresql://owner:pass@db.internal/other"}, "another database than"),
        ({"DATABASE_OWNER_URL": "mysql://owner:pass@db.internal/fundguard"}, "must start with postgresql"),
        ({"REDIS_URL": ""}, "REDIS_URL is not set"),
        ({"S3_ENDPOINT": ""}, "S3_ENDPOINT is not set"),
        ({"S3_SECRET_KEY": ""}, "S3_SECRET_KEY is not set"),
        ({"FUNDGUARD_DEBUG": "1"}, "FUNDGUARD_DEBUG is on"),
        ({"FUNDGUARD_DEMO_SECOND_FACTOR": "1"}, "FUNDGUARD_DEMO_SECOND_FACTOR is set"),
        ({"FUNDGUARD_HOSTS": ""}, "FUNDGUARD_HOSTS is not set"),
        ({"FUNDGUARD_HOSTS": "*"}, "forged host names"),
        ({"FUNDGUARD_SECRET_KEY": ""}, "FUNDGUARD_SECRET_KEY is not set"),
        ({"FUNDGUARD_SECRET_KEY": "short"}, "FUNDGUARD_SECRET_KEY is too weak"),
        ({"FUNDGUARD_SECRET_KEY": "a" * 60}, "FUNDGUARD_SECRET_KEY is too weak"),
        ({"FUNDGUARD_SECRET_KEY": "change-me-" * 6}, "still holds an example value"),
        ({"FUNDGUARD_CONTENT_KEY": ""}, "FUNDGUARD_CONTENT_KEY is not set"),
        ({"FUNDGUARD_CONTENT_KEY": "c2hvcnQ="}, "has 5 bytes instead of 32"),
        (
            {"FUNDGUARD_CONTENT_KEY": base64.b64encode(bytes(32)).decode()},
            "FUNDGUARD_CONTENT_KEY is not random",
        ),
        ({"FUNDGUARD_IDENTITY_KEY": key(1)}, "FUNDGUARD_IDENTITY_KEY equals another key"),
        ({"FUNDGUARD_RECEIPT_PEPPER": key(2)}, "FUNDGUARD_RECEIPT_PEPPER equals another key"),
        ({"FUNDGUARD_JOURNAL_KEY": ""}, "FUNDGUARD_JOURNAL_KEY is not set"),
        ({"FUNDGUARD_JOURNAL_KEY": key(1)}, "FUNDGUARD_JOURNAL_KEY equals another key"),
        ({"FUNDGUARD_CONTENT_EARLIER_KEYS": "c2hvcnQ="}, "has 5 bytes instead of 32"),
        ({"FUNDGUARD_CONTENT_EARLIER_KEYS": key(1)}, "FUNDGUARD_CONTENT_KEY equals another key"),
        ({"FUNDGUARD_IDENTITY_EARLIER_KEYS": key(1)}, "FUNDGUARD_IDENTITY_KEY equals another key"),
        (
            {"FUNDGUARD_CONTENT_KEY": "", "FUNDGUARD_CONTENT_EARLIER_KEYS": key(5)},
            "FUNDGUARD_CONTENT_KEY is not",
        ),
        ({"FUNDGUARD_CONTENT_KEY_FILE": "keys"}, "both set"),
        ({"FUNDGUARD_JOURNAL_KEY": "", "FUNDGUARD_JOURNAL_KEY_FILE": "nowhere"}, "cannot be read"),
        ({"EMAIL_URL": ""}, "EMAIL_URL only prints mail"),
    ],
)
def test_production_refuses_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str], sentence: str
) -> None:
    assert sentence in refuse(monkeypatch, **change)
