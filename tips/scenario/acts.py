"""What citizens do, through the forms of the public pages; and an officer's question to them."""

from typing import Any

from casework.errors import NotFound
from casework.models import Institution
from casework.permissions import Role, units_of
from tips.forms.bureau_claim import RecordClaimForm
from tips.forms.claiming import ChangePinForm, ChoosePinForm, ClaimForm, WaivePinForm
from tips.forms.follow import MessageForm, MoreFilesForm
from tips.forms.intake import IntakeForm
from tips.forms.reexamination import AskReexaminationForm
from tips.forms.report import ReportForm
from tips.forms.supervisors import AppointmentForm
from tips.models import SocialSupervisor, Tip
from tips.receipts import receipt_code
from tips.rewards.parts import joint_parts
from tips.scenario.citizen import filled, keep_code, key_of, reward_of, seed_for, tip_of
from tips.services.add_files import add_files
from tips.services.choose_pin import choose_pin as choose
from tips.services.claim_reward import claim_reward as claim
from tips.services.claim_reward import decline_reward as decline
from tips.services.claim_reward import give_up_reward as give_up
from tips.services.confirm_receipt import confirm_receipt
from tips.services.file_tip import file_tip as take_in
from tips.services.record_claim import record_claim as record
from tips.services.reexamine import ask_reexamination as ask_again
from tips.services.register_supervisor import APPOINTS, give_code, register_supervisor
from tips.services.waive_pin import waive_pin as waive
from tips.services.withdraw_tip import withdraw_tip as withdraw
from tips.services.write_message import write_to_bureau, write_to_tipster
from workflows.errors import Repeated
from workflows.scenarios import Failure, Player, act

PERSONAL_CODES = "personal codes of supervisors"
YES_OR_NO = {True: "yes", False: "no"}


@act("file_tip")
def file_tip(player: Player, who: str, entries: dict[str, Any]) -> None:
    """File a tip; the citizen keeps the receipt code. `institution` is a name of the register.

    `supervisor_code` names the supervisor who enters the personal code.
    """
    told = {name: _entry(name, value) for name, value in entries.items()}
    if "supervisor_code" in told:
        told["supervisor_code"] = player.known[PERSONAL_CODES][told["supervisor_code"]]
    form = filled(player, ReportForm, {"consent": True, **told})
    seed = seed_for(player.key())
    try:
        tip = take_in(form.filing(), files=form.cleaned_data["files"], seed=seed, now=player.now).tip
    except Repeated as repeated:
        tip = Tip.objects.select_related("run").get(pk=repeated.answer["tip"])
    player.begin_matter(tip.leading_run)
    keep_code(player, receipt_code.from_seed(seed))


@act("take_in_tip")
def take_in_tip(player: Player, who: str, entries: dict[str, Any]) -> None:
    """An officer takes a tip in that came by another way; the tipster gets the receipt code."""
    officer = player.account(who)
    told = {name: _entry(name, value) for name, value in entries.items()}
    units = units_of(officer, [Role.INTAKE_OFFICER], player.now)
    if not units:
        raise NotFound
    form = filled(player, IntakeForm, {"consent": True, **told}, units=units)
    seed = seed_for(player.key())
    tip = take_in(
        form.filing(), files=form.cleaned_data["files"], seed=seed, now=player.now, actor=officer
    ).tip
    player.begin_matter(tip.leading_run)
    keep_code(player, receipt_code.from_seed(seed))
    confirm_receipt(tip, now=player.now, handed_over_by=officer)


