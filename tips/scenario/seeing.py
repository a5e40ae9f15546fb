"""Who can open a tip, its sealed words, a reward."""

from casework.models import Account
from casework.scenario.seeing import opening
from tips.permissions import RewardPermission, TipPermission, require_reward, require_tip
from tips.scenario.citizen import reward_of, tip_of
from workflows.scenarios import Player


@opening("tip")
def open_tip(player: Player, account: Account) -> object:
    """The row of the register."""
    found = tip_of(player)
    require_tip(account, found, TipPermission.VIEW, now=player.now)
    return found


@opening("tip_words")
def open_words(player: Player, account: Account) -> object:
    """The tipster's own words and files."""
    found = tip_of(player)
    require_tip(account, found, TipPermission.OPEN_WORDS, now=player.now)
    return found


@opening("reward")
def open_reward(player: Player, account: Account) -> object:
    """The reward as a whole."""
    found = reward_of(player)
    require_reward(account, found, RewardPermission.VIEW, now=player.now)
    return found
