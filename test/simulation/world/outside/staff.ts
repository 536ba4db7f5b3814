import { fieldOf } from '../coverage.ts';
import type { KnownCustomer, World } from '../world.ts';
import { agree, disagree } from './agreements.ts';
import { askAsStaff, granted, readView } from './asking.ts';

/** How often somebody looks and tries again whom another change came before. */
const mostTries = 3;

/** Makes a method the backup, as the customer has signed; the one before it is none any more. */
export function giveBackup(world: World, known: KnownCustomer, method: string): void {
  const ask = askAsStaff(world);
  const path = { customer: known.customer };
  void agree(world, known, method, async () => {
    await ask('PUT /staff/customers/{customer}/methods/{method}/authorisation', {
      path: { ...path, method },
      body: { name: 'Sam', reference: 'a call' },
    });
    for (let tries = 0; tries < mostTries; tries += 1) {
      const seen = readView(granted(await ask('GET /staff/customers/{customer}', { path })));
      if (seen === null) return;
      const body = { version: seen.version, primary: seen.primary, secondary: method };
      const set = await ask('PUT /staff/customers/{customer}/roles', { path, body });
      const type = fieldOf(set?.body, 'type');
      if (type !== 'urn:backstop:problem:changed-meanwhile') return;
    }
  });
}

/** The customer agrees no longer, and tells the staff. */
export function withdrawConsent(world: World, known: KnownCustomer, method: string): void {
  const path = { customer: known.customer, method };
  void disagree(world, known, method, () =>
    askAsStaff(world)('DELETE /staff/customers/{customer}/methods/{method}/consent', { path }),
  );
}

export function switchCharging(world: World, charging: 'allowed' | 'stopped'): void {
  const body = { charging, reason: 'a person said so' };
  void askAsStaff(world)('PUT /staff/charging', { body });
}
