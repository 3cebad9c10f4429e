"""The mission's main job, from the host's request in Arabic to the published fact sheet, each by its own person."""

from datetime import date, timedelta

import pytest

from accord.kernel.clock import now, use_zone, zone
from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey
GATE = "/gate/?institution=Ministry+of+Defence&type=assistance&place=Baghdad&mode=remote&on="


def mission_today() -> date:
    use_zone("Asia/Baghdad")
    return now().astimezone(zone()).date()


def test_main_job(sign_in: SignIn) -> None:
    today = mission_today()
    host, commander = sign_in("host", language="ar"), sign_in("commander")
    legal, advisor = sign_in("legal"), sign_in("advisor")
    chief, press = sign_in("chief"), sign_in("press")

    # Without request and consent the gate refuses, naming the clauses.
    advisor.goto(GATE + today.isoformat())
    refusal = advisor.locator(".verdict-no").inner_text()
    assert "S12a" in refusal
    assert "S11" in refusal

    # The host government asks, in Arabic.
    host.goto("/mandate/requests/new/")
    assert host.locator("html").get_attribute("dir") == "rtl"
    host.check("input[name=purpose][value=activity]")
    host.fill("[name=title_ar]", "مساعدة في الاستعداد للفيضانات")
    host.fill("[name=text_ar]", "تطلب الوزارة المشورة بشأن الاستعداد للفيضانات ومواجهتها.")
    host.select_option("[name=institution]", label="وزارة الدفاع")
    host.check("input[name=activity_types][value=assistance]")
    host.click("main form.form button.btn-primary")
    host.wait_for_url("**/mandate/requests/*-*/")

    # The commander accepts; the requirement holds for a year.
    commander.goto("/")
    commander.click("text=مساعدة في الاستعداد للفيضانات")
    commander.click("main .actions a.btn-primary")
    commander.check("input[name=step][value=accept]")
    commander.fill("[name=valid_from]", today.isoformat())
    commander.fill("[name=valid_until]", (today + timedelta(days=365)).isoformat())
    commander.click("main form.form button.btn-primary")
    commander.wait_for_url("**/mandate/requests/*-*/")

    # The legal advisor proposes an accord in both languages; each side signs.
    legal.goto("/accords/new/")
    legal.fill("[name=title_en]", "Accord on flood preparedness")
    legal.fill("[name=title_ar]", "اتفاق الاستعداد للفيضانات")
    legal.fill("[name=text_en]", "Advisors help the ministry to prepare for floods, upon request.")
    legal.fill("[name=text_ar]", "يساعد المستشارون الوزارة على الاستعداد للفيضانات بناءً على الطلب.")
    legal.locator("label", has_text="Ministry of Defence").first.click()
    legal.check("input[name=activity_types][value=assistance]")
    legal.locator("label", has_text="Baghdad").first.click()
    legal.fill("[name=start]", today.isoformat())
    legal.fill("[name=end]", (today + timedelta(days=300)).isoformat())
    legal.click("main form.form button.btn-primary")
    legal.wait_for_url("**/accords/*-*/")
    accord = legal.url

    for signer in (host, commander):
        signer.goto(accord)
        signer.click("main .actions button.btn-primary")
        signer.click("dialog[open] button.btn-primary")
        signer.wait_for_load_state()
    legal.goto(accord)
    assert "In force" in legal.locator("main").inner_text()

    # Now the gate allows, and the advisor plans; the verdict stands beside the form while she types.
    advisor.goto("/engagements/plan/")
    advisor.fill("#id_topic", "Flood preparedness: first steps")
    advisor.select_option("#id_institution", label="Ministry of Defence")
    advisor.check("input[name=counterparts] >> nth=0")
    advisor.check("input[name=type][value=assistance]")
    advisor.fill("#id_day", today.isoformat())
    advisor.fill("#id_start", "00:00")
    advisor.fill("#id_end", "00:01")
    advisor.select_option("#id_place", label="Baghdad")
    advisor.wait_for_selector("#verdict .verdict-yes")
    advisor.check("input[name=mode][value=in_person]")
    advisor.wait_for_selector("#verdict .verdict-no")
    advisor.check("input[name=mode][value=remote]")
    advisor.wait_for_selector("#verdict .verdict-yes")
    advisor.check("input[name=focus_areas] >> nth=0")
    advisor.select_option("#id_objective", index=1)
    advisor.click("button:has-text('Plan it')")
    advisor.wait_for_url("**/engagements/*-*/")
    engagement = advisor.url

    # It is held and reported; nobody approves his own report; the chief does.
    advisor.click("button:has-text('It was held')")
    advisor.wait_for_url("**/report/")
    advisor.fill("#id_discussed", "Who warns whom, and by which means.")
    advisor.fill("#id_outcome", "A list of five contacts.")
    advisor.check("input[name=atmosphere][value=positive]")
    advisor.fill("#promise-1", "Send the list")
    advisor.select_option("#owner-1", index=1)
    advisor.fill("#due-1", (today + timedelta(days=14)).isoformat())
    advisor.click("button:has-text('Submit')")
    advisor.wait_for_url(engagement)
    assert advisor.locator("button:has-text('Approve')").count() == 0
    chief.goto(engagement)
    chief.click("button:has-text('Approve')")
    chief.wait_for_load_state()
    assert "Approved" in chief.locator("main").inner_text()

    # Another one is planned for next week; then the host suspends its consent.
    advisor.goto("/engagements/plan/")
    advisor.fill("#id_topic", "Flood preparedness: exercise")
    advisor.select_option("#id_institution", label="Ministry of Defence")
    advisor.check("input[name=counterparts] >> nth=0")
    advisor.check("input[name=type][value=assistance]")
    advisor.fill("#id_day", (today + timedelta(days=9)).isoformat())
    advisor.fill("#id_start", "06:00")
    advisor.fill("#id_end", "06:30")
    advisor.select_option("#id_place", label="Baghdad")
    advisor.check("input[name=focus_areas] >> nth=0")
    advisor.select_option("#id_objective", index=1)
    advisor.click("button:has-text('Plan it')")
    advisor.wait_for_url("**/engagements/*-*/")
    host.goto(accord + "suspend/")
    host.fill("[name=reason]", "مراجعة داخلية")
    host.click("main form.form button[type=submit], main form.form .btn-danger, main form.form .btn-primary")
    host.wait_for_url(accord)
    advisor.goto("/")
    held = advisor.locator("#held").inner_text()
    assert "Flood preparedness: exercise" in held
    assert "S12a" in held
    advisor.goto(engagement)
    assert "Conducted" in advisor.locator("main").inner_text()  # history stays

    # Public affairs prepares an edition, reads it over and publishes it; anybody reads it, with its sources.
    press.goto("/publishing/")
    press.click("#prepare form button.btn-primary")
    press.wait_for_url("**/publishing/editions/*/")
    number = press.url.rstrip("/").rsplit("/", 1)[1]
    press.click("main .actions button.btn-primary")
    press.click("dialog[open] button.btn-primary")
    press.wait_for_selector("main .t-ok, main .flashes")
    public = sign_in()
    public.goto("/fact-sheet/")
    assert public.locator(f"a[href*='/fact-sheet/editions/{number}/']").count()
    public.goto("/fact-sheet/?as_of=2021-06-30")
    sheet = public.locator("main").inner_text()
    assert "Lollesgaard" in sheet
    assert "Denmark" in sheet
    public.goto("/fact-sheet/?as_of=2024-06-01")
    assert "Schreurs" in public.locator("main").inner_text()
