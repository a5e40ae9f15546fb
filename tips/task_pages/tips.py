"""Task pages from registering a tip to putting its papers away."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.faces import Fact
from casework.models import Officer
from casework.permissions import Role
from casework.task_pages import TaskPage, task_page
from tips.coming_back.letterbox import must_be_told
from tips.forms import tasks as task_forms
from tips.models import Tip, TipFile
from tips.permissions import TipPermission, may_tip
from tips.questionnaires import answers_in_words
from tips.services.answer_tipster import answer_tipster
from tips.services.archive_tip import archive_tip
from tips.services.assign_verifiers import assign_verifiers
from tips.services.decide_filing import decide_filing
from tips.services.read_words import OpenedTip, read_words
from tips.services.review_copy import review_copy
from tips.services.verify_lead import verify_lead
from tips.task_pages.likeness import alike_context, cases_to_join
from tips.words import CONDUCTS, HOW_KNOWN
from workflows.duties import lane_members_at
from workflows.now import now
from workflows.rules.calendar import civil_date


class TipTaskPage(TaskPage):
    """A task on a tip; what may be seen of it depends on the claim."""

    template_name = "tips/tasks/tip.html"

    @cached_property
    def tip(self) -> Tip:
        """The tip of the work item."""
        found = Tip.objects.select_related("bureau", "institution", "run", "case")
        return found.get(pk=self.item.run.subject_id)

    def context(self) -> dict[str, Any]:
        """The tip with its register facts."""
        return {
            "tip": self.tip,
            "facts": tip_facts(self.tip),
            "matter_url": reverse("tips:tip", args=[self.tip.pk]),
        }


class SealedTipTaskPage(TipTaskPage):
    """A task that needs the tipster's own words; each look is in the journal."""

    template_name = "tips/tasks/sealed.html"

    @cached_property
    def opened(self) -> OpenedTip | None:
        """The sealed part, once for a page; nothing before the work is claimed."""
        if not may_tip(self.actor, self.tip, TipPermission.OPEN_WORDS, now()):
            return None
        return read_words(self.tip, actor=self.actor, purpose=self.item.element_id, now=now())

    def context(self) -> dict[str, Any]:
        """Words, files and thread beside the form."""
        return super().context() | {"opened": self.opened, **word_lists(self.opened)}


def word_lists(opened: OpenedTip | None) -> dict[str, Any]:
    """The chosen conducts and the source of knowledge in words."""
    if opened is None:
        return {}
    words = opened.words
    return {
        "conducts": [CONDUCTS.get(key, key) for key in words.conducts],
        "answers": answers_in_words(words),
        "how_known": HOW_KNOWN.get(words.how_known, ""),
    }


def channel_in_words(tip: Tip) -> str:
    """How it came in, who handed it on, who took it in."""
    words = [str(tip.get_channel_display())]
    if tip.handed_on_by:
        words.append(tip.handed_on_by)
    if tip.taken_in_by:
        words.append(_("taken in by %(name)s") % {"name": tip.taken_in_by})
    return "; ".join(words)


def tip_facts(tip: Tip) -> list[Fact]:
    """The register's facts of a tip: nothing sealed."""
    yes_no = {True: _("yes"), False: _("no")}
    target = tip.institution.name if tip.institution else tip.get_target_kind_display()
    return [
        Fact(_("Register number"), tip.register_number),
        Fact(_("Received at"), tip.received_at.astimezone().strftime("%Y-%m-%d %H:%M")),
        Fact(_("Channel"), channel_in_words(tip)),
        Fact(_("Real-name"), yes_no[tip.is_real_name]),
        Fact(_("From a social supervisor"), yes_no[tip.is_from_supervisor]),
        Fact(_("Wants the reward"), yes_no[tip.wants_reward]),
        Fact(_("About"), target),
        Fact(_("Case"), tip.case.number if tip.case else _("none")),
        Fact(_("Withdrawn"), yes_no[tip.withdrawn_at is not None]),
    ]


