import type { Browser } from 'playwright-core';
import { type Picture, pictureFile } from '../pictures/picture.ts';
import type { Mail } from './catalogue/all-mails.ts';
import type { MailLook } from './looks.ts';
import { renderMail } from './render-mail.ts';

/** Takes a picture of each mail, one after the other. */
export async function takePictures(
  browser: Browser,
  look: MailLook,
  mails: readonly Mail[],
  onTaken: () => void,
): Promise<readonly Picture[]> {
  const context = await browser.newContext(look.screen);
  const page = await context.newPage();
  const pictures: Picture[] = [];
  for (const mail of mails) {
    await page.setContent(renderMail(mail, look.language).html);
    const png = await page.screenshot({ fullPage: true });
    pictures.push({ entry: mail, file: pictureFile(look, mail), png, isAt: 'top' });
    onTaken();
  }
  await context.close();
  return pictures;
}
