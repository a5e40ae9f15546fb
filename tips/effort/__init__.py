"""What keeps robots out without asking anybody who they are: a short calculation, or a short wait without scripts."""

from tips.effort.filing import admit_filing, filing_task
from tips.effort.look_up import admit_look_up, look_up_task
from tips.effort.pin import admit_pin, pin_task

__all__ = ["admit_filing", "admit_look_up", "admit_pin", "filing_task", "look_up_task", "pin_task"]
