"""The second factor of demo accounts: a real one with a preset secret, whose present code the page shows."""

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache


class ShownCode:
    """Mixed into allauth's forms: lets the page show the code that the person's app would show."""

    @property
    def demo_totp_code(self) -> str:
        """A code that is valid now and was not used yet; nothing for real accounts or in production."""
        user = self.user  # type: ignore[attr-defined]
        if not (settings.DEMO_SECOND_FACTOR and user.is_demo):
            return ""
        held = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        return next(iter(_unused_codes(held)), "") if held else ""


class DemoAuthenticateForm(ShownCode, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class DemoReauthenticateForm(ShownCode, ReauthenticateForm):  # type: ignore[misc]
    """Confirming before something delicate."""


def _unused_codes(held: Authenticator) -> list[str]:
    """Codes of the periods that are accepted now, the present one first; each can be used once."""
    secret, factor = decrypt(held.data["secret"]), auth.TOTP(held)
    counters = list(auth.yield_hotp_counters_from_time())
    present = counters[len(counters) // 2]
    codes = [
        auth.format_hotp_value(auth.hotp_value(secret, counter))
        for counter in sorted(counters, key=lambda counter: abs(counter - present))
    ]
    return [code for code in codes if cache.get(factor._get_used_cache_key(code)) is None]
