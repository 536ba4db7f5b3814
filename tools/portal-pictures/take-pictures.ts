import type { Browser } from 'playwright-core';
import { type Picture, pictureFile } from '../pictures/picture.ts';
import type { PageLook } from './looks.ts';
import { takeSeat } from './seat.ts';
import type { Stage } from './stage.ts';
import type { PageState } from './states/page-state.ts';

/** Takes a picture of each state, one after the other. */
export async function takePictures(
  browser: Browser,
  stage: Stage,
  look: PageLook,
  states: readonly PageState[],
  onTaken: () => void,
): Promise<readonly Picture[]> {
  const seat = await takeSeat(browser, stage, look.reader, look.screen);
  const pictures: Picture[] = [];
  for (const state of states) {
    await seat.show(state);
    // A dialog lies over the screen; everything else is seen whole by who scrolls.
    const isDialog = (await seat.page.getByRole('dialog').count()) > 0;
    const png = await seat.page.screenshot({ fullPage: !isDialog, animations: 'disabled' });
    await seat.leave();
    pictures.push({ entry: state, file: pictureFile(look, state), png, isAt: state.isAt });
    onTaken();
  }
  await seat.close();
  return pictures;
}
