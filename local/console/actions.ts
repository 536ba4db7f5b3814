import type { Part } from '../cloud/records.ts';
import { noTroubles } from '../cloud/troubles.ts';
import type { Fields } from '../pages/fields.ts';
import type { News } from '../pages/news.ts';
import { capitalise, lengthOf } from '../pages/words.ts';
import { moveClock, moveClockTo } from '../stripe/move-clock.ts';
import { gatherDue, gatherItems, gatherQueues, nextCaseTime, type Watched } from './gather.ts';
import { count, secondText } from './page/words.ts';

/** One wish of a person. @throws RangeError with a sentence when it cannot be. */
interface Action {
  readonly place: string | ((fields: Fields) => string);
  readonly run: (watched: Watched, fields: Fields) => Promise<string>;
}

/** By the path under which the form is sent. */
const actions = new Map<string, Action>([
  ['clock/forward', { place: 'clock', run: moveForward }],
  ['clock/next', { place: 'clock', run: moveToNext }],
  ['clock/case', { place: 'clock', run: moveToCase }],
  ['redrive', { place: (fields) => fields.text('queue') ?? 'queues', run: redrive }],
  ['troubles', { place: 'troubles', run: setTroubles }],
  ['troubles/none', { place: 'troubles', run: endTroubles }],
  ['parts/stop', { place: 'parts', run: stopPart }],
  ['parts/resume', { place: 'parts', run: resumePart }],
]);

/** Does what a form asks. A refusal is a sentence in the place of the form. */
export async function carryOut(watched: Watched, path: string, fields: Fields): Promise<News> {
  const action = actions.get(path);
  if (action === undefined) {
    return { place: 'clock', text: `There is nothing to do at ${path}.`, isRefusal: true };
  }
  const place = typeof action.place === 'string' ? action.place : action.place(fields);
  try {
    return { place, text: await action.run(watched, fields), isRefusal: false };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { place, text: error.message, isRefusal: true };
  }
}

async function moveForward(watched: Watched, fields: Fields): Promise<string> {
  const milliseconds = fields.number('milliseconds') ?? 0;
  if (!(milliseconds > 0)) throw new RangeError('Say by how many milliseconds the clock moves on.');
  return move(watched, () => moveClock(watched.stack.clock, Math.round(milliseconds)));
}

/** The local Stripe does what is due when it moves the clock itself; the cloud's timers fire. */
async function moveToNext(watched: Watched): Promise<string> {
  const [next] = await gatherDue(watched);
  if (next === undefined) throw new RangeError('Nothing is due: the clock may stay.');
  const { clock, stripe } = watched.stack;
  const said = await move(watched, () => {
    if (next.by === 'stripe') stripe?.control.moveToNextDue();
    else moveClockTo(clock, next.at);
  });
  return `${capitalise(next.what)}. ${said}`;
}

async function moveToCase(watched: Watched): Promise<string> {
  const { clock, cloud } = watched.stack;
  const at = nextCaseTime(await gatherItems(cloud), clock.now());
  if (at === undefined) throw new RangeError('No case has a time in the future.');
  return move(watched, () => moveClockTo(clock, at));
}

/** How long a move waits for what it set off: a fault of Stripe's may hold a request for ever. */
const patienceMs = 5000;

async function move({ stack, recorder }: Watched, go: () => void): Promise<string> {
  const { clock } = stack;
  const before = clock.now();
  const last = recorder.happenings().at(-1)?.number ?? 0;
  go();
  const length = lengthOf((clock.now() - before) / 1000);
  const isAtRest = await within(patienceMs, stack.idle());
  const since = recorder.happenings().filter(({ number }) => number > last);
  const started = since.filter(
    (each) => each.kind === 'invocation' && each.record.state === 'started',
  );
  const mails = since.filter(({ kind }) => kind === 'mail');
  const rest = isAtRest ? '' : ' Some of it is still going on: refresh to see how it ends.';
  return `The clock moved on by ${length}, to ${secondText(clock.now())}: ${count(started.length, 'invocation')} and ${count(mails.length, 'mail')} since.${rest}`;
}

/** Whether the work ended in time. */
async function within(milliseconds: number, work: Promise<void>): Promise<boolean> {
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(() => late.resolve(false), milliseconds);
  try {
    return await Promise.race([work.then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function redrive({ stack }: Watched, fields: Fields): Promise<string> {
  const queue = fields.required('queue');
  const found = (await gatherQueues(stack.cloud)).find(({ id }) => id === queue);
  if (found === undefined) throw new RangeError(`There is no queue ${queue}.`);
  if (found.deadLettersOf === undefined) {
    throw new RangeError(`${queue} is not the dead-letter queue of another queue.`);
  }
  const moved = await stack.cloud.redrive(queue);
  return moved === 0
    ? 'Nothing was in it any more.'
    : `${capitalise(count(moved, 'message'))} went back to where ${moved === 1 ? 'it' : 'they'} failed, to be tried anew.`;
}

async function setTroubles({ stack }: Watched, fields: Fields): Promise<string> {
  await stack.cloud.setTroubles({
    seed: fields.required('seed'),
    throttledTableRequests: fields.number('throttledTableRequests') ?? 0,
    throttledMails: fields.number('throttledMails') ?? 0,
    duplicatedMessages: fields.number('duplicatedMessages') ?? 0,
    reorderedMessages: fields.text('reorderedMessages') !== undefined,
    coldStarts: fields.text('coldStarts') !== undefined,
  });
  return 'From now on this goes wrong as often as you said.';
}

async function endTroubles({ stack }: Watched): Promise<string> {
  await stack.cloud.setTroubles(noTroubles);
  return 'Nothing goes wrong by chance any more.';
}

const partNames: readonly Part[] = ['table', 'queue', 'mail', 'secret'];

async function stopPart({ stack }: Watched, fields: Fields): Promise<string> {
  const part = fields.oneOf('part', partNames);
  stack.cloud.stopPart(part);
  return `The ${part} does not answer from now on.`;
}

async function resumePart({ stack }: Watched, fields: Fields): Promise<string> {
  const part = fields.oneOf('part', partNames);
  stack.cloud.resumePart(part);
  return `The ${part} answers again.`;
}