@task_page("review_copy")
class ReviewCopyPage(SealedTipTaskPage):
    """制作隐名副本: the sealed original on one side, the copy on the other."""

    form_class = task_forms.ReviewCopyForm
    template_name = "tips/tasks/review_copy.html"
    verb = gettext_lazy("Hand on the reviewed copy")
    law = "TH 18; REG 46"
    bound: task_forms.ReviewCopyForm

    def form_arguments(self) -> dict[str, Any]:
        """The files that were checked."""
        return {"checked": list(self.tip.files.filter(is_from_tipster=True, state=TipFile.State.CHECKED))}

    def context(self) -> dict[str, Any]:
        """Files that may still follow: a copy that is handed on now goes without them."""
        waiting = self.tip.files.filter(is_from_tipster=True, state=TipFile.State.RECEIVED).count()
        return super().context() | {"files_waiting": waiting}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Keep the copy."""
        review_copy(
            actor=self.actor,
            work_item=self.item,
            reviewed_copy=cleaned["reviewed_copy"],
            handed_on=self.bound.handed_on(),
            key=key,
            now=now,
        )


@task_page("assign_verifiers")
class AssignVerifiersPage(TipTaskPage):
    """指派核查人员."""

    form_class = task_forms.AssignVerifiersForm
    verb = gettext_lazy("Assign these officers")
    law = "PP 14, 16; APL 42"

    def form_arguments(self) -> dict[str, Any]:
        """Certified officers of the handlers' lane."""
        members = lane_members_at(now()).filter(lane=Role.CASE_HANDLER, unit_id=self.item.unit_id)
        able = Officer.objects.filter(
            account__in=members.values("account"),
            account__is_active=True,
            certificate_valid_until__gte=civil_date(now()),
        )
        return {"officers": able.select_related("account").order_by("account__display_name")}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Assign."""
        assign_verifiers(
            actor=self.actor, work_item=self.item, officers=list(cleaned["officers"]), key=key, now=now
        )


@task_page("verify_lead")
class VerifyLeadPage(TipTaskPage):
    """核查线索: the reviewed copy only."""

    form_class = task_forms.VerifyForm
    verb = gettext_lazy("Hand in the verification record")
    law = "PP 14"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Hand in."""
        verify_lead(actor=self.actor, work_item=self.item, key=key, now=now, **cleaned)


@task_page("decide_filing")
class DecideFilingPage(TipTaskPage):
    """决定是否立案."""

    form_class = task_forms.DecideFilingForm
    template_name = "tips/tasks/decide_filing.html"
    verb = gettext_lazy("Decide on filing")
    law = "PP 14–15; APL 36"
    bound: task_forms.DecideFilingForm

    def form_arguments(self) -> dict[str, Any]:
        """The tip decides which facts of the party must be typed."""
        return {"tip": self.tip}

    def context(self) -> dict[str, Any]:
        """Tips that may be about the same matter, and the open cases that this one could join."""
        found = super().context() | alike_context(self.actor, self.tip)
        return found | {"cases": cases_to_join(self.tip, found["alike"])}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Decide."""
        decide_filing(
            actor=self.actor,
            work_item=self.item,
            filing=cleaned["filing"],
            grounds=self.bound.grounds(),
            cause=cleaned["cause"],
            party=self.bound.party(),
            case=self.bound.case(),
            new_facts=cleaned["new_facts"],
            key=key,
            now=now,
        )


class TellingTaskPage(TipTaskPage):
    """A task in which a person tells what no machine can; whom the machine reaches is asked nothing."""

    @cached_property
    def must_tell(self) -> bool:
        """Whether a person has to tell it."""
        return must_be_told(self.tip)

    def form_arguments(self) -> dict[str, Any]:
        """The fields on telling stand there only where they are needed."""
        return {"tip": self.tip, "must_tell": self.must_tell}

    def context(self) -> dict[str, Any]:
        """With the word that a person has to tell it."""
        return super().context() | {"must_tell": self.must_tell}


@task_page("answer_tipster")
class AnswerTipsterPage(TellingTaskPage, SealedTipTaskPage):
    """答复举报人."""

    form_class = task_forms.AnswerForm
    verb = gettext_lazy("Send the answer")
    law = "TH 9–12"
    template_name = "tips/tasks/sealed.html"

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Answer."""
        answer_tipster(
            actor=self.actor,
            work_item=self.item,
            answer=cleaned["answer"],
            telling=self.bound.telling(),
            key=key,
            now=now,
        )


@task_page("archive_tip")
class ArchiveTipPage(TellingTaskPage):
    """举报材料归档."""

    form_class = task_forms.ArchiveTipForm
    verb = gettext_lazy("Put the papers away")
    law = "TH 22"

    @cached_property
    def must_tell(self) -> bool:
        """The outcome of the case, which the system told everybody else."""
        return self.tip.case_id is not None and must_be_told(self.tip)

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Archive."""
        archive_tip(actor=self.actor, work_item=self.item, telling=self.bound.telling(), key=key, now=now)
