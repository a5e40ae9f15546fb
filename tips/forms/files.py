"""A field for several files of a citizen, each checked by its content."""

from collections.abc import Sequence
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from casework.rules.media_types import HEAD
from tips.files.attachments import Attachment
from tips.files.inspection import early_refusal
from tips.files.names import safe_name
from tips.files.sentences import refusal_sentence
from tips.files.types import ACCEPT, type_of
from tips.files.uploads import LARGEST_FILE, MOST_FILES


class FilesInput(forms.ClearableFileInput):
    """A plain input for several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Files that are small enough, not empty, and of an accepted type; cleaned to `Attachment`s."""

    widget = FilesInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs.update(multiple=True, accept=ACCEPT)

    def clean(self, data: Any, initial: Any = None) -> list[Attachment]:
        """Check every file; each wrong one is named with what is wrong and how to mend it."""
        files = [file for file in (data if isinstance(data, Sequence) else [data]) if file]
        if not files:
            if self.required:
                raise forms.ValidationError(_("Choose at least one file."))
            return []
        if len(files) > MOST_FILES:
            sentence = _("At most %(most)s files at a time; %(count)s were chosen. Leave out %(over)s.")
            values = {"most": MOST_FILES, "count": len(files), "over": len(files) - MOST_FILES}
            raise forms.ValidationError(sentence, params=values)
        checked = [_checked(file) for file in files]
        errors = [found for found in checked if isinstance(found, forms.ValidationError)]
        if errors:
            raise forms.ValidationError(errors)
        return [found for found in checked if isinstance(found, Attachment)]


def too_large(name: str) -> forms.ValidationError:
    """The sentence for a file over the limit."""
    sentence = _(
        "“%(name)s” is larger than %(most)s MB. Make it shorter or smaller, or describe it in words."
    )
    return forms.ValidationError(sentence, params={"name": safe_name(name), "most": LARGEST_FILE // 1024**2})


def _checked(file: UploadedFile) -> Attachment | forms.ValidationError:
    name = safe_name(file.name or "")
    if not file.size:
        return forms.ValidationError(refusal_sentence("empty", name))
    if file.size > LARGEST_FILE:
        return too_large(name)
    file.seek(0)
    media_type = type_of(file.read(HEAD))
    if media_type is None:
        return forms.ValidationError(refusal_sentence("wrong_type", name))
    refusal = early_refusal(cast(BinaryIO, file), name, media_type)
    if refusal:
        return forms.ValidationError(refusal_sentence(refusal, name))
    file.seek(0)
    return Attachment.from_upload(file, name, media_type)
