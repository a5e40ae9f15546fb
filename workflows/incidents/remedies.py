"""What to do about an incident: one sentence for each class of cause."""

from typing import Any

from django.utils.translation import gettext_lazy as _

REMEDIES: dict[str, Any] = {
    "service": _(
        "A service outside does not answer. Check mail server, file store and network; the step is tried again "
        "by itself."
    ),
    "busy": _(
        "The matter was locked for too long. Nothing is to be done unless it happens again; then look for a long "
        "transaction in the database."
    ),
    "database": _(
        "The database refused what the step wanted to write. Give error and place to whoever maintains the "
        "program, and retry after the correction."
    ),
    "model": _(
        "The process model cannot go on with the data of this run. Give process, element and place to whoever "
        "maintains the models, and retry after the correction."
    ),
    "limit": _(
        "The step would make the run larger than a run may be. Let the model draw what is done many times as a called "
        "process, so that child runs do it; until then an operator can move or cancel the run."
    ),
    "rule": _(
        "A rule of the product refused the step. Its code stands beside the error: set right what it asks for, "
        "then retry."
    ),
    "missing_operation": _(
        "This installation does not know the operation. Install the version that has it on every worker, then retry."
    ),
    "lost_wait": _(
        "The run no longer waits for this. Restore the waits of the run; if it comes back, have it skipped."
    ),
    "stalled": _(
        "The run waits for nobody and nothing. Retry restores its waits from its stored state; if that is refused, "
        "give the number of the run to whoever maintains the program."
    ),
    "program": _(
        "An error in the program. Nothing was half done. Give error and place to whoever maintains it, and retry "
        "after the correction."
    ),
}


def remedy_words(code: str) -> Any:
    """The sentence of a remedy."""
    return REMEDIES.get(code, REMEDIES["program"])
