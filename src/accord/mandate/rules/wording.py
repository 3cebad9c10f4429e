"""What going along with the forces on their operations looks like in a topic or a report (S13), in English and Arabic.

Deliberately broad: the legal advisor clears a report that is caught by mistake, and a plan is simply worded anew. Yet
what advisors teach every week (operations centres, casualty care, periodic reviews) is none of it. Patterns are written
for texts as ``plainly`` spells them: no case, marks or hyphens, one form of alef, yeh and final heh.
"""

import re

from accord.kernel.text import plainly

_FORCES = (
    r"(?:forces?|troops?|soldiers?|units?|brigades?|battalions?|compan(?:y|ies)|divisions?|platoons?|squads?"
    r"|regiments?|convoys?|army|police|fighters)"
)
_TAUGHT = (
    r"(?: (?:cent(?:re|er)s?|rooms?|commands?|directorates?|departments?|staffs?|planning|research|officers?|orders?"
    r"|management|law|manuals?|doctrine|courses?|cells?|branch|division|security|and maintenance|process\w*|training"
    r"|exercises?|analysis|budgets?|procedures?|concepts?|headquarters|reports?|logs?|maps?|schedules?|reviews?))"
)
_LEADING = (
    r"(?:a|an|the|their|its|our|night|day|combat|joint|security|clearance|military|ongoing|live|real|search|next|last"
    r"|first|same|routine|police|army|foot|vehicle)"
)
_OUTING = (
    r"(?:patrols?|raids?|operation(?! of\b)|operations|offensives?|ambush\w*|sweeps?|missions? into|combat missions?)"
    rf"\b(?!{_TAUGHT})"
)
_SETTING_OUT = r"(?:go|goes|going|went|rid(?:e|es|ing)|rode|mov(?:e|es|ed|ing)|deploy\w*|advanc\w*|fight\w*|fought)"
_PAPERS = r"(?: (?:documents?|notes?|slides?|materials?|letters?|measures|texts?|guides?|papers?|handouts?|tables?))"

_ENGLISH = (
    rf"accompan(?:y|ies|ied|ying|iment)\b(?!{_PAPERS}| by\b)",
    r"embed\w* (?:\w+ ){0,2}with\b",
    rf"embed\w* (?:\w+ ){{0,2}}(?:in|into|within|inside) (?:\w+ ){{0,3}}{_FORCES}\b",
    r"alongside\b",
    r"shoulder to shoulder\b",
    rf"(?:on|into|during|with) (?:{_LEADING} )*{_OUTING}",
    rf"join(?:s|ed|ing)? (?:\w+ ){{0,3}}{_OUTING}",
    rf"(?:take|takes|took|taking) part in (?:\w+ ){{0,2}}(?:fighting|assaults?|attacks?|battles?|combat|{_OUTING})",
    rf"participat\w* in (?:\w+ ){{0,2}}(?:fighting|assaults?|attacks?|battles?|{_OUTING})",
    r"during (?:\w+ ){0,2}operations? of\b",
    r"joint patrols?\b",
    r"patroll?(?:s|ed|ing)? (?:with|together)\b",
    rf"{_SETTING_OUT} (?:\w+ ){{0,2}}with (?:\w+ ){{0,4}}{_FORCES}\b",
    r"front ?lines?\b(?! (?:staff|services?|workers?|managers?|supervis\w*|employees?|clerks?))",
)

_A_FORCE = (
    r"(?:ال)?(?:قوات|قوه|جيش|جنود|شرطه|لواء|الويه|فوج|افواج|كتيبه|كتايب|وحده|وحدات|فرقه|سريه|رتل|دوريه|دوريات|مقاتلين)"
)
_WARLIKE = (
    r"(?:ال)?(?:عسكري|قتالي|امني|هجومي|تطهير|تفتيش|مشترك|دهم|اقتحام|ملاحق|اعتقال|نوعي|تحرير|راجل|ليلي|استطلاع|متحرك)\w*"
)
_PEACEFUL = (
    r"(?: (?:ال)?(?:تدريب|تعليم|تخطيط|شراي?|شراء|تدقيق|محاسب|توظيف|صيان|اصلاح|تقييم|اداري|اداره|مالي|سياسي|انتقال"
    r"|اعداد|مراجع|اختيار)\w*)"
)

_ARABIC = (
    rf"(?:و|ب|ل|ف)?(?:ال)?مرافق[هت] (?:\w+ )?{_A_FORCE}\b",
    r"(?:و|ب|ل|ف)?مرافقت(?:ه|هم|ها|نا|كم)\b",
    rf"\w{{0,2}}رافق(?:نا|وا|ت|ن)?(?:ه|هم|ها)?\b (?:\w+ ){{0,2}}{_A_FORCE}\b",
    r"(?:و|ف)?رافقنا\w*",
    r"(?:في|خلال|مع|ضمن|اثناء|الي) (?:ال)?دوري(?:ه|ات)\b(?! (?:ال)?(?:علمي|محكم|اكاديمي|اجتماع)\w*)",
    rf"(?:ال)?دوري(?:ه|ات) {_WARLIKE}",
    r"(?:و|ب|ل|ف)?(?:ال)?مداهم(?:ه|ات)\b",
    r"(?:و|ب|ل|ف)?(?:ال)?(?:خط|خطوط) (?:ال)?(?:جبهه|مواجهه|امامي\w*|تماس|نار|قتال)\b",
    r"جبه(?:ه|ات) (?:ال)?قتال",
    rf"(?:خلال|اثناء|في|مع|ضمن) (?:ال)?عملي(?:ه|ات) {_WARLIKE}",
    rf"(?:خلال|اثناء) (?:ال)?عملي(?:ه|ات|اتهم|اتها)\b(?!{_PEACEFUL})",
    rf"\w*شارك\w* (?:\w+ ){{0,2}}في (?:ال)?(?:قتال|معارك|معركه|هجوم|عملي(?:ه|ات)\b(?!{_PEACEFUL}))",
    rf"(?:الي جانب|بجانب|جنبا الي جنب مع) (?:\w+ )?{_A_FORCE}\b",
)

_ALONGSIDE = re.compile("|".join(rf"\b(?:{pattern})" for pattern in (*_ENGLISH, *_ARABIC)))


def sounds_like_operations(text: str) -> bool:
    """True if the words could claim that mission personnel went along on operations (S13)."""
    return bool(_ALONGSIDE.search(plainly(text)))
