import type { Item, Table } from '../../functions/domain/ports.ts';
import type { Ports, Sabotage } from './world/ports.ts';

/**
 * Ways to break the system at its ports: each is a defect that somebody could write one day, and
 * that the judge must find.
 */

const withTable = (ports: Ports, change: (table: Table) => Partial<Table>): Ports => ({
  ...ports,
  table: { ...ports.table, ...change(ports.table) },
});

/** Each request to charge has a key of its own, so that sending again charges again. */
export function keysThatDiffer(): Sabotage {
  let sent = 0;
  return (ports) => ({
    ...ports,
    stripe: {
      ...ports.stripe,
      pay(invoice, method, key) {
        sent += 1;
        return ports.stripe.pay(invoice, method, `${key}-${sent}`);
      },
    },
  });
}

/** A write that is based on an old version overwrites what came in between. */
export const writesThatOverwrite: Sabotage = (ports) =>
  withTable(ports, (table) => ({
    async replace(item) {
      const stored = await table.get(item);
      return table.replace({ ...item, version: (stored?.version ?? 0) + 1 });
    },
  }));

/** What a case owes to other places is struck off and not done. */
export const owedWorkDropped: Sabotage = (ports) => ({
  ...withTable(ports, (table) => ({
    putNew: async (item) => item.sk.startsWith('LOG#') || table.putNew(item),
  })),
  queues: { ...ports.queues, sendNotice: async () => undefined },
});

/** The sweep moves the due times and sends nothing; the webhook's own message is lost too. */
export const nothingSent: Sabotage = (ports) => ({
  ...ports,
  queues: { ...ports.queues, sendRetry: async () => undefined },
});

/** The record of a mail is written only when it was sent. */
export const claimedAfterSending: Sabotage = (ports, room) => {
  if (room !== 'notify') return ports;
  const isNotice = ({ sk }: Item) => sk.startsWith('NOTICE#');
  return withTable(ports, (table) => ({
    putNew: async (item) => isNotice(item) || table.putNew(item),
    async replace(item) {
      if (!isNotice(item)) return table.replace(item);
      return (await table.putNew({ ...item, version: 1 })) || table.replace(item);
    },
  }));
};

/** The backup is charged at once: the primary is not even looked at. */
export const primaryOverlooked: Sabotage = (ports) => ({
  ...ports,
  stripe: {
    ...ports.stripe,
    async invoice(id) {
      const facts = await ports.stripe.invoice(id);
      return facts === null ? null : { ...facts, primary: null };
    },
  },
});

/** Nobody looks at what is known of a card. */
export const ledgersForgotten: Sabotage = (ports) =>
  withTable(ports, (table) => ({
    get: async (key) => (key.sk === 'LEDGER' ? null : table.get(key)),
    putNew: async (item) => item.sk === 'LEDGER' || table.putNew(item),
    replace: async (item) => item.sk === 'LEDGER' || table.replace(item),
  }));

/** The switch that stops all charges is not read. */
export const switchOverlooked: Sabotage = (ports, room) =>
  room !== 'retry'
    ? ports
    : withTable(ports, (table) => ({
        get: async (key) => (key.pk === 'SWITCH' ? null : table.get(key)),
      }));

/** What a change of a customer has to do elsewhere is forgotten at once. */
export const finishSkipped: Sabotage = (ports) =>
  withTable(ports, (table) => ({
    replace: async ({ dueShard, dueAt, ...item }) => {
      if (item.sk !== 'V#CUSTOMER') return table.replace({ ...item, ...placeOf(dueShard, dueAt) });
      return table.replace({ ...item, unfinished: [] });
    },
  }));

const placeOf = (dueShard: unknown, dueAt: unknown): object =>
  dueShard === undefined ? {} : { dueShard, dueAt };

/** Another method is there, and nobody tries the open invoices with it. */
export const wakeSkipped: Sabotage = (ports) =>
  withTable(ports, (table) => ({
    replace: async (item) => table.replace(item.wokenBy === undefined ? item : unwoken(item)),
  }));

const unwoken = (item: Item): Item => ({ ...item, retryWanted: item.retryServed });

/** Whoever is a member is taken for an owner, by the room that lets them in. */
export function viewerAdmitted(): Sabotage {
  const viewers = new Set<string>();
  const withRole = (item: Item, roleOf: (email: string, role: unknown) => unknown): Item => {
    if (item.sk !== 'V#CUSTOMER' || !Array.isArray(item.members)) return item;
    const members = item.members.map((member) => {
      const { email, role } = member;
      return { ...member, role: roleOf(`${item.pk} ${email}`, role) };
    });
    return { ...item, members };
  };
  const hide = (item: Item): Item =>
    withRole(item, (name, role) => {
      if (role === 'viewer') viewers.add(name);
      else viewers.delete(name);
      return 'owner';
    });
  return (ports, room) => {
    if (room !== 'customer-api') return ports;
    return withTable(ports, (table) => ({
      async get(key) {
        const item = await table.get(key);
        return item === null ? null : hide(item);
      },
      replace: (item) =>
        table.replace(withRole(item, (name, role) => (viewers.has(name) ? 'viewer' : role))),
    }));
  };
}

