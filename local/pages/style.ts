import { createHash } from 'node:crypto';

const style = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--ink:#1a1f36;--soft:#5b6478;--line:#e0e4ea;--edge:#868fa3;--accent:#5146d9;--on-accent:#fff;--quiet:#f0f1f6;
--good:#0b6e4f;--good-bg:#d9f4e8;--bad:#a3183a;--bad-bg:#fde3e9;--wait:#7a4b00;--wait-bg:#fdf0d0;--calm:#3d4659;--calm-bg:#e9ecf2}
@media (prefers-color-scheme:dark){:root{--bg:#12141b;--card:#1b1e28;--ink:#e8eaf2;--soft:#a2a9bc;--line:#2d3240;--edge:#767f96;--accent:#aaa3ff;--on-accent:#14121f;--quiet:#252936;
--good:#7fe0b8;--good-bg:#12392c;--bad:#ff9fb4;--bad-bg:#451525;--wait:#f5cf82;--wait-bg:#3d2d0b;--calm:#c3c9d8;--calm-bg:#2a2f3d}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
header,main{max-width:64rem;margin:0 auto;padding:1rem}
header{padding-bottom:0}main{padding-top:0;padding-bottom:4rem}
h1{margin:.5rem 0 0;font-size:1.6rem;letter-spacing:-.01em}
header p{margin:.25rem 0 0;color:var(--soft);max-width:44rem}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;margin-top:.75rem}
a{color:var(--accent);unicode-bidi:isolate}
nav a{display:inline-block;padding:.25rem 0}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.3rem}
h2{font-size:1.15rem;margin:2.25rem 0 .25rem}
h2 small{color:var(--soft);font-weight:400;font-size:1rem}
.hint{margin:.1rem 0 .5rem;color:var(--soft);max-width:44rem}
article{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.75rem 1rem;margin:.6rem 0}
article:target:not(:has(.said)){outline:2px solid var(--accent);outline-offset:2px}
article h3{margin:0;font-size:1rem;display:flex;flex-wrap:wrap;gap:.25rem .6rem;align-items:baseline;justify-content:space-between}
article h3>span{min-width:0}
article p{margin:.15rem 0;color:var(--soft)}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:.6rem;margin-top:.6rem}
.grid article{margin:0}
.wide{grid-column:1/-1}
.now{font-size:1.25rem;font-weight:600;color:var(--ink);font-variant-numeric:tabular-nums}
.now time{font-size:inherit;color:inherit}
code{font:.8125rem/1.4 ui-monospace,monospace;color:var(--soft);overflow-wrap:anywhere}
dl{margin:.35rem 0 0;display:grid;gap:.1rem .9rem;grid-template-columns:max-content minmax(0,1fr)}
dt{color:var(--soft)}dd{margin:0;min-width:0}dd code{color:var(--ink)}
ul{list-style:none;margin:.5rem 0 0;padding:0}
li{display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:baseline;padding:.4rem 0;border-top:1px solid var(--line)}
li .what,.row .what{flex:1 1 16rem;min-width:0;overflow-wrap:anywhere}
.what code{display:block}
.row{display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:baseline;padding:.4rem 1rem;margin:0;border-radius:0}
.row+.row{border-top:0}
.tag{font-size:.8125rem;font-weight:400;line-height:1.4;border-radius:1rem;padding:.05rem .6rem;background:var(--calm-bg);color:var(--calm)}
.good{background:var(--good-bg);color:var(--good)}.bad{background:var(--bad-bg);color:var(--bad)}.wait{background:var(--wait-bg);color:var(--wait)}
.amount{font-variant-numeric:tabular-nums;font-weight:600}
article.empty p{color:var(--ink)}
time{color:var(--soft);font-size:.875rem;font-variant-numeric:tabular-nums}
.said{margin:.5rem 0;padding:.5rem .8rem;border-radius:.5rem;border-left:.3rem solid currentColor;flex-basis:100%;overflow-wrap:anywhere}
article .said,p.said{color:var(--good);background:var(--good-bg)}
article .said.bad,p.said.bad{color:var(--bad);background:var(--bad-bg)}
form{margin:0;min-width:0;max-width:100%}
.acts{display:flex;flex-wrap:wrap;gap:.45rem;align-items:end;margin:.5rem 0}
button,select,input{font:inherit;min-height:2.4rem;border-radius:.45rem;border:1px solid var(--edge);background:var(--card);color:var(--ink);padding:.2rem .7rem;max-width:100%}
button{cursor:pointer;background:var(--quiet);border-color:var(--line);font-weight:500}
button:hover{border-color:var(--edge)}
button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
button.main:hover{filter:brightness(1.08)}
label{display:grid;gap:.1rem;color:var(--soft);font-size:.875rem;min-width:0;max-width:100%}
label>*{font-size:1rem;min-width:0}
input[type=number]{width:6.5rem}
label.long{flex:1 1 18rem;max-width:min(100%,24rem)}
label.long input{width:100%}
:root{accent-color:var(--accent)}
details{flex-basis:100%;min-width:0}
summary{cursor:pointer;color:var(--accent);padding:.3rem 0;width:fit-content;overflow-wrap:anywhere}
details[open]{padding-bottom:.3rem}
fieldset{border:0;margin:0;padding:0;min-width:0;display:grid;gap:.35rem}
legend{padding:0;font-weight:600;margin-bottom:.25rem}
label.choice{display:flex;gap:.6rem;align-items:baseline;color:var(--ink);padding:.45rem .7rem;border:1px solid var(--line);border-radius:.5rem}
label.choice input{min-height:0;margin:0;flex:none}
label.choice span{min-width:0}
label.choice small{color:var(--soft);display:block;font-size:.875rem}
table{border-collapse:collapse;width:100%;margin:.75rem 0}
td,th{text-align:left;padding:.4rem 0;border-top:1px solid var(--line);font-weight:400;vertical-align:top;overflow-wrap:anywhere}
td{text-align:right;white-space:nowrap;padding-left:1rem;font-variant-numeric:tabular-nums}
tfoot th,tfoot td{font-weight:600}
.sheet{max-width:36rem;padding-top:1rem}
.sheet h1,.sheet h2{margin-top:0}
`;

/** How pages look, with the policy that lets them have this style and nothing else. */
export interface Look {
  readonly style: string;
  readonly contentSecurityPolicy: string;
}

/**
 * The common style, with a page's own rules after it. The pages have their style and forms to
 * their own server, nothing else: no script, no picture.
 *
 * @param permissions More directives of the policy, such as `frame-src 'self'`.
 * @param ancestors Which pages may show it in a frame.
 */
export function createLook(
  own = '',
  permissions: readonly string[] = [],
  ancestors = "'none'",
): Look {
  return lookOf(`${style}${own}`, { permissions, ancestors });
}

/** A style of its own, and the policy that allows it with what is given. */
export function lookOf(
  whole: string,
  given: { readonly permissions: readonly string[]; readonly ancestors: string },
): Look {
  const hash = createHash('sha256').update(whole).digest('base64');
  const directives = [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    ...given.permissions,
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${given.ancestors}`,
  ];
  return { style: whole, contentSecurityPolicy: directives.join('; ') };
}

export const commonLook = createLook();
