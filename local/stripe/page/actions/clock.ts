import { lengthOf, timeText } from '../../../pages/words.ts';
import { moveClock } from '../../move-clock.ts';
import { sayWhatIsDue } from '../say-what-is-due.ts';
import type { Action, ActionParts } from './action.ts';

const place = 'clock';
const timeOfClock = ({ clock }: ActionParts) => timeText(clock.now() / 1000);

export const clockActions: readonly Action[] = [
  {
    path: 'clock/forward',
    place,
    run(parts, fields) {
      const seconds = fields.number('seconds') ?? (fields.number('days') ?? 0) * 86_400;
      if (!(seconds > 0)) throw new RangeError('Say how many days the clock moves on.');
      moveClock(parts.clock, Math.round(seconds * 1000));
      const text = `The clock moved on by ${lengthOf(seconds)}: it is ${timeOfClock(parts)}, and what was due has happened.`;
      return { place, text };
    },
  },
  {
    path: 'clock/next',
    place,
    run(parts) {
      const { control } = parts;
      const due = control.nextDue();
      const what =
        due === undefined ? '' : sayWhatIsDue(control.state(), control.deliveries.list(), due);
      control.moveToNextDue();
      return {
        place,
        text: `The clock went to ${timeOfClock(parts)}, and this has happened: ${what}.`,
      };
    },
  },
];
