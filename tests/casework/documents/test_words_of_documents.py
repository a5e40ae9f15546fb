"""What the law wants each document to say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from casework.documents.contexts import ReviewPoint
from casework.documents.contexts.legal_review_opinion import OPINIONS, POINTS
from casework.documents.samples import PARTY, REVIEW, REWARD
from tests.casework.documents.reading import sample, words


def test_decision_states_what_article_59_demands() -> None:
    text = words(sample("penalty_decision"))

    for said in (
        "当事人：江州康𠮷骨伤医院有限公司",
        "违法事实和证据",
        "《医疗保障基金使用监督管理条例》第三十八条第三项",
        "66,640.50元（大写：人民币陆万陆仟陆佰肆拾元伍角整）",
        "86,632.65元（大写：人民币捌万陆仟陆佰叁拾贰元陆角伍分）",
        "自收到本决定书之日起15日内",
        "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超出罚款的数额",
        "六十日内依法向江州市人民政府申请行政复议",
        "六个月内依法向江州市临湖区人民法院提起行政诉讼",
        "2025年11月26日",
    ):
        assert said in text, said


def test_decision_keeps_fund_and_treasury_accounts_apart() -> None:
    text = words(sample("penalty_decision"))

    assert "江州市医疗保障基金财政专户" in text
    assert "国家金库江州市中心支库" in text
    assert "不得相互抵顶" in text


def test_decision_without_a_fine_demands_none() -> None:
    text = words(sample("penalty_decision", fine_amount=Decimal("0.00")))

    assert "2．处以罚款" not in text
    assert "国家金库" not in text
    assert "百分之三" not in text


def test_decision_tells_how_a_statement_was_treated() -> None:
    heard = words(sample("penalty_decision"))
    silent = words(sample("penalty_decision", response="none"))

    assert "该意见不予采纳" in heard
    assert "未因陈述、申辩加重处罚" in heard
    assert "未提出陈述、申辩意见" in silent
    assert "不予采纳" not in silent


def test_decision_after_a_hearing_rests_on_its_record() -> None:
    text = words(
        sample(
            "penalty_decision", response="hearing", hearing_offered=True, hearing_held_on=date(2025, 11, 20)
        )
    )

    assert "2025年11月20日组织听证" in text
    assert "根据听证笔录" in text


@pytest.mark.parametrize("kind", ["penalty_notice", "penalty_decision"])
def test_party_does_not_learn_that_there_was_a_tip(kind: str) -> None:
    assert "举报" not in words(sample(kind))


def test_notice_offers_the_hearing_only_where_it_must() -> None:
    offered, plain = words(sample("penalty_notice")), words(sample("penalty_notice", hearing_offered=False))

    assert "应当在收到本告知书后5个工作日内提出" in offered
    assert "不承担组织听证的费用" in offered
    assert "听证" not in plain


def test_notice_states_the_period_for_a_statement_and_that_none_makes_it_heavier() -> None:
    text = words(sample("penalty_notice", statement_working_days=7))

    assert "之日起7个工作日内，以书面或者口头方式向本机关陈述、申辩" in text
    assert "而给予更重的处罚" in text


def test_notice_to_a_person_does_not_speak_to_a_unit() -> None:
    text = words(
        sample("penalty_notice", party=replace(PARTY, kind="person", name="赵㐂", representative=""))
    )

    assert "你单位" not in text


def test_review_shows_ten_points_and_one_of_five_opinions() -> None:
    text = words(sample("legal_review_opinion"))

    assert all(point in text for point in POINTS.values())
    assert text.count("■") == 1
    assert text.count("□") == len(OPINIONS) - 1
    assert "审核人未参与本案的核查、调查和处理" in text


def test_review_that_does_not_agree_stops_the_decision() -> None:
    text = words(sample("legal_review_opinion", opinion="investigate_further"))

    assert "未经法制审核或者审核未通过的，不得作出决定" in text


def test_review_with_nine_points_is_refused() -> None:
    with pytest.raises(ValueError, match="ten points"):
        replace(REVIEW, points=REVIEW.points[:9])


def test_review_with_a_sixth_opinion_is_refused() -> None:
    with pytest.raises(ValueError, match="five opinions"):
        replace(REVIEW, opinion="undecided")


def test_review_point_that_fails_says_so() -> None:
    points = (ReviewPoint(key="competence", state="fails", note="管辖有争议"), *REVIEW.points[1:])

    assert "不符合" in words(sample("legal_review_opinion", points=points))


def test_province_report_has_the_four_demanded_parts_and_its_trigger() -> None:
    text = words(sample("province_report", triggers=("amount", "public_concern")))

    for said in (
        "一、发现过程",
        "二、违约违规违法事实",
        "三、处理结果",
        "四、处理依据",
        "5万元以上",
        "社会关注",
    ):
        assert said in text
    assert "截至2025年12月30日" in text


def test_report_of_a_transfer_names_the_police() -> None:
    text = words(
        sample(
            "province_report",
            event="transferred",
            triggers=("police_transfer",),
            police_authority="江州市公安局",
        )
    )

    assert "移送江州市公安局" in text
    assert "办结" not in text


def test_reward_form_shows_both_approvals_and_the_working() -> None:
    text = words(sample("reward_approval"))

    assert REWARD.claim_number in text
    assert "1,332.81元×1.2＝1,599.37元" in text
    assert "主要负责人" in text


def test_filing_form_shows_the_leaders_decision() -> None:
    assert "■同意立案□不予立案" in words(sample("filing_approval"))
    assert "□同意立案■不予立案" in words(sample("filing_approval", decision="refuse"))
    assert "□同意立案□不予立案" in words(sample("filing_approval", decision=""))


def test_an_acknowledgement_names_number_and_day_and_how_it_is_checked() -> None:
    text = words(sample("tip_acknowledgement"))

    for said in ("江医保举〔2025〕118号", "2025年9月1日", "核验码", "核验受理回执", "9f86d081884c7d65"):
        assert said in text
