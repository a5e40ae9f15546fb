"""The only reader of environment variables: each with its help text, its parser and its refusal."""

import base64
import binascii
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


MAKE_A_KEY = "Make one with: openssl rand -base64 32"


class SettingRefused(ImproperlyConfigured):
    """A setting is missing or wrong; the message says which, why, and how to mend it."""


@dataclass(frozen=True)
class Variable:
    """One environment variable: what it is for and what an empty one means."""

    name: str
    help: str
    default: str = ""


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable("DATABASE_URL", "postgresql://USER:PASSWORD@HOST:PORT/NAME; empty: the embedded PostgreSQL"),
        Variable(
            "DATABASE_OWNER_URL",
            "the same database for `migrate` and others that need the owner of the tables",
        ),
        Variable("REDIS_URL", "redis://:PASSWORD@HOST:PORT/0 or rediss://…; empty: the embedded Valkey"),
        Variable("BROKER_URL", "broker of jobs: amqp(s)://… (RabbitMQ) or redis(s)://…; empty: REDIS_URL"),
        Variable("S3_ENDPOINT", "http(s)://HOST:PORT of an S3 server with Object Lock; empty: SeaweedFS"),
        Variable("S3_PUBLIC_ENDPOINT", "the same store as browsers reach it; empty: S3_ENDPOINT"),
        Variable("S3_ACCESS_KEY", "access key, with S3_ENDPOINT"),
        Variable("S3_SECRET_KEY", "secret key, with S3_ENDPOINT"),
        Variable("S3_REGION", "region of the object store", "us-east-1"),
        Variable("S3_BUCKET", "bucket for evidence and documents", "fundguard"),
        Variable("FUNDGUARD_HOME", "folder of embedded servers, keys, fonts", str(BASE_DIR / ".fundguard")),
        Variable("FUNDGUARD_FONTS", "folder of the fonts of documents; empty: fonts below FUNDGUARD_HOME"),
        Variable("BANK_FILE_LAYOUT", "layout of the file for the bank, from bank_layouts.yaml", "plain"),
        Variable("FUNDGUARD_SECRET_KEY", "Django's secret key, 50 characters or more"),
        Variable("FUNDGUARD_CONTENT_KEY", "32 bytes in base64: seals the words and files of tips"),
        Variable("FUNDGUARD_CONTENT_KEY_FILE", "instead: file (mode 600) with that key, then earlier ones"),
        Variable("FUNDGUARD_CONTENT_EARLIER_KEYS", "content keys used before, by commas, until rotated"),
        Variable("FUNDGUARD_IDENTITY_KEY", "32 bytes in base64: seals the identity of tipsters"),
        Variable("FUNDGUARD_IDENTITY_KEY_FILE", "instead: file (mode 600) with that key, then earlier ones"),
        Variable("FUNDGUARD_IDENTITY_EARLIER_KEYS", "identity keys used before, by commas, until rotated"),
        Variable("FUNDGUARD_RECEIPT_PEPPER", "32 bytes in base64: for the stored form of receipt codes"),
        Variable("FUNDGUARD_RECEIPT_PEPPER_FILE", "instead: file (mode 600) with it, then earlier ones"),
        Variable("FUNDGUARD_RECEIPT_EARLIER_PEPPERS", "peppers used before, by commas, for old receipts"),
        Variable("FUNDGUARD_JOURNAL_KEY", "32 bytes in base64: signs the journal; not kept in the database"),
        Variable("FUNDGUARD_JOURNAL_KEY_FILE", "instead: file (mode 600) with that key"),
        Variable(
            "FUNDGUARD_JOURNAL_EARLIER_KEYS", "public keys (base64) of journal keys used before, by commas"
        ),
        Variable(
            "FUNDGUARD_ACKNOWLEDGEMENT_EARLIER_KEYS",
            "public keys (base64) that signed acknowledgements before, by commas",
        ),
        Variable(
            "FUNDGUARD_JOURNAL_WITNESSES", "mail addresses that get each day's head of the journal, by commas"
        ),
        Variable("FUNDGUARD_UNFILED_GB", "gigabytes of uploads that belong to no report yet", "200"),
        Variable(
            "FUNDGUARD_PROOF_COST", "rounds of PBKDF2 in one try of the calculation against robots", "5000"
        ),
        Variable("FUNDGUARD_HOSTS", "host names that the site answers to, separated by commas"),
        Variable("FUNDGUARD_DEBUG", "1 shows Django's error pages; never in production", "0"),
        Variable("FUNDGUARD_DEMO_SECOND_FACTOR", "1 shows the second factor's code of demo accounts"),
        Variable("FUNDGUARD_DATABASE_POOL", "connections that one process keeps open; 0: none", "0"),
        Variable("FUNDGUARD_LOG", "json or console", "json"),
        Variable("FUNDGUARD_LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "INFO"),
        Variable("EMAIL_URL", "smtp://USER:PASSWORD@HOST:PORT, smtps://…, or console:", "console:"),
        Variable("DEFAULT_FROM_EMAIL", "sender of mail", "fundguard@localhost"),
        Variable("FUNDGUARD_TEST_WORKER", "number of a test worker, set by tests/conftest.py", "1"),
        Variable("PORT", "first port to try for the demo's web server", "8000"),
    )
}


