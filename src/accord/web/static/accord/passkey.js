/* Asks the browser for a passkey and hands its answer to the form around the button. All words come from the page. */
(() => {
  "use strict";
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!window.isSecureContext || !window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (all) => (all || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const asked = (form, o) => form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: { ...o, challenge: bytes(o.challenge), user: { ...o.user, id: bytes(o.user.id) }, excludeCredentials: named(o.excludeCredentials) } })
    : navigator.credentials.get({ publicKey: { ...o, challenge: bytes(o.challenge), allowCredentials: named(o.allowCredentials) } });

  const answer = (credential) => {
    const said = { clientDataJSON: text(credential.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) said[part] = text(credential.response[part]);
    }
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {}, response: said });
  };

  document.querySelectorAll("[data-no-passkey]").forEach((note) => { note.hidden = true; });
  forms.forEach((form) => {
    const button = form.querySelector("button"), failed = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.disabled) return;
      button.disabled = true;
      failed.hidden = true;
      try {
        const options = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
        /* Refused, or asked first who is there: the page itself says what is missing. */
        if (options.ok) form.elements.proof_passkey.value = answer(await asked(form, (await options.json()).publicKey));
        form.submit();
      } catch {
        failed.hidden = false;
        button.disabled = false;
        button.focus();
      }
    });
  });
})();
