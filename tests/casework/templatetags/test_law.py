"""References to acts in both languages."""

import pytest
from django.utils.translation import override

from casework.templatetags.law import cited


@pytest.mark.parametrize(
    ("written", "chinese", "english"),
    [
        (
            "PP 45, APL 60",
            "《医疗保障行政处罚程序暂行规定》第45条；《行政处罚法》第60条",
            "Penalty Procedure Provisions, art. 45; Administrative Penalty Law, art. 60",
        ),
        ("PP 36", "《医疗保障行政处罚程序暂行规定》第36条", "Penalty Procedure Provisions, art. 36"),
        (
            "PP 37, 41; APL 57",
            "《医疗保障行政处罚程序暂行规定》第37、41条；《行政处罚法》第57条",
            "Penalty Procedure Provisions, art. 37, 41; Administrative Penalty Law, art. 57",
        ),
        ("REG 38–41", "《医疗保障基金使用监督管理条例》第38–41条", "Fund Supervision Regulation, art. 38–41"),
        ("JS19 pt 9", "苏医保发〔2019〕25号第9项", "Jiangsu 2019 No. 25, pt 9"),
        ("医保办发〔2022〕22号", "医保办发〔2022〕22号", "医保办发〔2022〕22号"),
        ("", "", ""),
    ],
)
def test_cited_names_the_acts(written, chinese, english):
    with override("zh-hans"):
        assert cited(written) == chinese
    with override("en"):
        assert cited(written) == english
