import { expect, test } from 'vitest';
import { isoInstant } from '../../../functions/domain/time.ts';
import { openDesk, sam } from './fixtures/desk.ts';

const show = 'GET /staff/charging';
const change = 'PUT /staff/charging';

test('charges are stopped and allowed again, and every change stays known', async () => {
  const desk = await openDesk();
  expect(await desk.ask(show)).toEqual({
    status: 200,
    body: { charging: 'allowed', reason: null, by: null, at: null, mode: 'own', earlier: [] },
  });
  const stop = { charging: 'stopped', reason: 'a wrong price' };
  const at = isoInstant(desk.clock.now());
  const stopped = { ...stop, by: sam, at };
  expect((await desk.ask(change, { body: stop })).body).toMatchObject({ ...stopped, earlier: [] });
  desk.clock.advance(60_000);
  expect((await desk.ask(change, { body: stop })).body).toMatchObject({ ...stopped, earlier: [] });
  const start = { charging: 'allowed', reason: 'mended' };
  const allowed = { ...start, by: sam, at: isoInstant(desk.clock.now()) };
  expect((await desk.ask(change, { body: start })).body).toMatchObject({
    ...allowed,
    earlier: [stopped],
  });
  expect((await desk.ask(show)).body).toMatchObject({ ...allowed, earlier: [stopped] });
  expect(await desk.account.records.chargingSwitch()).toMatchObject({ charging: 'allowed' });
});

test('what stood there by hand is kept as well, and any word but allowed stops', async () => {
  const desk = await openDesk();
  const byHand = { charging: 'halt' as 'stopped', reason: 'by hand', by: 'ada', version: 1 };
  await desk.account.records.saveChargingSwitch(byHand, null);
  const before = { charging: 'stopped', reason: 'by hand', by: 'ada', at: null };
  expect((await desk.ask(show)).body).toMatchObject(before);
  const body = { charging: 'allowed', reason: 'looked' };
  expect((await desk.ask(change, { body })).body).toMatchObject({ earlier: [before] });
});

test.each([{}, { charging: 'off', reason: 'x' }, { charging: 'stopped' }])(
  '%j is refused',
  async (body) => {
    const desk = await openDesk();
    expect(await desk.ask(change, { body })).toMatchObject({ status: 400 });
  },
);
