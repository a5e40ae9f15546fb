"""Features that a seed row asks for, each switched off at one place of the product: what would be without it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

Switch = Callable[[pytest.MonkeyPatch], None]
NEW_MEDIA = ("wechat", "microblog")


def every_tip_counts_as_from_the_web(off: pytest.MonkeyPatch) -> None:
    """How a tip came is not noted."""
    _refile(off, channel="web")


def only_the_web_form_is_registered(off: pytest.MonkeyPatch) -> None:
    """What officers take in stays outside the register."""
    from tips.services import file_tip

    enter = file_tip.enter
    off.setattr(file_tip, "enter", lambda tip, *, now: tip.channel == "web" and enter(tip, now=now))


def new_media_are_no_channel(off: pytest.MonkeyPatch) -> None:
    """WeChat and microblog cannot be chosen."""
    from tips.forms.intake import IntakeForm

    field = IntakeForm.base_fields["channel"]
    off.setattr(field, "_choices", [one for one in field.choices if one[0] not in NEW_MEDIA])  # type: ignore[attr-defined]


def the_public_page_knows_one_scheme(off: pytest.MonkeyPatch) -> None:
    """The page of rewards does not ask which scheme is in force here today."""
    from tips.views import public

    off.setattr(public, "scheme_key_for", lambda bureau, day: "default")


def supervisors_are_not_marked(off: pytest.MonkeyPatch) -> None:
    """A supervisor's personal code leaves no mark."""
    _refile(off, supervisor_id=None)


def nobody_counts_what_supervisors_report(off: pytest.MonkeyPatch) -> None:
    """The list of activity stays empty."""
    from tips.sealing import identity

    off.setattr(identity, "known_supervisor", lambda stored: None)


def an_appointment_never_ends(off: pytest.MonkeyPatch) -> None:
    """Terms do not matter."""
    from tips.models import SocialSupervisor

    off.setattr(SocialSupervisor, "is_in_term", lambda self, day: True)


def the_newest_version_holds_for_all(off: pytest.MonkeyPatch) -> None:
    """Parameters have no dates: what is in force last is applied to everything."""
    from tips.rules.scheme_data import Scheme

    off.setattr(Scheme, "version_on", lambda self, day: self.versions[-1])


def the_day_of_assessment_counts(off: pytest.MonkeyPatch) -> None:
    """The version is chosen by today, not by the day of the tip."""
    from tips.rewards import quotes
    from workflows.now import now
    from workflows.rules.calendar import civil_date

    off.setattr(quotes, "rule_day", lambda tip, case: civil_date(now()))


def tips_stay_where_they_came(off: pytest.MonkeyPatch) -> None:
    """No referral and no dispute: every bureau keeps what it gets."""
    from tips.rules import jurisdiction

    off.setattr(jurisdiction, "open_answers", lambda came_as: jurisdiction.ALWAYS)


def every_tip_is_a_case_of_its_own(off: pytest.MonkeyPatch) -> None:
    """A tip cannot join an open case."""
    from casework.models import Case
    from tips.forms import tasks

    off.setattr(tasks, "open_cases", lambda bureau_id: Case.objects.none())


def the_answer_is_not_sent(off: pytest.MonkeyPatch) -> None:
    """What the officer answers does not reach the tipster."""
    from tips.coming_back import letterbox

    off.setattr(letterbox, "nudge", lambda tip, *, key, now: None)


def the_outcome_is_not_told(off: pytest.MonkeyPatch) -> None:
    """After the decision nobody writes."""
    from tips.operations import handling

    off.setattr(handling, "_tell", lambda tip, sentence, call: None)


def there_is_no_register(off: pytest.MonkeyPatch) -> None:
    """Nothing is entered."""
    from tips.services import file_tip

    off.setattr(file_tip, "enter", lambda tip, *, now: None)


def lateness_is_not_watched(off: pytest.MonkeyPatch) -> None:
    """The list does not ask what is late."""
    from tips.forms.register_filter import RegisterFilter

    wanted = RegisterFilter.wanted
    off.setattr(RegisterFilter, "wanted", lambda self: replace(wanted(self), due_days=None))


def a_reward_cannot_be_applied_for(off: pytest.MonkeyPatch) -> None:
    """The tipster has no way to claim."""
    from tips.errors import RewardNotOpen
    from tips.services import claim_reward

    def refuse(reward: Any, message: str) -> None:
        raise RewardNotOpen

    off.setattr(claim_reward, "_awaiting", refuse)