def text(name: str) -> str:
    """Value of a known variable, its default when it is unset or empty."""
    return os.environ.get(name, "").strip() or VARIABLES[name].default


def required(name: str) -> str:
    """Value of a variable that has no default.

    Raises: SettingRefused.
    """
    value = text(name)
    if not value:
        raise SettingRefused(f"{name} is not set. It is needed: {VARIABLES[name].help}.")
    return value


def flag(name: str, *, default: bool | None = None) -> bool:
    """Truth of a variable: 1/0, true/false, yes/no, on/off.

    Raises: SettingRefused.
    """
    value = os.environ.get(name, "").strip().lower()
    if not value and default is not None:
        return default
    value = value or VARIABLES[name].default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise SettingRefused(f"{name} is {value!r}. Write 1 or 0.")


def integer(name: str, *, least: int, most: int) -> int:
    """Whole number between the two limits, both included.

    Raises: SettingRefused.
    """
    value = text(name)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise SettingRefused(f"{name} is {value!r}. Write a whole number from {least} to {most}.")
    return int(value)


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """Value that must be one of a few words.

    Raises: SettingRefused.
    """
    value = text(name)
    if value not in allowed:
        raise SettingRefused(f"{name} is {value!r}. Write one of {', '.join(allowed)}.")
    return value


def words(name: str) -> list[str]:
    """Parts of a list separated by commas, without empty ones."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def key32(name: str, value: str) -> bytes:
    """The 32 bytes that a base64 value stands for.

    Raises: SettingRefused; its message never repeats the value.
    """
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise SettingRefused(f"{name} is not base64. {MAKE_A_KEY}") from None
    if len(key) != 32:
        raise SettingRefused(f"{name} has {len(key)} bytes instead of 32. {MAKE_A_KEY}")
    return key


def keys32(name: str) -> tuple[bytes, ...]:
    """Keys of 32 bytes in base64, separated by commas.

    Raises: SettingRefused.
    """
    return tuple(key32(name, value) for value in words(name))


def url(name: str, value: str, schemes: tuple[str, ...]) -> SplitResult:
    """Parts of an address whose scheme is one of those named and which has a host.

    Raises: SettingRefused; its message never repeats the value, which may hold a password.
    """
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - a wrong port number shows only here
    except ValueError as error:
        raise SettingRefused(f"{name} is no address: {error}. Expected: {VARIABLES[name].help}.") from None
    if parts.scheme not in schemes or not parts.hostname:
        starts = " or ".join(f"{scheme}://" for scheme in schemes)
        raise SettingRefused(f"{name} must start with {starts} and name a host.")
    return parts


def home() -> Path:
    """Folder for everything that this machine keeps: servers' data, ports, passwords, keys, fonts."""
    return Path(text("FUNDGUARD_HOME")).expanduser().resolve()


def fonts() -> Path:
    """Folder of the static fonts that documents are set in."""
    return Path(text("FUNDGUARD_FONTS") or home() / "fonts").expanduser().resolve()


def child_environment(**changes: str) -> dict[str, str]:
    """Environment for a process started from here, with changes."""
    return {**os.environ, **changes}


def main() -> None:
    """Print every variable with its help, as a table for the docs and for people."""
    width = max(map(len, VARIABLES))
    for variable in VARIABLES.values():
        shown = variable.default.replace(str(BASE_DIR), "<repository>")
        default = f" [{shown}]" if shown else ""
        sys.stdout.write(f"{variable.name:<{width}}  {variable.help}{default}\n")


if __name__ == "__main__":
    main()
