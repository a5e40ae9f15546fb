"""One matter through the whole house: everybody does their work in a browser of their own.

The steps are functions in the order of the process; each asserts what its person sees.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.files import photo
from tests.browser.people import Person, fill, reloads_until, today

HOSPITAL = "云河县人民医院"
STORY = "2025年第三季度，康复科多次让只开药的病人办理住院手续，床位上没有人，病历却写着每天治疗。"
LOSS = "61234.56"


@dataclass
class Matter:
    """What the people know of the matter while it moves on."""

    tip: str = ""
    code: str = ""
    case: str = ""
    case_address: str = ""
    reward: str = ""


def test_a_tip_becomes_a_case_a_penalty_a_report_and_a_reward(citizen: Page, sign_in, tmp_path):
    matter = Matter()
    intake = sign_in("intake").goes("/work/")
    the_citizen_reports(citizen, matter, tmp_path)
    the_list_of_the_intake_shows_it_without_reload(intake, matter)
    intake_and_verification(sign_in, matter)
    filing(sign_in, matter)
    investigation(sign_in, matter, tmp_path)
    review(sign_in, matter)
    notice_and_decision(sign_in, matter)
    the_decision_names_the_party(sign_in("leader"), matter)
    money(sign_in, matter)
    closing_and_report(sign_in, matter)
    reward_granted(sign_in, matter)
    the_citizen_claims(citizen, matter)
    reward_paid(sign_in, matter)
    the_citizen_sees_the_end(citizen, matter)
    archives(sign_in, matter)


def the_citizen_reports(page: Page, matter: Matter, folder: Path) -> None:
    page.goto("/")
    page.get_by_role("link", name="我要举报").click()
    go_on = page.locator("[data-way=next]:visible")
    go_on.click()
    page.locator("#id_target_name").press_sequentially("云河县人民", delay=20)
    page.get_by_role("radio", name=HOSPITAL).check()
    go_on.click()
    expect(page.locator("#questions")).to_be_visible()
    go_on.click()
    fill(page, {"story": STORY, "conducts": []})
    go_on.click()
    fill(page, {"amount": "60000"})
    go_on.click()
    go_on.click()
    page.locator("input[type=file]").first.set_input_files(photo(folder))
    expect(page.locator("[data-uploads] li")).to_contain_text("已上传", timeout=30_000)
    page.locator("[name=consent]").check()
    page.locator("[data-send]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已收到")
    matter.code = re.sub(r"\s", "", page.locator(".fg-receipt").inner_text())
    matter.tip = re.search(
        r"[^\s，。]+举[^\s，。]*〔\d+〕\d+号|JB\S+", page.locator("main").inner_text()
    ).group()
    fill(page, {"last": matter.code[-6:]})
    page.locator("main form .btn-primary").click()
    expect(page.get_by_text("病房照片.jpg")).to_be_visible()


def the_list_of_the_intake_shows_it_without_reload(page: Page, matter: Matter) -> None:
    expect(page.get_by_role("row").filter(has_text=matter.tip)).to_be_visible()


def intake_and_verification(sign_in: Callable[[str], Person], matter: Matter) -> None:
    intake = sign_in("intake")
    page = intake.takes("登记并核对管辖", matter.tip)
    expect(page.get_by_text(STORY)).to_be_visible()
    intake.completes("登记并核对管辖", jurisdiction="accepted")
    page = intake.takes("制作隐名副本", matter.tip)
    intake.completes("制作隐名副本", reviewed_copy="康复科2025年第三季度涉嫌虚假住院。")
    sign_in("leader").does("指派核查人员", matter.tip, officers=["陈志远", "刘䶮"], is_recusal_checked=True)
    page = sign_in("handler_a").takes("核查线索", matter.tip)
    expect(page.get_by_text("涉嫌虚假住院")).to_be_visible()
    expect(page.get_by_text(STORY)).to_have_count(0)
    sign_in("handler_a").completes(
        "核查线索", verification="supported", verification_record="调取住院登记，23人次在院期间无护理记录。"
    )


def filing(sign_in: Callable[[str], Person], matter: Matter) -> None:
    sign_in("leader").does(
        "决定是否立案",
        matter.tip,
        filing="file",
        reasons="线索属实，应予立案。",
        has_identified_suspect=True,
        is_punishable_conduct=True,
        is_own_jurisdiction=True,
        act_ended_on="2025-09-30",
        articles=["40"],
    )
    sign_in("intake").does("答复举报人", matter.tip, answer="您反映的问题已立案调查，感谢您的监督。")
    leader = sign_in("leader")
    leader.goes("/work/")
    rows = leader.page.get_by_role("row").filter(has_text="指定办案人员")
    expect(rows.first).to_be_visible()
    matter.case = rows.last.get_by_role("cell").nth(0).inner_text().strip()
    leader.does("指定办案人员", matter.case, officers=["赵敏之", "周全"], is_recusal_checked=True)


def investigation(sign_in: Callable[[str], Person], matter: Matter, folder: Path) -> None:
    handler = sign_in("handler_b")
    page = handler.takes("调查取证", matter.case)
    the_case = page.locator(".fg-desk-facts a", has_text=matter.case)
    matter.case_address = the_case.get_attribute("href") or ""
    form = page.locator("form", has=page.locator("[name=loss_amount]"))
    fill(page, {
        "conduct": "虚假住院", "facts": "为23名未住院的参保人虚构住院并结算。", "article": "40", "loss_amount": LOSS,
        "multiple": "3.00", "occurred_from": "2025-07-01", "occurred_until": "2025-09-30",
    })  # fmt: skip
    form.locator("button.btn").click()
    expect(page.get_by_role("row").filter(has_text="虚假住院")).to_contain_text("61,234.56")
    evidence_goes_straight_to_the_store(page, folder)
    handler.takes("调查取证", matter.case)
    handler.completes(
        "调查取证", final_report="当事人虚构住院23人次，骗取基金61234.56元，建议责令退回并处罚款。"
    )
    leader = sign_in("leader")
    page = leader.takes("审批调查终结", matter.case)
    leader.completes("审批调查终结", investigation="complete")


def evidence_goes_straight_to_the_store(page: Page, folder: Path) -> None:
    page.locator("#evidence a.btn").click()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    fill(page, {"title": "住院登记册影像"})
    page.locator("input[type=file]").first.set_input_files(photo(folder, "住院登记册.jpg"))
    expect(page.locator("[data-uploads]")).to_contain_text("已上传")
    page.locator("main form .btn-primary").click()
    expect(page.get_by_text("住院登记册影像")).to_be_visible()
    assert len(sent) == 1 and not sent[0].startswith(page.evaluate("location.origin"))


def review(sign_in: Callable[[str], Person], matter: Matter) -> None:
    reviewer = sign_in("reviewer")
    page = reviewer.takes("法制审核", matter.case)
    address = page.url
    refused = sign_in("both").goes(address)
    expect(refused.get_by_role("alert")).to_contain_text("回避")
    reviewer.completes("法制审核", opinion="agree", reasons="事实清楚，程序合法，同意。")


def notice_and_decision(sign_in: Callable[[str], Person], matter: Matter) -> None:
    handler, leader = sign_in("handler_b"), sign_in("leader")
    served = {"served_on": today(), "method": "direct", "receiver": "王建国"}
    handler.does("送达事先告知书", matter.case, **served)
    handler.does("登记申辩或听证申请", matter.case, response="none", received_on=today())
    leader.does("作出处理决定", matter.case, decision="penalty", reasons="违法事实清楚，证据确凿。")
    handler.does("送达决定书", matter.case, **served)


def the_decision_names_the_party(leader: Person, matter: Matter) -> None:
    page = leader.goes(f"{matter.case_address}documents/")
    link = page.get_by_role("link", name=re.compile("行政处罚决定书"))
    expect(link).to_be_visible()
    answer = page.request.get(link.get_attribute("href") or "")
    assert answer.ok and answer.headers["content-type"] == "application/pdf"
    words = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    assert HOSPITAL in re.sub(r"\s", "", words)


def money(sign_in: Callable[[str], Person], matter: Matter) -> None:
    finance = sign_in("finance")
    page = finance.takes("登记收缴款项", matter.case)
    expect(page.get_by_text(HOSPITAL)).to_have_count(0)
    fill(page, {"kind": "recovery", "amount": LOSS, "paid_on": today(), "voucher": f"R-{matter.case}"})
    finance.sends()
    expect(page.get_by_role("row").filter(has_text=f"R-{matter.case}")).to_contain_text("61,234.56")
    finance.completes(
        "登记收缴款项", kind="fine", amount="183703.68", paid_on=today(), voucher=f"F-{matter.case}"
    )


def closing_and_report(sign_in: Callable[[str], Person], matter: Matter) -> None:
    handler, leader = sign_in("handler_b"), sign_in("leader")
    handler.does("制作结案报告", matter.case, ground="executed", report="退回款与罚款均已缴清，案件终结。")
    leader.does("审批结案", matter.case, closing="concluded")
    handler.does("起草案情报告", matter.case)
    leader.does("审批案情报告", matter.case, report="send")
    province = sign_in("province")
    province.waits_for("签收案情报告", matter.case)
    province.completes("签收案情报告")


def reward_granted(sign_in: Callable[[str], Person], matter: Matter) -> None:
    officer = sign_in("reward")
    page = officer.waits_for("核定奖励", "")
    for answer in page.locator("main [name^=condition_][value=yes], main [name^=exclusion_][value=no]").all():
        answer.check()
    level = (
        {"level": "1", "level_reasons": "线索具体，证据直接。"}
        if page.locator("[name=level]").count()
        else {}
    )
    officer.completes("核定奖励", eligible="eligible", **level)
    sign_in("leader_b").does("审批奖励", "", approval="approved")
    sign_in("chief").does("复批奖励", "", approval="approved")


def the_citizen_claims(page: Page, matter: Matter) -> None:
    page.goto("/follow/")
    fill(page, {"code": matter.code.lower()})
    page.locator("main form .btn-primary").click()
    claim = page.get_by_role("link", name="申领奖励")
    reloads_until(page, claim)
    number = re.search(r"云河医保奖〔\d+〕\d+号", page.locator("main").inner_text())
    assert number is not None
    matter.reward = number[0]
    page.goto("/follow/pin/")
    fill(page, {"pin": "408261", "pin_again": "408261"})
    page.locator("main form .btn-primary").click()
    page.goto("/follow/claim/")
    fill(page, {
        "name": "周晓兰", "identity_number": "11010519491231002X", "bank": "云河农村商业银行城关支行",
        "account": "6217000490123456789", "pin": "408261",
    })  # fmt: skip
    page.locator("main form .btn-primary").click()
    expect(page.get_by_text("身份")).not_to_have_count(0)


def reward_paid(sign_in: Callable[[str], Person], matter: Matter) -> None:
    officer = sign_in("identity")
    page = officer.waits_for("核验领奖人身份", matter.reward)
    expect(page.get_by_text("周晓兰")).not_to_have_count(0)
    expect(page.get_by_text(HOSPITAL)).to_have_count(0)
    officer.completes("核验领奖人身份", identity="confirmed")
    finance = sign_in("finance")
    page = finance.waits_for("编制付款", matter.reward)
    expect(page.get_by_text("6217000490123456789")).to_be_visible()
    expect(page.get_by_text(matter.case)).to_have_count(0)
    finance.completes("编制付款")
    second = sign_in("finance_b")
    second.waits_for("复核付款", matter.reward)
    second.completes("复核付款", release="released")
    sign_in("finance").does(
        "登记银行结果", matter.reward, payment="paid", paid_on=today(), voucher=f"W-{matter.tip}"
    )


def the_citizen_sees_the_end(page: Page, matter: Matter) -> None:
    page.goto("/follow/report/")
    reloads_until(page, page.locator("#reward-head + p").filter(has_text="已发放"))
    expect(page.get_by_text("已支付至您指定的账户")).to_be_visible()


def archives(sign_in: Callable[[str], Person], matter: Matter) -> None:
    handler = sign_in("handler_b")
    handler.does("案卷归档", matter.case, note="档案室三号柜")
    sign_in("intake").does("举报材料归档", matter.tip, is_complete=True)
    page = handler.goes(matter.case_address)
    expect(page.locator(".fg-task-head")).to_contain_text("已结案")
