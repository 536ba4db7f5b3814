import { lengthOf } from '../words.ts';
import type { Action, ActionParts } from './action.ts';

const place = 'clock';
const timeText = ({ clock }: ActionParts) =>
  `${new Date(clock.now()).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const clockActions: readonly Action[] = [
  {
    path: 'clock/forward',
    place,
    run(parts, fields) {
      const seconds = fields.number('seconds') ?? (fields.number('days') ?? 0) * 86_400;
      if (!(seconds > 0)) throw new RangeError('Say how many days the clock moves on.');
      parts.clock.advance(Math.round(seconds * 1000));
      const text = `The clock moved on by ${lengthOf(seconds)}: it is ${timeText(parts)}, and what was due has happened.`;
      return { place, text };
    },
  },
  {
    path: 'clock/next',
    place,
    run(parts) {
      parts.control.moveToNextDue();
      return {
        place,
        text: `The clock went to ${timeText(parts)}, and what was due has happened.`,
      };
    },
  },
];
