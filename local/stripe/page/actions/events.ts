import { lengthOf } from '../../../pages/words.ts';
import { paramsOf } from '../../engine/protocol/form.ts';
import type { Action } from './action.ts';

export const eventActions: readonly Action[] = [
  {
    path: 'endpoints',
    place: 'endpoints',
    run({ account }, fields) {
      const url = fields.required('url');
      const params = paramsOf({ url, enabled_events: ['*'] });
      const { answer } = account.handle({ method: 'POST', path: '/v1/webhook_endpoints', params });
      if (answer.status !== 200) throw new RangeError(`"${url}" is no address of the web.`);
      return { place: 'endpoints', text: `From now on every event goes to ${url}.` };
    },
  },
  {
    path: 'deliveries/hold',
    place: 'endpoints',
    run({ control }) {
      control.deliveries.hold();
      return { place: 'endpoints', text: 'New events are held back until you let them go.' };
    },
  },
  {
    path: 'deliveries/release',
    place: 'endpoints',
    async run({ control }, fields) {
      const held = control.deliveries.list().filter(({ status }) => status === 'held').length;
      const isShuffled = fields.oneOf('order', ['as_happened', 'shuffled']) === 'shuffled';
      await control.deliveries.release(isShuffled ? { shuffledBy: '1' } : 'all');
      const order = isShuffled ? ' in another order' : '';
      return {
        place: 'endpoints',
        text: `${held} held back were sent${order}; new ones go at once again.`,
      };
    },
  },
  {
    path: 'events/*/again',
    async run({ control }, _fields, id) {
      await control.deliveries.deliverAgain(id);
      return { place: id, text: 'It was sent once more, under the same id.' };
    },
  },
  {
    path: 'events/*/second',
    run({ control }, _fields, id) {
      control.deliveries.makeSecond(id);
      const second = control.events().at(-1)?.id ?? id;
      return { place: second, text: `This is a second event for the same fact as ${id}.` };
    },
  },
  {
    path: 'events/*/delay',
    run({ control }, fields, id) {
      const seconds = fields.number('seconds') ?? 3600;
      control.deliveries.delay(id, seconds);
      return { place: id, text: `It is sent in ${lengthOf(seconds)}, by the clock.` };
    },
  },
  {
    path: 'events/*/drop',
    run({ control }, _fields, id) {
      control.deliveries.drop(id);
      return { place: id, text: 'It is lost: whoever does not have it yet never gets it.' };
    },
  },
];
