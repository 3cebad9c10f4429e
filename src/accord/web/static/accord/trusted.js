/* The one way by which text becomes part of a page: nothing that could run. The browser allows no other policy. */
(() => {
  "use strict";
  const runs = /<(script|iframe|object|embed|base|meta|link|style)\b|<[^>]*(\s(on\w+|srcdoc|style)\s*=|javascript:)/i;
  if (window.trustedTypes) trustedTypes.createPolicy("default", { createHTML: (text) => (runs.test(text) ? null : text) });
})();
