import * as z from 'zod/mini';
import { moveClock } from '../../move-clock.ts';
import { type Operation, read } from './operation.ts';

const clockBody = z.strictObject({ milliseconds: z.int().check(z.minimum(0)) });

/** The movable clock: where it stands, how far it goes. */
export const clockOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: 'clock',
    run: ({ clock, control }) => ({ now: clock.now(), next_due: control.nextDue() ?? null }),
  },
  {
    method: 'POST',
    path: 'clock/advance',
    run({ clock }, _id, body) {
      moveClock(clock, read(clockBody, body).milliseconds);
      return { now: clock.now() };
    },
  },
  {
    method: 'POST',
    path: 'clock/next-due',
    run({ clock, control }) {
      control.moveToNextDue();
      return { now: clock.now() };
    },
  },
];
