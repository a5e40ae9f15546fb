"""References to acts, written short in the code, as people read them in their language."""

import re

from django import template
from django.utils.translation import get_language

register = template.Library()

# Short name in code → Chinese, English. The dates and numbers of the acts are in docs/legal-basis.md.
ACTS = {
    "PP": ("《医疗保障行政处罚程序暂行规定》", "Penalty Procedure Provisions"),
    "TH": ("《医疗保障基金使用监督管理举报处理暂行办法》", "Tip Handling Measures"),
    "FI": ("《医疗保障基金飞行检查管理暂行办法》", "Unannounced Inspection Measures"),
    "REG-D": ("《医疗保障基金使用监督管理条例实施细则》", "Implementing Rules of the Fund Regulation"),
    "REG": ("《医疗保障基金使用监督管理条例》", "Fund Supervision Regulation"),
    "APL": ("《行政处罚法》", "Administrative Penalty Law"),
    "ACL": ("《行政强制法》", "Administrative Compulsion Law"),
    "TR": ("《行政执法机关移送涉嫌犯罪案件的规定》", "Transfer of Suspected Crimes Provisions"),
    "FR-HS": ("《关于办理医保骗保刑事案件若干问题的指导意见》", "Guiding Opinions on Insurance Fraud Cases"),
    "RW22": ("医保办发〔2022〕22号", "Reward Measures 2022 No. 22"),
    "JS19": ("苏医保发〔2019〕25号", "Jiangsu 2019 No. 25"),
    "SIL": ("《社会保险法》", "Social Insurance Law"),
}
# Several acts stand behind semicolons, or behind commas where the next one begins with its name.
BETWEEN = re.compile(rf"\s*(?:;|,(?= (?:{'|'.join(ACTS)}) ))\s*")
REFERENCE = re.compile(rf"^({'|'.join(ACTS)}) (pt )?(\d[\d, –()-]*)$")


@register.filter
def cited(written: object) -> str:
    """“PP 36; REG 38–41” with the names of the acts; what is no such reference stays as it is."""
    is_chinese = (get_language() or "").startswith("zh")
    parts = [_one(part, is_chinese) for part in BETWEEN.split(str(written or "").strip())]
    return ("；" if is_chinese else "; ").join(parts)


def _one(written: str, is_chinese: bool) -> str:
    found = REFERENCE.match(written)
    if found is None:
        return written
    act, point, articles = found.groups()
    if is_chinese:
        return f"{ACTS[act][0]}第{articles.replace(', ', '、')}{'项' if point else '条'}"
    return f"{ACTS[act][1]}, {'pt' if point else 'art.'} {articles}"
