"""The screen for claims of going along on operations (S13): it catches them, and lets through what advisors teach."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.advising.rules import needs_legal_review
from accord.mandate.rules import sounds_like_operations

CAUGHT = [
    "Accompany the brigade on patrol",
    "Advisors accompanied the unit",
    "We accompanied them to the village",
    "accompanying Iraqi forces into the field",
    "Embedded with the 5th battalion",
    "Embedding two advisors within the brigade",
    "Training alongside troops in the field",
    "Deploying alongside forces",
    "Advisor joins the raid",
    "Joining the night patrol",
    "Join the next border patrol",
    "Observation during operations",
    "During their clearance operation we stayed close",
    "Notes from the days during the operation of the 3rd brigade",
    "Two advisors went on patrol with the police",
    "went with the 2nd brigade to the village",
    "rode with the convoy",
    "Joint patrols in the province",
    "Patrolling with the border guards",
    "Visit to the front line",
    "Visit to the frontline positions",
    "front-line visit",
    "Advisors took part in the assault",
    "Participation in combat operations",
    "participated in two raids",
    "Shoulder to shoulder with the soldiers",
    "ON   PATROL",
    "on-patrol coaching",
    "on\npatrol",
    "on pa\u200btrol",
    "Ａccompany the unit",
    "مرافقة اللواء في الدورية",
    "مرافقه القوات العراقية",
    "سيتم مرافقة الوحدات في الميدان",
    "رافقنا القوات إلى القرية",
    "يرافق المستشارون الجنود",
    "مُرافَقة الفوج",
    "مـرافـقـة الجيش",
    "الخروج في دورية ليلية",
    "دوريات مشتركة في المحافظة",
    "المشاركة في المداهمات",
    "مداهمة ليلية",
    "زيارة خط الجبهة",
    "زيارة الخطوط الأمامية",
    "خلال العمليات العسكرية",
    "أثناء عملياتهم",
    "شارك المستشارون في القتال",
    "المشاركة في العمليات",
    "إلى جانب القوات في الميدان",
    "جنبا إلى جنب مع الجنود",
]

LET_THROUGH = [
    "Tactical combat casualty care",
    "Tactical combat casualty care instructor course",
    "Planning guidance for the Joint Operations Command",
    "Meeting with the Operations Directorate",
    "Briefing on operations security",
    "Joining the yearly operations review",
    "Joint Operations Command",
    "Seminar on operations research",
    "Course on operations and maintenance budgets",
    "With operations planning staff: the yearly calendar",
    "Prime Minister’s National Operations Centre: staff procedures",
    "Women, Peace and Security in course programmes",
    "International humanitarian law and human rights",
    "Police patrol procedures: curriculum review",
    "Accompanying documents for the curriculum",
    "A report accompanied by two annexes",
    "Embedding good governance in the planning cycle",
    "Force generation and development",
    "Front-line staff of the personnel directorate",
    "Frontline managers course",
    "Mission statement workshop",
    "Meeting with the forces’ personnel directorate",
    "Working group on raiding the archive",
    "Participation in an operations planning course",
    "Advice on the operation of the personnel system",
    "Patrol boat maintenance budget",
    "",
    "المراجعة الدورية للخطط",
    "التقارير الدورية للوزارة",
    "مرافق التدريب في الكلية",
    "القاعدة ومرافقها",
    "الوثائق المرفقة",
    "مركز العمليات الوطني",
    "إجراءات الأركان في مركز العمليات",
    "مرافقة الوفد الوزاري",
    "خلال عملية التخطيط",
    "خلال العملية التدريبية",
    "أثناء عمليات التدقيق المالي",
    "المشاركة في عملية التخطيط",
    "القانون الدولي الإنساني وحقوق الإنسان",
    "الإسعاف القتالي التكتيكي",
    "قيادة العمليات المشتركة",
    "اجتماع مع مديرية العمليات",
    "الدوريات العلمية المحكمة",
]


@pytest.mark.parametrize("text", CAUGHT)
def test_caught(text: str) -> None:
    assert sounds_like_operations(text)


@pytest.mark.parametrize("text", LET_THROUGH)
def test_let_through(text: str) -> None:
    assert not sounds_like_operations(text)


def test_every_text_of_a_report_is_read() -> None:
    assert not needs_legal_review("Plans", "Agreed")
    assert needs_legal_review("Plans", "Agreed", "Next week on patrol with the unit")


@given(st.sampled_from(CAUGHT), st.text("xyz 123.,;\n", max_size=30), st.text("xyz 123.,;\n", max_size=30))
def test_more_words_around_do_not_hide_it(text: str, before: str, after: str) -> None:
    assert sounds_like_operations(f"{before} {text} {after}")


@given(st.text(max_size=300))
def test_any_text_is_read_without_trouble(text: str) -> None:
    assert sounds_like_operations(text) in {True, False}