@act("send_message")
def send_message(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Write into the thread: with `who` as that officer, else as the citizen."""
    tip = tip_of(player)
    form = filled(player, MessageForm, entries)
    text = form.cleaned_data["text"]
    if who:
        write_to_tipster(tip, text, actor=player.account(who), key=player.key(), now=player.now)
    else:
        write_to_bureau(tip, text, content_key=key_of(player, tip), key=player.key(), now=player.now)


@act("send_files")
def send_files(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Send further files, or again those that did not arrive."""
    tip = tip_of(player)
    files = filled(player, MoreFilesForm, entries).cleaned_data["files"]
    add_files(tip, files, content_key=key_of(player, tip), key=player.key(), now=player.now)


@act("claim_reward")
def claim_reward(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Claim the reward and name whom it is paid to."""
    reward = reward_of(player)
    form = filled(player, ClaimForm, entries, asks_pin="pin" in entries, parts=joint_parts(reward))
    pin = form.cleaned_data.get("pin", "")
    claim(reward, form.payee(), pin=pin, key=player.key(), now=player.now)


@act("choose_pin")
def choose_pin(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Choose the PIN of an anonymous claim; with `current`, change it."""
    form = filled(player, ChangePinForm if "current" in entries else ChoosePinForm, entries)
    given = form.cleaned_data
    current = given.get("current", "")
    choose(tip_of(player), given["pin"], current=current, key=player.key(), now=player.now)


@act("waive_pin")
def waive_pin(player: Player, who: str, entries: dict[str, Any]) -> None:
    """The identity officer notes who came in person without the PIN."""
    number = {"claim_number": reward_of(player).claim_number}
    form = filled(player, WaivePinForm, {**number, **entries}, needs_key=False)
    waive(
        actor=player.account(who),
        claim_number=form.cleaned_data["claim_number"],
        person=form.person(),
        reasons=form.cleaned_data["reasons"],
        key=player.key(),
        now=player.now,
    )


@act("record_claim")
def record_claim(player: Player, who: str, entries: dict[str, Any]) -> None:
    """The identity officer records a claim for a tipster who came, wrote or sent an agent."""
    reward = reward_of(player)
    form = filled(player, RecordClaimForm, entries, parts=joint_parts(reward))
    actor = player.account(who)
    record(reward, form.claimant(), form.payee(), actor=actor, key=player.key(), now=player.now)


@act("give_up_reward")
def give_up_reward(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Give up the reward of which the citizen was told."""
    give_up(reward_of(player), pin=str(entries.get("pin", "")), key=player.key(), now=player.now)


@act("decline_reward")
def decline_reward(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Say beforehand that no reward is wanted."""
    decline(tip_of(player), key=player.key(), now=player.now)


@act("withdraw_tip")
def withdraw_tip(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Withdraw the tip."""
    withdraw(tip_of(player), key=player.key(), now=player.now)


def _entry(name: str, value: Any) -> Any:
    if name == "supervisor":
        return SocialSupervisor.objects.filter(name=value).values_list("pk", flat=True).first()
    if name == "institution":
        found = Institution.objects.filter(name=value).values_list("code", flat=True).first()
        if found is None:
            raise Failure(f"there is no institution “{value}”")
        return found
    if name in ("is_real_name", "wants_reward") and isinstance(value, bool):
        return YES_OR_NO[value]
    return value


@act("appoint_supervisors")
def appoint_supervisors(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Enter appointments: `people` as a list of name, profession, letter; the rest is the same for all.

    Everybody gets a personal code at once and keeps it.
    """
    leader = player.account(who)
    units = units_of(leader, APPOINTS, player.now)
    common = {name: value for name, value in entries.items() if name != "people"}
    for person in entries["people"]:
        form = filled(player, AppointmentForm, {**common, **person}, needs_key=False, units=units)
        made = register_supervisor(form.appointment(), actor=leader, now=player.now)
        codes = player.known.setdefault(PERSONAL_CODES, {})
        codes[made.name] = give_code(made, actor=leader, now=player.now)


@act("ask_reexamination")
def ask_reexamination(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Ask to have the decision looked at again, with words that are sealed."""
    tip = tip_of(player)
    form = filled(player, AskReexaminationForm, entries)
    text = form.cleaned_data["text"]
    ask_again(tip, text, content_key=key_of(player, tip), key=player.key(), now=player.now)
