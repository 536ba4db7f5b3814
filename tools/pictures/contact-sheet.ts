import { escapeHtml } from '../../functions/mail/html.ts';
import { document } from './document.ts';
import type { Look } from './look.ts';
import { type Picture, type Pictures, titleOf } from './picture.ts';

const style = `
.grid { display: grid; gap: 1rem; align-items: start }
figure { margin: 0; min-width: 0 }
img { display: block; max-width: 100%; border: 1px solid #8a8f9b }
.cropped img { width: 100%; max-height: 1100px; object-fit: cover; object-position: top }
.end img { object-position: bottom }
figcaption { font-weight: 600; padding-block: .25rem }`;

/** @param source Where the picture comes from: a file, or the picture itself. */
const figure = ({ entry, isAt }: Picture, source: string): string =>
  `<figure class="${isAt}"><figcaption>${escapeHtml(titleOf(entry))}</figcaption><img alt="" src="${escapeHtml(source)}"></figure>`;

const grid = (figures: readonly string[], columns: string): string =>
  `<div class="grid" style="grid-template-columns:${columns}">${figures.join('\n')}</div>`;

/** One page with all pictures, to scroll through. */
export const indexPage = (title: string, all: readonly Pictures[]): string =>
  document(
    title,
    style,
    all
      .map(([look, pictures]) => {
        const { width } = look.screen.viewport;
        const figures = pictures.map((picture) => figure(picture, picture.file));
        return `<h2>${escapeHtml(look.title)}</h2>${grid(figures, `repeat(auto-fill, ${Math.min(width, 600)}px)`)}`;
      })
      .join('\n'),
  );

/** A sheet that is looked at as a whole: the pictures are in it, one end of the long ones. */
export function sheetPage({ title, columns }: Look, pictures: readonly Picture[]): string {
  const figures = pictures.map((picture) =>
    figure(picture, `data:image/png;base64,${picture.png.toString('base64')}`),
  );
  const content = grid(figures, `repeat(${columns}, 1fr)`);
  return document(title, style, `<div class="cropped">${content}</div>`);
}
