import { createLook } from '../../pages/style.ts';

/** The lanes of an invoice's way: more than eight rooms share the last. */
export const mostLanes = 9;

const lanes = Array.from(
  { length: mostLanes },
  (_, lane) => `.lane-${lane + 1} .mark{grid-column:${lane + 1}}`,
).join('\n');

/** The common look, with what the console has of its own: folds, attributes, and the lanes. */
export const consoleLook = createLook(
  `
header,main{max-width:72rem}
header h1 a{color:inherit;text-decoration:none}
nav a[aria-current]{color:var(--ink);font-weight:600}

.bar{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1.5rem}
#clock{margin:.75rem 0 0}
#clock .now{display:inline-block;margin:0 .6rem 0 0}
h2+article{margin-top:.4rem}
article h3 .name{flex:1 1 8rem;min-width:0;overflow-wrap:anywhere}
article p.trouble{color:var(--bad)}
small{font-size:.875rem;color:var(--soft)}
time{white-space:nowrap}
pre{font:.8125rem/1.45 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--quiet);color:var(--ink);border-radius:.45rem;padding:.6rem .8rem;margin:.4rem 0}
.attributes{grid-template-columns:minmax(4rem,max-content) minmax(0,1fr);font-size:.9375rem}
.attributes dt{overflow-wrap:anywhere;max-width:11rem}
.attributes dd{overflow-wrap:anywhere}
.attributes time{white-space:normal}
.attributes .attributes{margin:0}
.attributes ol{margin:0;padding-left:1.2rem}
.attributes li{display:list-item;border:0;padding:0}
.none{color:var(--soft)}
.numbers{display:flex;flex-wrap:wrap;gap:.1rem 1.4rem;margin:.3rem 0 0}
.numbers div{display:flex;gap:.4rem;align-items:baseline}
.numbers dt{order:2}
.numbers dd{font-weight:600;font-variant-numeric:tabular-nums}
form.chances{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));gap:.5rem .9rem;align-items:end;margin:.5rem 0}
form.chances label.long{grid-column:1/-1;max-width:none}
form.chances button{justify-self:start}
label.check{display:flex;gap:.5rem;align-items:center;color:var(--ink);min-height:2.4rem}
label.check input{min-height:0;margin:0}
#parts .what{flex-basis:6rem}
iframe{width:100%;height:42rem;border:1px solid var(--line);border-radius:.5rem;margin-top:.5rem}
.way{list-style:none;margin:.75rem 0 0;padding:0;--lane:1.5rem}
.way>li{display:grid;grid-template-columns:calc(var(--lanes)*var(--lane)) minmax(0,1fr);gap:0 .9rem;border:0;padding:0;align-items:stretch}
${Array.from({ length: mostLanes }, (_, at) => `.way.of-${at + 1}{--lanes:${at + 1}}`).join('\n')}
.lanes{display:grid;grid-template-columns:repeat(var(--lanes),var(--lane));background:repeating-linear-gradient(to right,transparent 0 calc(var(--lane)/2 - 1px),var(--line) calc(var(--lane)/2 - 1px) calc(var(--lane)/2 + 1px),transparent calc(var(--lane)/2 + 1px) var(--lane))}
.mark{grid-row:1;justify-self:center;width:.85rem;height:.85rem;margin-top:.75rem;border-radius:50%;background:var(--accent);box-shadow:0 0 0 3px var(--bg)}
.detail .mark{background:var(--bg);border:2px solid var(--edge);width:.7rem;height:.7rem}
.mark.good{background:var(--good)}.mark.bad{background:var(--bad);border-radius:.15rem}.mark.wait{background:var(--wait)}
${lanes}
.way .head .lanes{align-items:end;background:none;padding-bottom:.3rem}
.way .head .lanes span{writing-mode:vertical-rl;transform:rotate(180deg);justify-self:center;font-size:.8125rem;color:var(--soft);line-height:1.2}
.entry{min-width:0;padding:.35rem 0 .45rem;border-top:1px solid var(--line);display:grid;grid-template-columns:14.5rem minmax(0,1fr);gap:0 .8rem}
.entry .where{display:flex;flex-wrap:wrap;gap:0 .7rem;align-items:baseline;color:var(--soft);font-size:.875rem;padding-top:.1rem}
.room{font-weight:600;color:var(--ink)}
.entry .said-here{min-width:0}
.entry summary{color:var(--ink);padding:.05rem 0;width:auto}
.entry summary .title{font-weight:500}
.detail .entry summary .title{font-weight:400;color:var(--soft)}
.entry summary:hover .title{text-decoration:underline}
.entry p{margin:.05rem 0 0;color:var(--soft);overflow-wrap:anywhere;max-width:46rem}
.entry .ids{font-size:.875rem}
.entry .tag{display:inline-block}
.pause{color:var(--soft);font-size:.875rem;padding:.5rem 0;border-top:1px solid var(--line)}
.story li{display:list-item;border:0;padding:.1rem 0}
.story ol,.reasons{margin:.3rem 0 0;padding-left:1.3rem}
@media (max-width:60rem){.entry{grid-template-columns:minmax(0,1fr)}.mark{margin-top:.5rem}}
@media (max-width:30rem){.attributes{grid-template-columns:minmax(0,1fr)}.attributes dd{margin-left:.9rem}.attributes ol{padding-left:1rem}}
@media (max-width:44rem){.way>li{grid-template-columns:minmax(0,1fr)}.way .lanes{display:none}.way .head{display:none}}
`,
  ["frame-src 'self'"],
);
