"""First words of a report to the province, taken from the case (official Chinese)."""

from datetime import date

from casework.document_facts import article_words, main_party, standing_findings
from casework.documents.words import WORDS
from casework.models import ProvinceReport


def draft_words(report: ProvinceReport) -> dict[str, str]:
    """The four parts: what was written before, else what the case knows."""
    written = {name: getattr(report, name) for name in ("discovery", "violations", "outcome", "basis")}
    return {name: written[name] or words for name, words in _from_case(report).items()}


def _from_case(report: ProvinceReport) -> dict[str, str]:
    case = report.case
    findings = standing_findings(case)
    origin = WORDS["origin"].get(case.origin, case.origin)
    discovered, filed = _day(case.discovered_on), _day(case.filed_on)
    articles = dict.fromkeys(article_words(f.article) for f in findings)
    return {
        "discovery": f"{discovered}，我局经{origin}发现线索，{filed}立案调查。",
        "violations": "\n".join(
            f"{main_party(case).name}{f.conduct}，造成医疗保障基金损失{f.loss_amount:,.2f}元。{f.facts}"
            for f in findings
        ),
        "outcome": _outcome(report),
        "basis": "、".join(articles),
    }


def _outcome(report: ProvinceReport) -> str:
    case = report.case
    if report.event == ProvinceReport.Event.TRANSFERRED:
        return "案件涉嫌犯罪，已移送公安机关处理。"
    return f"责令退回医疗保障基金{case.recovery_amount:,.2f}元，处罚款{case.fine_amount:,.2f}元，案件已办结。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
