"""Form fields made of the questions of a questionnaire, and the answers read from them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import day_field
from tips.questionnaires import Answers, in_language
from tips.rules.questionnaire import Kind, Question, QuestionList

PREFIX = "q_"
LONGEST_ANSWER = 2000


def question_fields(questions: QuestionList) -> dict[str, forms.Field]:
    """A field for each question, in order."""
    return {PREFIX + one.id: _field(one) for one in questions.questions}


def answers_of(questions: QuestionList, cleaned: dict[str, Any]) -> Answers:
    """What was answered, as JSON values; questions left open are left out."""
    found = {one.id: _kept(cleaned.get(PREFIX + one.id)) for one in questions.questions}
    return {name: value for name, value in found.items() if value not in (None, "", [])}


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {
        "label": in_language(question.label),
        "help_text": in_language(question.help) if question.help else "",
        "required": question.is_required,
    }
    match question.kind:
        case Kind.CHOICE | Kind.MANY:
            choices = [(value, in_language(words)) for value, words in question.choices.items()]
            if question.kind is Kind.MANY:
                widget: type[forms.Widget] = forms.CheckboxSelectMultiple
                return forms.MultipleChoiceField(choices=choices, widget=widget, **common)
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case Kind.YES_NO:
            yes_no = [("yes", _("yes")), ("no", _("no"))]
            return forms.ChoiceField(choices=yes_no, widget=forms.RadioSelect, **common)
        case Kind.NUMBER:
            number = forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"})
            return forms.DecimalField(
                min_value=question.least,
                max_value=question.most,
                max_digits=20,
                decimal_places=4,
                widget=number,
                **common,
            )
        case Kind.DATE:
            label = common.pop("label")
            return day_field(label, **common)
        case _:
            area = forms.Textarea(attrs={"rows": 2})
            return forms.CharField(max_length=LONGEST_ANSWER, widget=area, **common)


def _kept(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
