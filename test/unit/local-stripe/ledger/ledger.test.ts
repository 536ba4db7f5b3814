import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { contradictionsIn } from './judge-ledger.ts';
import { beginning, type Call, calls, play } from './play-calls.ts';

const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** What a busy machine may take for it; an idle one needs some seconds. */
const patienceMs = 60_000;

function playAll(sequence: readonly Call[]) {
  return sequence.reduce(play, beginning()).state;
}

test('any sequence of calls leaves a ledger without a contradiction', {
  timeout: patienceMs,
}, async () => {
  await fc.assert(
    fc.property(calls, (sequence) => {
      let current = beginning();
      for (const call of sequence) {
        current = play(current, call);
        expect(contradictionsIn(current.state), `after ${call.kind}`).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

test('the same seed and the same calls give the same ids and the same account', {
  timeout: patienceMs,
}, async () => {
  await fc.assert(
    fc.property(calls, (sequence) => {
      const [first, second] = [playAll(sequence), playAll(sequence)];
      expect(hashOf(second)).toBe(hashOf(first));
    }),
    { numRuns: 20 },
  );
});

test('no event changes after it happened', { timeout: patienceMs }, async () => {
  await fc.assert(
    fc.property(calls, (sequence) => {
      const snapshots = new Map<string, string>();
      let current = beginning();
      for (const call of sequence) {
        current = play(current, call);
        for (const event of current.state.tables.events) {
          const told = hashOf(event.data);
          expect(snapshots.get(event.id) ?? told, `${event.type} ${event.id}`).toBe(told);
          snapshots.set(event.id, told);
        }
      }
      expect(snapshots.size).toBe(current.state.tables.events.length);
    }),
    { numRuns: 20 },
  );
});
