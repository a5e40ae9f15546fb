"""Forms of the work on a reward."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, day_field, reasons_field, text_field
from casework.rule_sentences import in_words
from tips.models import PaymentLine, Reward
from tips.rewards.quotes import levels_of, quote_for
from tips.rules.eligibility import NO, POINTS, YES, Answer, Point, grounds_against, unanswered
from workflows.now import now
from workflows.rules.calendar import civil_date
from workflows.rules.texts import Refused

ANSWERS = [(YES, _("yes")), (NO, _("no"))]


class AssessRewardForm(forms.Form):
    """The checklist with evidence, the level, and the result that follows from them."""

    is_insider = forms.BooleanField(
        label=_("The tipster works or worked there, and that was shown"), required=False
    )
    insider_proof = forms.CharField(label=_("What shows it"), max_length=200, required=False)
    eligible = choice_field(
        _("Result"),
        [
            ("eligible", _("reward: all conditions are met, nothing excludes it")),
            ("not_eligible", _("no reward")),
        ],
    )
    reasons = text_field(
        _("Reasons"),
        rows=4,
        required=False,
        help_text=_("For “no reward” the words of the law come first; the tipster reads both."),
    )

    def __init__(self, *args: Any, reward: Reward, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reward = reward
        points = {name: one for point in POINTS for name, one in _fields_of(point).items()}
        self.fields = {**points, **self._level_fields(reward), **self.fields}

    @staticmethod
    def _level_fields(reward: Reward) -> dict[str, forms.Field]:
        levels = levels_of(reward)
        if not levels:
            return {}
        choices = [(str(level), _("level %(level)s") % {"level": level}) for level in levels]
        return {
            "level": choice_field(_("Level of the tip (线索等级)"), choices, required=False),
            "level_reasons": text_field(_("Reasons for the level"), rows=2, required=False),
        }

    def clean(self) -> dict[str, Any]:
        """The result must follow from the checklist, and the scheme must give an amount."""
        cleaned = super().clean() or {}
        if cleaned.get("is_insider") and not cleaned.get("insider_proof"):
            self.add_error("insider_proof", _("Say what shows that the tipster works or worked there."))
        if cleaned.get("eligible") == "eligible":
            self._check_eligible(cleaned)
        elif cleaned.get("eligible") == "not_eligible" and not grounds_against(self.answers()):
            self.add_error(
                "eligible", _("Nothing in the checklist speaks against a reward: answer the point that does.")
            )
        return cleaned

    def answers(self) -> dict[str, Answer]:
        """The checklist as it was filled in."""
        typed = self.cleaned_data
        return {
            point.key: Answer(
                typed.get(point.field, ""),
                typed.get(f"remark_{point.key}", ""),
                typed.get(f"evidence_{point.key}", ""),
            )
            for point in POINTS
        }

    def chosen_level(self) -> int | None:
        """The chosen level, where the scheme has levels."""
        chosen = self.cleaned_data.get("level")
        return int(chosen) if chosen else None

    def _check_eligible(self, cleaned: dict[str, Any]) -> None:
        for point in unanswered(self.answers()):
            self.add_error(point.field, _("Answer yes or no."))
        for point in grounds_against(self.answers()):
            self.add_error(point.field, _("With this answer there is no reward."))
        if "level" in self.fields:
            if not cleaned.get("level"):
                self.add_error("level", _("Choose the level of the tip."))
                return
            if not cleaned.get("level_reasons"):
                self.add_error("level_reasons", _("Say why the tip has this level."))
        self._check_amount(bool(cleaned.get("is_insider")))

    def _check_amount(self, insider: bool) -> None:
        try:
            found = quote_for(self._reward, level=self.chosen_level(), insider=insider)
        except Refused as refused:
            self.add_error(None, in_words(refused.text))
            return
        if not found.amount:
            self.add_error("eligible", _("The scheme gives no reward for this base."))


def _fields_of(point: Point) -> dict[str, forms.Field]:
    """Answer, remark and evidence of one point."""
    words = gettext_lazy(point.words)
    return {
        point.field: choice_field(words, ANSWERS, required=False),
        f"remark_{point.key}": forms.CharField(label=_("Remark"), max_length=500, required=False),
        f"evidence_{point.key}": forms.CharField(label=_("Evidence or fact"), max_length=200, required=False),
    }


class ApproveRewardForm(forms.Form):
    """One of the two approvals."""

    approval = choice_field(
        _("Decision"),
        [("approved", _("approve the reward")), ("send_back", _("send back for a new assessment"))],
    )
    reasons = reasons_field()

    def clean(self) -> dict[str, Any]:
        """Whoever sends back says why."""
        cleaned = super().clean() or {}
        if cleaned.get("approval") == "send_back" and not cleaned.get("reasons"):
            self.add_error("reasons", _("Write what must be assessed again."))
        return cleaned


class ConfirmIdentityForm(forms.Form):
    """Whether claimant and tipster are the same person."""

    identity = choice_field(
        _("Result"),
        [
            ("confirmed", _("confirmed: the claimant is the tipster")),
            ("refused", _("not confirmed: nothing is paid")),
        ],
    )
    reasons = text_field(
        _("Reasons"),
        rows=3,
        required=False,
        help_text=_("Needed when not confirmed: the tipster reads them, nobody else."),
    )

    def __init__(self, *args: Any, people: Sequence[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = people
        if people:
            whole = self.fields.pop("identity")
            for number in people:
                label = _("Person %(number)s") % {"number": number}
                self.fields[f"identity_{number}"] = choice_field(label, whole.choices)  # type: ignore[attr-defined]
            self.order_fields([*(f"identity_{number}" for number in people), "reasons"])

    def refused_people(self) -> tuple[int, ...]:
        """The numbers of those who were not confirmed, where several claim."""
        return tuple(one for one in self._people if self.cleaned_data.get(f"identity_{one}") == "refused")

    def clean(self) -> dict[str, Any]:
        """All together are confirmed or none; whoever refuses says why."""
        cleaned = super().clean() or {}
        if self._people:
            cleaned["identity"] = "refused" if self.refused_people() else "confirmed"
        if cleaned.get("identity") == "refused" and not cleaned.get("reasons"):
            self.add_error("reasons", _("Write what could not be confirmed."))
        return cleaned


class DiscussRewardForm(forms.Form):
    """The minutes of the collective discussion."""

    held_on = day_field(_("Held on"))
    participants = text_field(_("Participants"), rows=3, help_text=_("Names and offices, one a line."))
    opinions = text_field(_("Opinions"), rows=5, help_text=_("What each of them said."))
    discussion_result = choice_field(
        _("Decision"),
        [("agreed", _("agree to the reward")), ("send_back", _("send back for a new assessment"))],
    )

    def clean_held_on(self) -> Any:
        """A discussion lies in the past or today."""
        day = self.cleaned_data["held_on"]
        if day > civil_date(now()):
            raise forms.ValidationError(_("The day of the discussion lies in the future."))
        return day


class OrderPaymentForm(forms.Form):
    """Nothing to enter: the payment goes into a batch as it stands."""


class ReleasePaymentForm(forms.Form):
    """The second person's word on a payment."""

    release = choice_field(
        _("Decision"),
        [("released", _("release to the bank")), ("send_back", _("send back"))],
        initial="released",
    )
    reasons = reasons_field()

    def clean(self) -> dict[str, Any]:
        """Whoever sends back says why."""
        cleaned = super().clean() or {}
        if cleaned.get("release") == "send_back" and not cleaned.get("reasons"):
            self.add_error("reasons", _("Write what is wrong with the payment."))
        return cleaned


