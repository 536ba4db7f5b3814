import type { Look } from './looks.ts';
import type { Picture } from './picture.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const style = `
body { margin: 1rem; background: #d5d8de; color: #16181d; font: 16px/1.4 system-ui, sans-serif }
h1, h2 { margin: 1.5rem 0 .75rem }
.grid { display: grid; gap: 1rem; align-items: start }
figure { margin: 0; min-width: 0 }
img { display: block; max-width: 100%; border: 1px solid #8a8f9b }
.cropped img { width: 100%; max-height: 1100px; object-fit: cover; object-position: top }
.end img { object-position: bottom }
figcaption { font-weight: 600; padding-block: .25rem }`;

/** @param source Where the picture comes from: a file, or the picture itself. */
const figure = ({ state }: Picture, source: string): string =>
  `<figure class="${state.isAt}"><figcaption>${escaped(`${state.group}: ${state.name}`)}</figcaption><img alt="" src="${escaped(source)}"></figure>`;

const grid = (figures: readonly string[], columns: string): string =>
  `<div class="grid" style="grid-template-columns:${columns}">${figures.join('\n')}</div>`;

const document = (title: string, content: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><style>${style}</style>
<h1>${escaped(title)}</h1>
${content}
</html>`;

/** One page with all pictures, to scroll through. */
export const indexPage = (all: readonly (readonly [Look, readonly Picture[]])[]): string =>
  document(
    'Every state of the customer’s page',
    all
      .map(([{ title, screen }, pictures]) => {
        const { width } = screen.viewport;
        const figures = pictures.map((picture) => figure(picture, picture.file));
        return `<h2>${escaped(title)}</h2>${grid(figures, `repeat(auto-fill, ${Math.min(width, 600)}px)`)}`;
      })
      .join('\n'),
  );

/** A sheet that is looked at as a whole: the pictures are in it, one end of the long ones. */
export function sheetPage({ title, columns }: Look, pictures: readonly Picture[]): string {
  const figures = pictures.map((picture) =>
    figure(picture, `data:image/png;base64,${picture.png.toString('base64')}`),
  );
  const content = grid(figures, `repeat(${columns}, 1fr)`);
  return document(title, `<div class="cropped">${content}</div>`);
}
