import { lookOf } from '../../pages/style.ts';

/**
 * The look of Stripe's themes `stripe` and `night`; a page's variables go over it. The page behind
 * the frame shows through it. The space at its edges is for what stands out around a field; the
 * frame is as much wider than its place (payment-element.ts).
 */
const style = `
:root{color-scheme:light;--primary:#0570de;--background:#fff;--text:#30313d;--soft:#5b6478;--placeholder:#6b7280;--danger:#b3133b;--radius:4px;--size:1rem;--font:system-ui,sans-serif;--unit:4px}
:root[data-theme=night]{color-scheme:dark;--primary:#85d996;--background:#30313d;--text:#fff;--soft:#c3c9d8;--placeholder:#b0b5c4;--danger:#fe87a1}
*{box-sizing:border-box}
body{margin:0;padding:4px;color:var(--text);font:var(--size)/1.4 var(--font);overflow:hidden;overflow-wrap:break-word}
form,.fields{display:grid;gap:calc(var(--unit)*3)}
.fields{grid-template-columns:repeat(auto-fit,minmax(min(100%,8rem),1fr))}
.field{display:grid;gap:var(--unit);align-content:start;min-width:0}
.number,.name,.email,.iban{grid-column:1/-1}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:var(--unit) calc(var(--unit)*4);min-width:0}
legend{padding:0;margin-bottom:var(--unit)}
.kind{display:flex;gap:.5rem;align-items:center;min-height:1.75rem}
input,select{font:inherit;color:inherit;background:var(--background);border:1px solid color-mix(in srgb,var(--text) 55%,transparent);border-radius:var(--radius);padding:calc(var(--unit)*2) calc(var(--unit)*3);width:100%;min-width:0;min-height:2.75rem}
input[type=radio]{width:1.25rem;min-height:1.25rem;margin:0;accent-color:var(--primary)}
::placeholder{color:var(--placeholder);opacity:1}
[aria-invalid=true]{border-color:var(--danger);box-shadow:0 0 0 1px var(--danger)}
:focus-visible{outline:2px solid var(--primary);outline-offset:1px}
.problem{margin:0;color:var(--danger);font-size:.9em}
.terms{margin:0;color:var(--soft);font-size:.9em}
summary{cursor:pointer;color:var(--soft);padding:.25rem 0;width:fit-content}
ul{list-style:none;margin:0;padding:0;display:grid;gap:.25rem}
button{font:inherit;font-size:.9em;color:inherit;background:none;border:1px solid color-mix(in srgb,var(--text) 30%,transparent);border-radius:var(--radius);padding:.3rem .6rem;width:100%;min-height:2rem;text-align:start;cursor:pointer;font-variant-numeric:tabular-nums}
button small{color:var(--soft);font-size:1em;margin-inline-start:.5em}
@media (forced-colors:active){[aria-invalid=true]{border-style:dashed}}
`;

/** Pages of businesses on this machine show the frame; it talks to its own server only. */
export const frameLook = lookOf(style, {
  permissions: ["script-src 'self'", "connect-src 'self'"],
  ancestors: 'http://127.0.0.1:* http://localhost:*',
});