def a_posted_sentence_counts_as_told(off: pytest.MonkeyPatch) -> None:
    """Nobody asks whether a machine reaches the tipster."""
    from tips.coming_back import letterbox
    from tips.services import note_telling
    from tips.task_pages import tips

    reaches = letterbox.reaches
    off.setattr(letterbox, "reaches", lambda tip: True)
    for place in (note_telling, tips):  # the answer to the tip is another matter
        off.setattr(place, "must_be_told", lambda tip: not reaches(tip))


def who_records_a_claim_holds_no_duty(off: pytest.MonkeyPatch) -> None:
    """The same officer records a claim and confirms the identity of it."""
    from workflows.door.transaction import Act

    hold = Act.hold_duty

    def held(self: Act, account_id: int, key: str, **more: Any) -> None:
        if key != "record_claim":
            hold(self, account_id, key, **more)

    off.setattr(Act, "hold_duty", held)


def one_approval_is_enough(off: pytest.MonkeyPatch) -> None:
    """The second approval is not asked for: the row stands there, nobody gave it."""
    from tips.models import RewardApproval

    create = RewardApproval.objects.create
    off.setattr(RewardApproval.objects, "create", lambda **row: row["step"] == 1 and create(**row))


def payments_are_not_recorded(off: pytest.MonkeyPatch) -> None:
    """Nobody notes that a reward was paid."""
    from tips.services import pay_reward

    off.setattr(pay_reward, "_pay", lambda *row: None)
    off.setattr(pay_reward, "issue_voucher", lambda *row: None)


def everybody_may_open_tips(off: pytest.MonkeyPatch) -> None:
    """No wall stands around a tip."""
    from tips import permissions

    off.setattr(permissions, "may_tip", lambda *facts: True)


def an_opening_needs_no_approval_and_never_ends(off: pytest.MonkeyPatch) -> None:
    """Whoever asked may look."""
    from tips.models import IdentityRequest

    off.setattr(IdentityRequest, "is_open_at", lambda self, now: True)


def a_purge_destroys_nothing(off: pytest.MonkeyPatch) -> None:
    """The certificate is issued, the keys stay."""
    from tips.purging.erasing import Erased
    from tips.services import destroy_keys

    done = Erased((), 0, 0, (), had_identity=True, had_payee=False)
    off.setattr(destroy_keys, "destroy", lambda tip, *, now: done)


def a_return_counts_as_paid(off: pytest.MonkeyPatch) -> None:
    """The bank's answer is not read."""
    from tips.rules import bank_file

    off.setitem(bank_file.WORDS, "退回", "paid")


def only_the_first_tip_counts(off: pytest.MonkeyPatch) -> None:
    """All that a case recovers is the first tip's, whoever brought it."""
    from tips.rewards import base

    off.setattr(base, "bases", lambda order, found, most: dict.fromkeys(order, most * 0) | {order[0]: most})


def an_answer_in_the_thread_counts_as_told(off: pytest.MonkeyPatch) -> None:
    """Nobody asks whether the answer reached a tipster without e-mail."""
    from tips.services import note_telling
    from tips.task_pages import tips

    for place in (note_telling, tips):
        off.setattr(place, "must_be_told", lambda tip: False)


def what_was_paid_never_comes_back(off: pytest.MonkeyPatch) -> None:
    """A payment that was recorded stays recorded, whatever the bank does later."""
    from tips.errors import NotPaid
    from tips.services import read_bank_answers

    def refuse(*line: Any, **facts: Any) -> None:
        raise NotPaid

    off.setattr(read_bank_answers, "book_return", refuse)


def nothing_is_reserved(off: pytest.MonkeyPatch) -> None:
    """An approved reward waits for money that may be spent meanwhile."""
    from tips.services import approve_reward

    off.setattr(approve_reward, "reserve", lambda reward, *, actor, now: None)


def payment_has_no_period(off: pytest.MonkeyPatch) -> None:
    """No day stands by which the bank must have paid."""
    from workflows.door import stepping

    offer = stepping._offer

    def offered(act: Any, run: Any, wait: Any, element: Any) -> Any:
        timed = element["clock"] != "reward_payment"
        return offer(act, run, wait, element if timed else {**element, "clock": None})

    off.setattr(stepping, "_offer", offered)


def _refile(off: pytest.MonkeyPatch, **facts: Any) -> None:
    from tips.services import file_tip

    sealed = file_tip._sealed_tip
    off.setattr(file_tip, "_sealed_tip", lambda filing, *more: sealed(replace(filing, **facts), *more))
