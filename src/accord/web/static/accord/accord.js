/* Accord: everything works without this file; with it, better. All words come from the page. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const on = (event, handler, options) => document.addEventListener(event, handler, options);

  /* Appearance: change at once, tell the server quietly. */
  on("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (!form.matches("[data-theme-form]") || !button) return;
    event.preventDefault();
    const body = new FormData(form, button);
    if (button.value === "system") delete root.dataset.theme;
    else root.dataset.theme = button.value;
    document.querySelector('meta[name="color-scheme"]').content = button.value === "system" ? "light dark" : button.value;
    all("[data-theme-form] button").forEach((one) => one.setAttribute("aria-pressed", String(one.value === button.value)));
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => form.submit());
  });

  /* As of: a day picked from the calendar is enough. Typing a date with the keys waits for the button. */
  let typed = false;
  on("keydown", (event) => {
    if (event.target.matches("[data-submit-on-change] input")) typed = true;
    if (event.key !== "Escape") return;
    const open = event.target.closest("details.menu[open]") || document.querySelector("details.menu[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
  });
  on("pointerdown", () => { typed = false; });
  on("change", (event) => {
    const form = event.target.closest("[data-submit-on-change]");
    if (form && !typed && event.target.value) form.requestSubmit();
  });

  /* Menus close when one looks elsewhere. */
  on("click", (event) => all("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));

  /* Dangerous buttons ask first, in the page's own words. */
  on("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (!button || button.dataset.sure || !window.HTMLDialogElement) return;
    event.preventDefault();
    const box = document.createElement("dialog"), words = document.createElement("p"), row = document.createElement("div");
    const make = (label, kind, value) => Object.assign(document.createElement("button"), { textContent: label, className: "btn btn-" + kind, value });
    const inner = Object.assign(document.createElement("form"), { method: "dialog" });
    words.textContent = button.dataset.confirm;
    words.id = "confirm-words";
    box.setAttribute("aria-labelledby", words.id);
    row.className = "row";
    row.append(make(button.dataset.confirmBack, "plain", ""), make(button.dataset.confirmOk, button.classList.contains("btn-danger") ? "danger" : "primary", "yes"));
    inner.append(words, row);
    box.append(inner);
    document.body.append(box);
    box.addEventListener("close", () => {
      const yes = box.returnValue === "yes";
      box.remove();
      button.focus();
      if (yes) { button.dataset.sure = "1"; button.click(); delete button.dataset.sure; }
    });
    box.showModal();
  });

  /* Typed text is kept in this tab until the server has shown another page than the form (or says data-saved). */
  const who = document.body.dataset.who || "";
  const key = (form) => "accord:" + who + ":" + form.id;
  const fields = (form) => all("input, select, textarea", form).filter((one) => one.name && !["hidden", "password", "file", "submit"].includes(one.type));
  const read = (form) => JSON.stringify(fields(form).map((one) => [one.name, one.value, one.checked, one.multiple ? [...one.selectedOptions].map((o) => o.value) : null]));
  const first = new WeakMap();
  const write = (form, kept) => {
    const now = fields(form);
    JSON.parse(kept).forEach(([name, value, checked, many], index) => {
      const one = now[index];
      if (!one || one.name !== name) return;
      if (one.type === "checkbox" || one.type === "radio") { if (one.value === value) one.checked = checked; }
      else if (many) [...one.options].forEach((option) => { option.selected = many.includes(option.value); });
      else one.value = value;
    });
  };
  const store = { get: (k) => { try { return sessionStorage.getItem(k); } catch { return null; } }, set: (k, v) => { try { v === null ? sessionStorage.removeItem(k) : sessionStorage.setItem(k, v); } catch { /* a full or closed store only costs comfort */ } } };
  let leaving = false;
  const forms = all("form[data-keep]");
  const sent = store.get("accord:sent");
  const signedOut = document.body.matches(".public");
  if (sent && signedOut) store.set("accord:sent", null);
  else if (sent && (!forms.some((form) => key(form) === sent) || document.querySelector(".flashes .t-success"))) { store.set(sent, null); store.set("accord:sent", null); }
  forms.forEach((form) => {
    first.set(form, read(form));
    const kept = store.get(key(form));
    if (kept && kept !== first.get(form) && !form.querySelector(".has-error") && !document.querySelector(".summary")) {
      write(form, kept);
      const note = document.createElement("p");
      note.className = "note t-info";
      note.setAttribute("role", "status");
      note.textContent = form.dataset.restored;
      form.prepend(note);
      form.dispatchEvent(new Event("change", { bubbles: true }));
    }
    form.addEventListener("input", () => store.set(key(form), read(form)));
    form.addEventListener("submit", () => { leaving = true; store.set(key(form), read(form)); store.set("accord:sent", key(form)); });
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && forms.some((form) => read(form) !== first.get(form))) event.preventDefault();
  });
  on("submit", (event) => { if (event.target.matches("[data-forget]")) try { Object.keys(sessionStorage).filter((k) => k.startsWith("accord:")).forEach((k) => sessionStorage.removeItem(k)); } catch { /* nothing kept */ } });
  on("submit", (event) => { if (!event.target.matches("form[data-keep]") && event.target.method === "post") leaving = true; });

  /* What somebody asked for before he had to show who he is goes on by itself. */
  const onward = document.querySelector("form[data-onward]");
  if (onward) onward.submit();

  const focus = document.querySelector("[data-focus]");
  if (focus) focus.focus();
  all("[data-print]").forEach((one) => { one.hidden = false; one.addEventListener("click", () => window.print()); });
  all("[data-back]").forEach((one) => { one.hidden = false; one.addEventListener("click", () => history.back()); });
})();
