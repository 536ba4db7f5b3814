import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { sheetPage } from './contact-sheet.ts';
import type { Pictures } from './picture.ts';

/** Wide enough for six phones side by side. */
const sheetWidth = 2050;

/**
 * Writes the pictures and sheets of a dozen each, beside other files; what was in the folder is
 * gone.
 * @param files By their name inside of the folder.
 */
export async function writeSheets(
  browser: Browser,
  folder: string,
  files: Readonly<Record<string, string>>,
  all: readonly Pictures[],
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  const page = await browser.newPage({ viewport: { width: sheetWidth, height: 1000 } });
  for (const [look, pictures] of all) {
    for (const { file, png } of pictures) write(file, png);
    for (const [index, some] of slices(pictures, look.columns * look.rows).entries()) {
      await page.setContent(sheetPage(look, some));
      const number = String(index + 1).padStart(2, '0');
      write(`sheet-${look.name}-${number}.png`, await page.screenshot({ fullPage: true }));
    }
  }
  await page.close();
}

const slices = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
