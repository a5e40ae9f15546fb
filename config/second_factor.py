"""The second factor of demo accounts: one code from the settings, for accounts marked as demo and nobody else."""

import hmac

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings


class DemoCode:
    """Mixed into allauth's forms: accepts the demo code where the settings have one."""

    def clean_code(self) -> str:
        """The code, if it is the demo code of a demo account or right by allauth's own rules."""
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]
        if self.user.is_demo and is_demo_code(code):  # type: ignore[attr-defined]
            held = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP)  # type: ignore[attr-defined]
            if authenticator := held.first():
                self.authenticator = authenticator
                return code
        return super().clean_code()  # type: ignore[misc, no-any-return]


class DemoAuthenticateForm(DemoCode, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class DemoReauthenticateForm(DemoCode, ReauthenticateForm):  # type: ignore[misc]
    """Confirming before something delicate."""


def is_demo_code(code: str) -> bool:
    """Whether the settings have a demo code and this is it; production has none."""
    expected = settings.DEMO_SECOND_FACTOR
    return bool(expected) and hmac.compare_digest(code.encode(), expected.encode())