/** The page gets its secret, and the attempt that it makes stands nowhere. */
export const paymentUnclaimed: Sabotage = (ports, room) => {
  if (room !== 'customer-api') return ports;
  return withTable(ports, (table) => ({
    replace: async (item) => item.openAttempt != null || table.replace(item),
  }));
};

/** Signing out ends nothing. */
export const sessionsLastOn: Sabotage = (ports, room) => {
  if (room !== 'customer-api') return ports;
  return withTable(ports, (table) => ({
    replace: async (item) => item.sk === 'SESSION' || table.replace(item),
    putNew: async (item) => item.sk === 'SIGNED_OUT' || table.putNew(item),
  }));
};

const withStripe = (
  ports: Ports,
  change: (stripe: Ports['stripe']) => Partial<Ports['stripe']>,
) => ({
  ...ports,
  stripe: { ...ports.stripe, ...change(ports.stripe) },
});

/** What a room reads of an item is another than what stands there. */
const misread = (ports: Ports, read: (item: Item) => Item): Ports =>
  withTable(ports, (table) => ({
    async get(key) {
      const item = await table.get(key);
      return item === null ? null : read(item);
    },
  }));

/** A network asks to wait, and nobody waits. */
export const waitsIgnored: Sabotage = (ports) =>
  misread(ports, (item) => (item.sk === 'LEDGER' ? { ...item, waits: [] } : item));

/** A network's cap counts our own tries only. */
export const othersTriesUncounted: Sabotage = (ports) =>
  misread(ports, (item) => {
    if (item.sk !== 'LEDGER' || !Array.isArray(item.slots)) return item;
    const own = item.slots.filter(({ key }) => String(key).startsWith('backstop-'));
    return { ...item, slots: own };
  });

const longAgoMs = 40 * 24 * 3_600_000;

/** Whatever the policy waits for after a refusal is over at once: it was long ago. */
export const refusalsOfLongAgo: Sabotage = (ports) =>
  withStripe(ports, (stripe) => ({
    async invoice(id) {
      const facts = await stripe.invoice(id);
      if (facts === null) return null;
      const charges = facts.charges.map((charge) => ({
        ...charge,
        createdAt: charge.createdAt - longAgoMs,
      }));
      return { ...facts, charges };
    },
  }));

/** The announced end comes at once. */
export const endAtOnce: Sabotage = (ports, room) =>
  room !== 'retry'
    ? ports
    : withTable(ports, (table) => ({
        replace: async (item) => table.replace(isAnnounced(item) ? ended(item) : item),
      }));

const isAnnounced = ({ end, owed }: Item): boolean =>
  typeof end === 'object' && end !== null && Array.isArray(owed) && owed.length === 0;

const ended = (item: Item): Item => ({ ...item, end: { ...Object(item.end), doneAt: 1 } });

/** A backup that paid stays what the subscription charges by itself. */
export const restoreForgotten: Sabotage = (ports) =>
  withStripe(ports, () => ({ restoreDefault: async () => true }));
/** Nobody looks whether access was extended. */
export const extensionOverlooked: Sabotage = (ports) =>
  withTable(ports, (table) => ({
    query: async (pk, prefix) =>
      (await table.query(pk, prefix)).map((item) =>
        item.sk === 'V#CUSTOMER' ? { ...item, extension: null } : item,
      ),
  }));

/** Mails name the days as they are where the business is. */
export const homesOverlooked: Sabotage = (ports, room) =>
  room === 'notify'
    ? withTable(ports, (table) => ({
        async get(key) {
          const item = await table.get(key);
          return key.sk === 'V#CUSTOMER' && item !== null ? { ...item, timeZone: null } : item;
        },
      }))
    : ports;

/** Nobody looks whether an address was given up. */
export const suppressionsOverlooked: Sabotage = (ports, room) =>
  room === 'mail-events'
    ? ports
    : withTable(ports, (table) => ({
        get: async (key) => (key.sk === 'SUPPRESSION' ? null : table.get(key)),
      }));

/** Nobody looks at disputes. */
export const disputesOverlooked: Sabotage = (ports) =>
  withStripe(ports, () => ({ disputesOf: async () => [], warningsOf: async () => [] }));

/** Every event is lost, and the hourly comparison with Stripe finds nothing. */
export const reconcileOff: Sabotage = (ports, room) => {
  const nothing = async () => ({ rows: [], next: null });
  if (room === 'stripe-webhook') return withTable(ports, () => ({ putNew: async () => true }));
  if (room !== 'reconcile') return ports;
  return withStripe(ports, () => ({ openInvoices: nothing, undeliveredEvents: nothing }));
};

/** Of each card its owner is reminded, whether anything is charged to them any more or not. */
export const billingOverlooked: Sabotage = (ports) =>
  withStripe(ports, () => ({ nextBillingDate: async () => Date.UTC(2030, 0, 1) }));

/** A card is never looked at. */
export const remindersOff: Sabotage = (ports, room) =>
  room === 'remind' ? withTable(ports, () => ({ queryIndex: async () => [] })) : ports;

/** What Stripe says of a card by now is not taken for it. */
export const oldExpiryRead: Sabotage = (ports, room) =>
  room === 'remind'
    ? withStripe(ports, (stripe) => ({
        async paymentMethod(id) {
          const facts = await stripe.paymentMethod(id);
          return facts?.expMonth == null ? facts : { ...facts, expMonth: 11, expYear: 2026 };
        },
      }))
    : ports;
