import type { Fields } from '../../../pages/fields.ts';
import type { HowOften } from '../../rules.ts';

/**
 * What a form says of how often a rule strikes: a number of times, or a share of all in percent
 * with its seed.
 *
 * @throws RangeError for both.
 */
export function howOften(fields: Fields): HowOften {
  const count = fields.number('count');
  const percent = fields.number('percent');
  if (percent === undefined) return count === undefined ? {} : { count };
  if (count !== undefined) {
    throw new RangeError('Fill in a number of times, or a share of all in %, not both.');
  }
  return { probability: percent / 100, seed: fields.text('seed') ?? '1' };
}
