import { type Html, html } from '../../pages/html.ts';
import { tag } from '../../pages/words.ts';
import type { MessageStory } from '../view/message-view.ts';
import { linked, moment, rawOf } from './words.ts';

/** One message: its body, where it is, and what became of it. */
export function renderMessage({ id, body, place, steps }: MessageStory, now: number): Html {
  const where = place === undefined ? tag('good', 'left its queue') : tag('wait', place);
  const story = steps.map(({ at, text }) => html`<li>${moment(at, now)} ${linked(text)}</li>`);
  return html`<h2>A message</h2><p class="hint">An intent: whoever takes it looks at what stands in the table, so that it may come twice.</p>
<article class="story"><h3><span class="name">${id}</span>${where}</h3>
${story.length === 0 ? html`<p>It was sent before the records begin.</p>` : html`<ol>${story}</ol>`}</article>
<h2>Its body</h2>${rawOf(body)}`;
}
