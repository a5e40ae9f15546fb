"""How mail leaves the house, from the address in EMAIL_URL."""

from dataclasses import dataclass
from urllib.parse import unquote

from config import env

BACKENDS = "django.core.mail.backends"


@dataclass(frozen=True)
class Mail:
    """Django's mail settings as one value."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False


def mail_settings() -> Mail:
    """Settings for EMAIL_URL: `console:` prints mail, `smtp://` and `smtps://` send it.

    Raises: SettingRefused.
    """
    value = env.text("EMAIL_URL")
    if value == "console:":
        return Mail(backend=f"{BACKENDS}.console.EmailBackend")
    parts = env.url("EMAIL_URL", value, ("smtp", "smtps"))
    is_tls = parts.scheme == "smtps"
    return Mail(
        backend=f"{BACKENDS}.smtp.EmailBackend",
        host=parts.hostname or "",
        port=parts.port or (465 if is_tls else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        # Port 25 is a relay on the own host; everything else must not send a password in clear.
        starts_tls=not is_tls and parts.port != 25,
        is_tls=is_tls,
    )
