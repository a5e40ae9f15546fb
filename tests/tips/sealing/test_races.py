"""Several people at once: two who decide on one look, a purge beside a rotation and beside a tipster who writes."""

from uuid import uuid4

import pytest
from django.db import transaction

from tests.factories.tips import RECEIVED, a_person, a_real_name_filing, a_tip
from tests.tips.conftest import publish
from tests.tips.sealing.test_key_ring import NEW, at_once
from tests.tips.working import REGISTERED, do, open_item, staff
from tips.errors import Destroyed
from tips.models import IdentityRequest, Tip, TipKey
from tips.purging.erasing import destroy
from tips.sealing import contents, identity
from tips.services.ask_identity import ask_identity
from tips.services.decide_opening import decide_opening
from tips.services.rewrap_keys import rewrap_batch
from workflows.errors import Refusal
from workflows.models import DutyRecord

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_leaders_who_decide_at_once_one_decides() -> None:
    publish()
    people = staff()
    other = a_person("leader2", "leader")
    filed = a_tip(a_real_name_filing())
    do(people["intake"], filed.tip.run, "register_tip", {**REGISTERED, "institution_code": ""})
    facts = {
        "purpose": "protection",
        "reasons": "有打击报复的迹象。",
        "period": "short",
        "key": "a",
        "now": RECEIVED,
    }
    request = ask_identity(filed.tip, actor=people["intake"], **facts)
    item = open_item(request.leading_run, "decide_opening")

    def decides(actor, opening: str):  # type: ignore[no-untyped-def]
        given = {"work_item": item, "opening": opening, "reasons": "x", "now": RECEIVED}
        return lambda: decide_opening(actor=actor, key=str(uuid4()), **given)

    raised = at_once(decides(people["leader"], "approved"), decides(other, "refused"))

    assert len(raised) == 1 and isinstance(raised[0], Refusal)
    request = IdentityRequest.objects.get()
    assert request.is_approved == (request.decided_by == people["leader"])
    assert DutyRecord.objects.filter(key="approve_opening").count() == 1


def test_a_purge_beside_a_rotation_leaves_no_key(settings) -> None:
    publish()
    tips = [a_tip(a_real_name_filing()).tip for _ in range(4)]
    settings.CONTENT_EARLIER_KEYS = [settings.CONTENT_KEY]
    settings.CONTENT_KEY = NEW

    def purge() -> None:
        for tip in tips[:2]:
            with transaction.atomic():
                destroy(Tip.objects.select_for_update().get(pk=tip.pk), now=RECEIVED)

    def rotate() -> None:
        after: int | None = 0
        while after is not None:
            after = rewrap_batch(after=after, now=RECEIVED, size=1).last

    assert at_once(purge, rotate, rotate) == []

    gone = TipKey.objects.filter(destroyed_at__isnull=False)
    assert gone.count() == 2
    assert not gone.exclude(for_bureau=None, for_tipster=None, identity=None).exists()
    settings.CONTENT_EARLIER_KEYS = []
    for tip in tips[2:]:
        assert contents.content_key(Tip.objects.get(pk=tip.pk))


def test_an_identity_given_while_the_tip_is_purged_is_refused_or_destroyed() -> None:
    publish()
    tip = a_tip().tip

    def purge() -> None:
        with transaction.atomic():
            destroy(Tip.objects.select_for_update().get(pk=tip.pk), now=RECEIVED)

    def claim() -> None:
        with transaction.atomic():
            # As the claim of a reward does: the row of the tip is locked by the family before it.
            Tip.objects.select_for_update().get(pk=tip.pk)
            identity.seal_identity(tip, None, now=RECEIVED)

    raised = at_once(purge, claim)

    assert all(isinstance(error, Destroyed) for error in raised)
    keys = TipKey.objects.get()
    assert (keys.for_bureau, keys.identity) == (None, None)
