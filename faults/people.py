"""The demo bureau's people at work: who does what in a matter, each signed in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from casework.models import Account, Officer
from faults.browser import Browser, Network

DOERS: Mapping[str, tuple[str, ...]] = {
    "intake_officer": ("intake",),
    "leader": ("leader", "leader_b"),
    "chief": ("chief",),
    "legal_reviewer": ("reviewer", "counsel"),
    "reward_officer": ("reward",),
    "identity_officer": ("identity",),
    "finance": ("finance",),
    "province_officer": ("province",),
}
# Whoever drew a payment up does not release it.
SECOND_DOERS: Mapping[str, str] = {"release_payment": "finance_b"}
PAIRS = (("handler_a", "handler_b"), ("handler_b", "handler_c"), ("handler_c", "handler_a"))


@dataclass(frozen=True)
class People:
    """Accounts, officers and open sessions by user name."""

    accounts: Mapping[str, Account]
    officers: Mapping[str, int]
    sessions: Mapping[str, str]

    def doer(self, lane: str, number: int, element_id: str = "") -> Account:
        """Who does work of a lane in the matter of that number: people take turns, and another one releases."""
        if element_id in SECOND_DOERS:
            return self.accounts[SECOND_DOERS[element_id]]
        names = pair(number) if lane == "case_handler" else DOERS[lane]
        return self.accounts[names[0] if lane == "case_handler" else names[number % len(names)]]

    def handlers(self, number: int) -> list[int]:
        """The two officers of a matter."""
        return [self.officers[name] for name in pair(number)]

    def browser(self, account: Account, network: Network) -> Browser:
        """A browser in which the person is signed in."""
        return Browser(network, {settings.SESSION_COOKIE_NAME: self.sessions[account.username]})


def pair(number: int) -> tuple[str, str]:
    """The two handlers of the matter of that number."""
    return PAIRS[number % len(PAIRS)]


def sign_everybody_in() -> People:
    """Open a session in the database for each account, as signing in with a second factor does."""
    accounts = {account.username: account for account in Account.objects.all()}
    officers = dict(Officer.objects.values_list("account__username", "pk"))
    return People(accounts, officers, {name: _session(one) for name, one in accounts.items()})


def _session(account: Account) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store["has_second_factor"] = account.pk
    store.create()
    return str(store.session_key)
