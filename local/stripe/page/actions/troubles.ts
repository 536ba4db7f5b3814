import { faultKinds } from '../../api/faults.ts';
import { troubleOf } from '../../control/operations/deliveries.ts';
import { faultOf } from '../../control/operations/faults.ts';
import { webhookTroubleKinds } from '../../webhooks/webhook-troubles.ts';
import type { Action } from './action.ts';
import { howOften } from './how-often.ts';

export const troubleActions: readonly Action[] = [
  {
    path: 'faults',
    place: 'faults',
    run({ control }, fields) {
      const method = fields.oneOf('method', ['POST', 'GET', 'DELETE']);
      const path = fields.required('path');
      if (!path.startsWith('/v1/')) throw new RangeError('A path begins with /v1/.');
      const kind = fields.oneOf('kind', faultKinds);
      const milliseconds = fields.number('milliseconds');
      control.faults.add({
        ...faultOf({ method, path, kind, milliseconds }),
        ...howOften(fields),
      });
      return { place: 'faults', text: `From now on ${method} ${path} goes wrong, as listed here.` };
    },
  },
  {
    path: 'faults/release',
    place: 'faults',
    run({ control }) {
      control.faults.release();
      return { place: 'faults', text: 'What was waiting goes on.' };
    },
  },
  {
    path: 'faults/clear',
    place: 'faults',
    run({ control }) {
      control.faults.clear();
      return { place: 'faults', text: 'Requests go right again.' };
    },
  },
  {
    path: 'troubles',
    place: 'deliveries',
    run({ control }, fields) {
      const type = fields.required('type');
      const kind = fields.oneOf('kind', webhookTroubleKinds);
      const seconds = fields.number('seconds');
      control.deliveries.troubles.add({
        ...troubleOf({ type, kind, seconds }),
        ...howOften(fields),
      });
      return { place: 'deliveries', text: `From now on ${type} has trouble, as listed here.` };
    },
  },
  {
    path: 'troubles/clear',
    place: 'deliveries',
    run({ control }) {
      control.deliveries.troubles.clear();
      return { place: 'deliveries', text: 'Events arrive as they should again.' };
    },
  },
];