class PayRewardForm(forms.Form):
    """The bank's answer."""

    payment = choice_field(
        _("Result"), [("paid", _("paid")), ("returned", _("returned by the bank"))], initial="paid"
    )
    paid_on = day_field(_("Day of the bank's voucher"))
    voucher = forms.CharField(label=_("Bank voucher number"), max_length=64)
    return_ground = choice_field(
        _("Why it was returned"),
        PaymentLine.Ground.choices,
        required=False,
        help_text=_("Needed for a return."),
    )

    def __init__(self, *args: Any, lines: Sequence[PaymentLine] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Answered meanwhile it is still the line that was meant: the service says so, and takes no other for it.
        of_the_reward = PaymentLine.objects.filter(reward__in={line.reward_id for line in lines})
        field = forms.ModelChoiceField(of_the_reward, label=_("Payment"), required=len(lines) > 1)
        if len(lines) == 1:
            field.widget, field.initial = forms.HiddenInput(), lines[0].pk
        else:
            field.choices = [("", field.empty_label), *((line.pk, str(line)) for line in lines)]
        self.fields["line"] = field
        self.order_fields(["line"])

    def clean(self) -> dict[str, Any]:
        """A return has its ground."""
        cleaned = super().clean() or {}
        if cleaned.get("payment") == "returned" and not cleaned.get("return_ground"):
            self.add_error("return_ground", _("Say why the bank returned it."))
        return cleaned

    def clean_paid_on(self) -> Any:
        """A payment lies in the past or today."""
        day = self.cleaned_data["paid_on"]
        if day > civil_date(now()):
            raise forms.ValidationError(_("The day of payment lies in the future."))
        return day


class ReturnForm(forms.Form):
    """The bank gave a payment back that had counted as paid."""

    returned_on = day_field(_("Came back on"))
    ground = choice_field(_("Why it was returned"), PaymentLine.Ground.choices)
    voucher = forms.CharField(label=_("Voucher number of the return"), max_length=64)


class BankAnswersForm(forms.Form):
    """The bank's file of answers."""

    file = forms.FileField(
        label=_("The bank's file (CSV)"),
        help_text=_(
            "Each line: reference, paid or returned, day, voucher, and for a return its reason. Up to 1 MB."
        ),
    )

    def clean_file(self) -> Any:
        """Small enough to be such a list."""
        given = self.cleaned_data["file"]
        if given.size > 1_000_000:
            raise forms.ValidationError(_("The file is larger than 1 MB: it is no list of answers."))
        return given
