"""One invented case as filled-in contexts: for previews of templates, pictures and tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from casework.documents import contexts as c
from casework.documents.contexts.legal_review_opinion import POINTS

BUREAU = "江州市医疗保障局"
REG = "《医疗保障基金使用监督管理条例》"

PARTY = c.PartyFacts(
    kind="organisation",
    name="江州康𠮷骨伤医院有限公司",
    identifier="91320900MA1TEST0X7",
    representative="冯䶮",
    address="江州市临湖区建设北路118号",
    telephone="0500-8812345",
    institution_code="H32090100123",
)
HANDLERS = (
    c.OfficerFacts(name="沈毅", certificate_number="苏J0900123"),
    c.OfficerFacts(name="陆佳宁", certificate_number="苏J0900456"),
)
VIOLATIONS = (
    c.ViolationFacts(
        conduct="重复收费、超标准收费",
        facts=(
            "经核对2025年3月1日至2025年8月31日医保结算清单及收费明细，当事人对住院患者在收取“关节松动训练”费用的同时，"
            "又按次收取“运动疗法”费用，两项目内涵重复，涉及患者86人、1,204次；对“中药熏洗治疗”按部位重复计费，涉及患者41人、337次。\n"
            "经患者病历、治疗记录单与收费明细逐条比对，并询问康复科负责人及收费人员，上述费用均已纳入医疗保障基金结算。"
        ),
        violated=f"{REG}第十五条第一款",
        punished_by=f"{REG}第三十八条第三项",
        occurred_from=date(2025, 3, 1),
        occurred_until=date(2025, 8, 31),
        loss_amount=Decimal("54000.00"),
    ),
    c.ViolationFacts(
        conduct="串换诊疗项目",
        facts=(
            "当事人将不属于医疗保障基金支付范围的“体外冲击波理疗”串换为“超声波治疗”上传结算，涉及患者23人、158次。"
            "现场检查时该科室未配备超声波治疗设备，设备台账、治疗记录与结算清单不一致。"
        ),
        violated=f"{REG}第十五条第一款",
        punished_by=f"{REG}第三十八条第四项",
        occurred_from=date(2025, 5, 6),
        occurred_until=date(2025, 8, 29),
        loss_amount=Decimal("12640.50"),
    ),
)
EVIDENCE = (
    c.EvidenceFacts(
        kind="documentary",
        title="医保基金结算清单及收费明细（1,699条）",
        proves="收费项目、次数、金额及基金支付情况",
    ),
    c.EvidenceFacts(
        kind="documentary", title="住院病历、治疗记录单127份", proves="实际提供的诊疗服务与收费不符"
    ),
    c.EvidenceFacts(
        kind="electronic",
        title="医院信息系统操作日志（导出件，含校验值）",
        proves="收费项目由当事人工作人员录入并上传",
    ),
    c.EvidenceFacts(kind="record", title="2025年9月24日现场笔录", proves="康复科未配备超声波治疗设备"),
    c.EvidenceFacts(
        kind="party_statement",
        title="法定代表人冯䶮、康复科负责人询问笔录各1份",
        proves="当事人承认上述收费行为",
    ),
    c.EvidenceFacts(kind="expert", title="医保基金使用专家评审意见", proves="两项目内涵重复，不得同时收费"),
)
DISCRETION = (
    "当事人系首次被查处，案发后主动配合调查，在调查终结前已停止违规收费并提交整改报告，未造成患者人身损害。"
    "对照本省医疗保障行政处罚裁量基准，违法行为情节属“一般”档次，罚款幅度为造成损失金额的1.2倍以上1.5倍以下。"
    "综合考虑违法行为的事实、性质、情节和社会危害程度，决定按造成损失金额的1.3倍处以罚款。"
)
RECOVERY, FINE = Decimal("66640.50"), Decimal("86632.65")
WORKING = "造成损失金额66,640.50元×1.3倍＝86,632.65元"
MEASURES = ("由本机关约谈当事人法定代表人冯䶮，督促落实整改",)

DECISION = c.PenaltyDecision(
    party=PARTY,
    case_number="江医保案〔2025〕37号",
    cause="重复收费、串换诊疗项目造成医疗保障基金损失",
    filed_on=date(2025, 9, 22),
    violations=VIOLATIONS,
    evidence=EVIDENCE,
    notice_number="江医保罚告〔2025〕21号",
    notice_served_on=date(2025, 11, 17),
    response="statement",
    response_words=(
        "1．“中药熏洗治疗”按部位计费系依据旧版价格文件，主观上没有故意；\n2．医院已在检查后自行停止收费，请求从轻处罚。"
    ),
    response_answer=(
        "关于第一项，所称价格文件已于2024年12月31日废止，当事人作为定点医疗机构负有及时执行现行价格政策的义务，该意见不予采纳。\n"
        "关于第二项，当事人停止违规收费、主动整改的情况属实，本机关在确定裁量档次时已予考虑。"
    ),
    discretion=DISCRETION,
    recovery_amount=RECOVERY,
    fine_amount=FINE,
    fine_working=WORKING,
    measures=MEASURES,
    correction="自收到本决定书之日起立即停止重复收费和串换项目，并于三十日内提交书面整改报告",
    fund_account=c.AccountFacts(
        holder="江州市医疗保障基金财政专户", bank="中国农业银行江州分行营业部", number="10-4400 0104 0012 345"
    ),
    treasury_account=c.AccountFacts(
        holder="国家金库江州市中心支库",
        bank="江州农村商业银行（非税收入代收点）",
        number="3209 0010 0000 6789",
    ),
    remedies=c.RemedyFacts(
        review_authority="江州市人民政府",
        court="江州市临湖区人民法院",
        enforcing_court="江州市临湖区人民法院",
    ),
    review_passed_on=date(2025, 11, 12),
)
NOTICE = c.PenaltyNotice(
    party=PARTY,
    case_number=DECISION.case_number,
    cause=DECISION.cause,
    filed_on=DECISION.filed_on,
    violations=VIOLATIONS,
    evidence=EVIDENCE,
    discretion=DISCRETION,
    recovery_amount=RECOVERY,
    fine_amount=FINE,
    fine_working=WORKING,
    measures=MEASURES,
    hearing_offered=True,
    contact_person="沈毅、陆佳宁",
    contact_telephone="0500-8800120",
    contact_address="江州市行政中心6号楼医疗保障局法规与基金监管处",
    marks=(
        "陈述、申辩期限三个工作日为本地参数（辽医保发〔2020〕5号，VERIFIED-2），全国规定未载明具体日数。",
    ),
)
NOTES = {
    "facts": "收费明细、病历、笔录与专家意见相互印证",
    "discretion": "1.3倍在“一般”档次之内，理由充分",
    "crime": "未发现以骗取基金为目的的行为，暂不涉嫌犯罪",
    "rights": "告知书拟稿已载明陈述、申辩和听证权利",
}
REVIEW = c.LegalReviewOpinion(
    party=PARTY,
    case_number=DECISION.case_number,
    cause=DECISION.cause,
    handlers=HANDLERS,
    submitted_on=date(2025, 11, 3),
    file_list=("立案审批表", "案件调查终结报告", "全部证据材料及目录", "行政处罚事先告知书（拟稿）"),
    proposed_decision="责令改正，责令退回基金，处造成损失金额1.3倍的罚款",
    recovery_amount=RECOVERY,
    fine_amount=FINE,
    points=tuple(
        c.ReviewPoint(
            key=key, state="not_applicable" if key == "crime" else "conforms", note=NOTES.get(key, "")
        )
        for key in POINTS
    ),
    opinion="agree",
    reasons=(
        "本案事实清楚，证据确实充分，定性准确，适用《医疗保障基金使用监督管理条例》第三十八条正确，程序合法，裁量适当，同意作出拟处罚决定。"
        "建议在告知书中进一步载明两项目内涵重复的认定依据。"
    ),
    reviewer="周明远",
    reviewer_qualification="A20113209010123",
    reviewed_on=date(2025, 11, 12),
)
REPORT = c.ProvinceReportFacts(
    superior_bureau="江海省医疗保障局",
    party=PARTY,
    case_number=DECISION.case_number,
    cause=DECISION.cause,
    event="concluded",
    event_on=date(2025, 12, 26),
    due_on=date(2025, 12, 30),
    triggers=("amount",),
    amount_involved=RECOVERY,
    recovery_amount=RECOVERY,
    fine_amount=FINE,
    discovery="2025年9月1日，我局接到群众举报，反映该院康复科存在重复收费问题。经两名执法人员初步核查，线索属实，于2025年9月22日立案。",
    violations="该院在2025年3月至8月期间重复收费54,000.00元、串换诊疗项目12,640.50元，共造成医疗保障基金损失66,640.50元，违反服务协议关于据实结算的约定和条例第十五条第一款的规定。",
    outcome="责令改正，退回医疗保障基金66,640.50元，处罚款86,632.65元，约谈法定代表人。基金和罚款已于2025年12月12日分别足额缴入财政专户和国库。",
    basis="《医疗保障基金使用监督管理条例》第三十八条第三项、第四项、第四十五条；《医疗保障行政处罚程序暂行规定》第四十三条；本省医疗保障行政处罚裁量基准。",
    signatory="韩建国",
    contact_person="沈毅",
    contact_telephone="0500-8800120",
)
FILING = c.FilingApproval(
    party=PARTY,
    cause="涉嫌重复收费、串换诊疗项目造成医疗保障基金损失",
    origin="tip",
    lead_received_on=date(2025, 9, 1),
    lead_summary="反映当事人康复科对住院患者重复收取治疗费用，并将不予支付的理疗项目以其他项目名称结算。",
    verification=(
        "2025年9月8日，核查人员到当事人处现场检查，调取2025年3月至8月结算清单1,699条，抽查病历127份。"
        "初步核实“关节松动训练”与“运动疗法”存在重复收费，“体外冲击波理疗”以“超声波治疗”名义结算，康复科未配备超声波治疗设备。"
    ),
    verifiers=HANDLERS,
    suspected_articles=(f"{REG}第十五条第一款", f"{REG}第三十八条第三项、第四项"),
    tests=(
        c.FilingTest(condition="有明确的违法嫌疑人", is_met=True),
        c.FilingTest(condition="有违法事实，依法应当给予行政处罚", is_met=True),
        c.FilingTest(condition="属于本机关管辖", is_met=True, reason="违法行为发生地在本市"),
        c.FilingTest(condition="未超过行政处罚追责时效", is_met=True, reason="行为终了之日为2025年8月31日"),
    ),
    proposal=c.OpinionFacts(
        name="沈毅、陆佳宁", words="符合立案条件，建议立案调查。", signed_on=date(2025, 9, 19)
    ),
    approval=c.OpinionFacts(
        name="韩建国", words="同意立案，由沈毅、陆佳宁办理。", signed_on=date(2025, 9, 22)
    ),
    decision="file",
    estimated_amount=Decimal("66640.50"),
    due_on=date(2025, 9, 22),
)
CONDITIONS = (
    "有明确的被举报对象和具体违法线索，并提供有效证据",
    "举报的主要事实、证据事先未被医疗保障部门掌握",
    "举报事项经查证属实，造成医疗保障基金损失",
    "举报人愿意得到举报奖励，并提供可核查的身份信息或者联系方式",
    "其他依法依规应予奖励的条件",
)
REWARD = c.RewardApproval(
    claim_number="JL-2025-7Q4M-K2XP",
    tip_number="江医保举〔2025〕118号",
    tip_received_on=date(2025, 9, 1),
    is_real_name=False,
    is_insider=True,
    decision_number="江医保罚决〔2025〕19号",
    decided_on=date(2025, 11, 26),
    matters=(
        c.RewardMatter(matter="康复科重复收费", confirmed_amount=Decimal("54000.00")),
        c.RewardMatter(matter="理疗项目串换结算", confirmed_amount=Decimal("12640.50")),
    ),
    base_amount=RECOVERY,
    conditions=tuple(c.RewardCondition(condition=words, is_met=True) for words in CONDITIONS),
    scheme="广东（按线索等级）",
    scheme_source="广东省举报奖励实施细则（2023年公开征求意见稿）",
    level="二级",
    level_reasons="提供了事实和部分证据，与查实结论相符",
    working=(
        "案值66,640.50元×2%＝1,332.81元",
        "不低于二级线索最低奖励300.00元",
        "内部人员：1,332.81元×1.2＝1,599.37元",
        "在最低200.00元、最高200,000.00元的限额之内",
    ),
    amount=Decimal("1599.37"),
    assessment=c.OpinionFacts(name="丁岚", words="符合奖励条件，计算无误。", signed_on=date(2025, 12, 15)),
    approval=c.OpinionFacts(name="韩建国", words="同意。", signed_on=date(2025, 12, 17)),
    marks=("所用标准为公开征求意见稿（VERIFIED-2），等级表述为RECALLED，支付前应当核对正式文本。",),
)

ACKNOWLEDGEMENT = c.TipAcknowledgement(
    tip_number="江医保举〔2025〕118号",
    received_on=date(2025, 9, 1),
    commitment="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    key="4be7a3d09c11f65e",
    code="eyJmb3JtYXQiOiJmdW5kZ3VhcmQtYWNrbm93bGVkZ2VtZW50LTEi" * 16,
)
REFERRAL = c.ReferralLetter(
    authority="江州市卫生健康委员会",
    tip_number="江医保举〔2025〕121号",
    received_on=date(2025, 9, 3),
    target="江州康𠮷骨伤医院",
    matters=("伪造病历、票据、证明",),
    summary="康复科由无资质人员书写治疗记录",
    reasons="反映事项属于医疗机构执业管理，不属于医疗保障基金使用监督管理范围",
    came_as="outside",
    is_within_system=False,
    contact_telephone="0500-8800123",
)
PURGE = c.PurgeCertificate(
    tip_number="江医保举〔2015〕18号",
    received_on=date(2015, 9, 1),
    ground="retention",
    proposal=c.OpinionFacts(name="丁岚", words="提出销毁。", signed_on=date(2025, 12, 1)),
    approval=c.OpinionFacts(name="韩建国", words="同意销毁。", signed_on=date(2025, 12, 3)),
    second_approval=c.OpinionFacts(name="梁书敏", words="同意销毁。", signed_on=date(2025, 12, 4)),
    destroyed_on=date(2025, 12, 12),
    key_digests=("0f" * 32, "3c" * 32, "a7" * 32),
    message_count=4,
    file_count=2,
    had_identity=True,
    had_payee=False,
    has_case=True,
    backup_days=14,
)

REGISTER = c.TipRegister(
    bureau=BUREAU,
    printed_on=date(2025, 12, 31),
    lines=(
        c.RegisterLine(
            number="江医保举〔2025〕118号",
            received="2025-09-01",
            channel="电话 实名",
            about="江州康𠮷骨伤医院",
            jurisdiction="由本局处理",
            due="",
            decision="已立案 2025-09-22 江医保案〔2025〕37号",
            answered="2025-09-24",
            state="已立案",
        ),
        c.RegisterLine(
            number="江医保举〔2025〕121号",
            received="2025-09-03",
            channel="网络 匿名",
            about="机构",
            jurisdiction="由其他机关处理",
            due="",
            decision="",
            answered="2025-09-05",
            state="已移送其他机关",
        ),
    ),
)

YEARLY = c.TipYearlyReport(
    bureau=BUREAU,
    superior="江海省医疗保障局",
    year=2025,
    as_of=date(2026, 3, 2),
    least=5,
    tables=(
        c.ReportTable(
            title="按渠道",
            figures=(
                c.ReportFigure(label="网络", value="41"),
                c.ReportFigure(label="电话", value="12"),
                c.ReportFigure(label="来信", value="未列"),
                c.ReportFigure(label="来访", value="未列"),
                c.ReportFigure(label="合计", value="59"),
            ),
        ),
        c.ReportTable(
            title="年内办结的奖励",
            figures=(
                c.ReportFigure(label="已发放", value="7"),
                c.ReportFigure(label="发放金额", value="¥31,260.00"),
            ),
        ),
    ),
    remarks="电话举报比上年增加，主要反映药店串换生活用品。",
    drafted=c.OpinionFacts(name="丁岚", words="", signed_on=date(2026, 3, 2)),
    approval=c.OpinionFacts(name="韩建国", words="同意上报。", signed_on=date(2026, 3, 4)),
)

NOTICE_OF_REWARD = c.RewardNotice(
    claim_number="江医保奖〔2025〕8号",
    amount=Decimal("1599.37"),
    period="2个月",
    address="江城市滨河路 18 号",
    telephone="0990-8123456",
)

VOUCHER = c.RewardVoucher(
    claim_number="江医保奖〔2025〕8号",
    reference="DF2025-000014-003",
    amount=Decimal("1599.37"),
    is_top_up=False,
    approved_on=date(2025, 12, 17),
    paid_on=date(2026, 1, 9),
    bank_voucher="20260109-004417",
    made=c.OpinionFacts(name="何静", words="编入付款批次。", signed_on=date(2026, 1, 7)),
    released=c.OpinionFacts(name="马骏", words="复核放行。", signed_on=date(2026, 1, 8)),
    recorded=c.OpinionFacts(name="何静", words="银行已付。", signed_on=date(2026, 1, 9)),
)

SAMPLES: dict[str, tuple[Any, str, date]] = {
    "filing_approval": (FILING, "江医保立〔2025〕37号", date(2025, 9, 22)),
    "legal_review_opinion": (REVIEW, "江医保法审〔2025〕30号", date(2025, 11, 12)),
    "penalty_notice": (NOTICE, "江医保罚告〔2025〕21号", date(2025, 11, 14)),
    "penalty_decision": (DECISION, "江医保罚决〔2025〕19号", date(2025, 11, 26)),
    "province_report": (REPORT, "江医保报〔2025〕12号", date(2025, 12, 29)),
    "tip_acknowledgement": (ACKNOWLEDGEMENT, "江医保举〔2025〕118号", date(2025, 9, 1)),
    "referral_letter": (REFERRAL, "江医保移函〔2025〕3号", date(2025, 9, 4)),
    "purge_certificate": (PURGE, "江医保销〔2025〕1号", date(2025, 12, 12)),
    "reward_approval": (REWARD, "江医保奖〔2025〕8号", date(2025, 12, 17)),
    "reward_notice": (NOTICE_OF_REWARD, "江医保奖通〔2025〕5号", date(2025, 12, 18)),
    "reward_voucher": (VOUCHER, "江医保奖付〔2026〕3号", date(2026, 1, 9)),
    "tip_register": (REGISTER, "", date(2025, 12, 31)),
    "tip_yearly_report": (YEARLY, "江医保举年〔2026〕1号", date(2026, 3, 4)),
}
