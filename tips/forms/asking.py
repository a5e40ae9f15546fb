"""Forms of officers towards a tipster."""

from django.utils.translation import gettext_lazy as _

from casework.form_fields import day_field
from tips.forms.fields import WordsField
from tips.forms.files import FilesField
from tips.forms.follow import KeyedForm


class LetterForm(KeyedForm):
    """A message to the tipster, with files if need be."""

    text = WordsField(label=_("Your message"))
    # django-stubs takes the field for the attribute of the same name.
    files = FilesField(label=_("Files for the tipster"), required=False)  # type: ignore[assignment]


class AskForm(KeyedForm):
    """Something that the tipster is asked to supply by a day."""

    words = WordsField(label=_("Please supply"), rows=3)
    due_on = day_field(
        _("By this day"), help_text=_("Within 90 days. Being late has no consequence by itself.")
    )


class AnswerForm(KeyedForm):
    """A tipster's answer to a request."""

    text = WordsField(label=_("Your answer"))
    files = FilesField(label=_("Add files"), required=False)  # type: ignore[assignment]
