"""What production refuses to start with, each in one sentence that says how to mend it."""

from config import env
from config.env import SettingRefused
from config.settings import master_keys

KEYS = (
    "FUNDGUARD_CONTENT_KEY",
    "FUNDGUARD_IDENTITY_KEY",
    "FUNDGUARD_RECEIPT_PEPPER",
    "FUNDGUARD_JOURNAL_KEY",
)
SERVERS = ("DATABASE_URL", "REDIS_URL", "S3_ENDPOINT")
# Words that examples and templates use where a secret belongs.
PLACEHOLDERS = (
    "change-me",
    "changeme",
    "change_me",
    "example",
    "insecure",
    "secret-key",
    "password",
    "replace",
)


def refuse_missing_servers() -> None:
    """Embedded servers are for demos: a bureau names its own.

    Raises: SettingRefused.
    """
    for name in SERVERS:
        if not env.text(name):
            raise SettingRefused(
                f"{name} is not set. Production uses no embedded server; give {env.VARIABLES[name].help}."
            )


def refuse_demo_switches() -> None:
    """No debug pages, no second factor that everybody knows.

    Raises: SettingRefused.
    """
    if env.flag("FUNDGUARD_DEBUG"):
        raise SettingRefused(
            "FUNDGUARD_DEBUG is on: error pages would show case data. Remove it in production."
        )
    if env.flag("FUNDGUARD_DEMO_SECOND_FACTOR"):
        raise SettingRefused(
            "FUNDGUARD_DEMO_SECOND_FACTOR is set: the page would show the code. Remove it in production."
        )


def hosts() -> list[str]:
    """Host names of the site.

    Raises: SettingRefused when none is named, or all are allowed.
    """
    named = env.words("FUNDGUARD_HOSTS")
    if not named:
        raise SettingRefused("FUNDGUARD_HOSTS is not set. Name the hosts of the site, separated by commas.")
    if "*" in named:
        raise SettingRefused(
            "FUNDGUARD_HOSTS is *, which accepts forged host names. Name the hosts of the site."
        )
    return named


def secret_key() -> str:
    """Django's secret key, refused when short, monotonous or copied from an example.

    Raises: SettingRefused.
    """
    name = "FUNDGUARD_SECRET_KEY"
    value = env.required(name)
    _refuse_placeholder(name, value)
    if len(value) < 50 or len(set(value)) < 12:
        raise SettingRefused(
            f"{name} is too weak, it needs 50 random characters. Make one with: openssl rand -hex 32"
        )
    return value


def keys() -> dict[str, tuple[bytes, ...]]:
    """Each master key with its earlier ones: present, random-looking and all different.

    Raises: SettingRefused.
    """
    found: dict[str, tuple[bytes, ...]] = {}
    for name in KEYS:
        for value in master_keys.values(name):
            _refuse_placeholder(name, value)
        ring = master_keys.ring(name)
        for key in ring:
            if len(set(key)) < 12:
                raise SettingRefused(f"{name} is not random. {env.MAKE_A_KEY}")
            if any(key in others for others in found.values()) or ring.count(key) > 1:
                raise SettingRefused(
                    f"{name} equals another key; whoever has one would have both. {env.MAKE_A_KEY}"
                )
        found[name] = ring
    return found


def mail_backend(backend: str) -> str:
    """The mail backend, unless it only prints: notices to tipsters and parties must arrive.

    Raises: SettingRefused.
    """
    if backend.endswith("console.EmailBackend"):
        raise SettingRefused(f"EMAIL_URL only prints mail. Give {env.VARIABLES['EMAIL_URL'].help}.")
    return backend


def _refuse_placeholder(name: str, value: str) -> None:
    if any(word in value.lower() for word in PLACEHOLDERS):
        raise SettingRefused(f"{name} still holds an example value. {env.MAKE_A_KEY}")
