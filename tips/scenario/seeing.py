"""Who can open a tip, its sealed words, a reward."""

from casework.models import Account
from casework.scenario.seeing import opening
from tips.permissions import RewardPermission, TipPermission, require_reward, require_tip
from tips.scenario.citizen import reward_of, tip_of
from workflows.scenarios import Player


@opening("tip")
def open_tip(player: Player, account: Account) -> object:
    """The row of the register."""
    return require_tip(account, tip_of(player), TipPermission.VIEW, now=player.now)


@opening("tip_words")
def open_words(player: Player, account: Account) -> object:
    """The tipster's own words and files."""
    return require_tip(account, tip_of(player), TipPermission.OPEN_WORDS, now=player.now)


@opening("reward")
def open_reward(player: Player, account: Account) -> object:
    """The reward as a whole."""
    return require_reward(account, reward_of(player), RewardPermission.VIEW, now=player.now)
