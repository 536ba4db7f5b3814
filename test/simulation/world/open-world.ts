import type { Evidence, Judge } from '../evidence.ts';
import { createRandom, type Random } from '../random.ts';
import { createAgenda } from './agenda.ts';
import { type Chronicle, createChronicle } from './chronicle.ts';
import { createCoverage } from './coverage.ts';
import { startDeliveries } from './deliveries.ts';
import { createEnvironments, type Invoke } from './environments.ts';
import { startEventSources } from './event-sources.ts';
import { createFaults } from './faults.ts';
import { createHttpApi } from './http-api.ts';
import { setUpEndpoint } from './outside/set-up.ts';
import type { Plan } from './plan.ts';
import type { Sabotage } from './ports.ts';
import { Processes } from './processes.ts';
import { startReconciliations } from './reconciliations.ts';
import { startReminders } from './reminders.ts';
import { openRooms } from './rooms.ts';
import { createSimulatedMail } from './simulated-mail.ts';
import { SimulatedQueues } from './simulated-queues.ts';
import { SimulatedStripe } from './simulated-stripe.ts';
import { createSimulatedTable } from './simulated-table.ts';
import { connectStripe } from './stripe-connection.ts';
import { startSweeps } from './sweeps.ts';
import type { KnownCustomer, World } from './world.ts';

/** A Monday at noon, UTC, well after the API version that the engine speaks. */
const startAt = Date.UTC(2026, 10, 2, 12);

interface Options {
  readonly isTold?: boolean;
  readonly sabotage?: Sabotage;
}

/** A world in which nothing has happened yet but that the webhook endpoint was made. */
export function openWorld(plan: Plan, judge: Judge, { isTold = false, sabotage }: Options) {
  const services = openServices(plan, judge, isTold);
  const { stripe, processes, chronicle, coverage, agenda, faults, table, queues, mail } = services;
  const signingSecret = setUpEndpoint({ stripe });
  const randomToken = drawTokens(createRandom(`tokens ${plan.seed}`));
  const rooms = openRooms(plan, { signingSecret, randomToken });
  const invoke = openEnvironments(services, sabotage);
  const parts = { ...services, rooms, invoke, signingSecret };
  startEventSources(parts);
  startDeliveries(parts);
  startSweeps(parts);
  startReminders(parts);
  const reconciliations = startReconciliations({ ...parts, everyHours: plan.reconcileEveryHours });
  const world: World = {
    plan,
    agenda,
    random: createRandom(`outside ${plan.seed}`),
    faults,
    chronicle,
    coverage,
    stripe,
    table,
    queues,
    mail,
    api: createHttpApi({ ...parts, random: createRandom(`api ${plan.seed}`) }),
    customers: services.customers,
    reconciliations,
    people: new Map(),
    quietUntil: 0,
  };
  return { world, settle: settling(processes) };
}

type Services = ReturnType<typeof openServices>;

/** What stands outside of the functions; each draws from numbers of its own. */
function openServices(plan: Plan, judge: Judge, isTold: boolean) {
  const stream = (name: string) => createRandom(`${name} ${plan.seed}`);
  const coverage = createCoverage();
  const agenda = createAgenda(startAt, stream('ties'));
  const faults = createFaults(plan, stream('faults'), agenda, coverage);
  const customers: KnownCustomer[] = [];
  const chronicle: Chronicle = createChronicle({
    judge,
    coverage,
    isTold,
    evidence: () => evidence,
    actor: () => processes.current?.name ?? 'outside',
  });
  const { longestLatencyMs } = plan;
  const scheduler = { agenda, random: stream('scheduler'), faults, chronicle, coverage };
  const processes: Processes = new Processes({ ...scheduler, longestLatencyMs });
  const stripe = new SimulatedStripe(plan, agenda, chronicle);
  const parts = { agenda, faults, chronicle, processes, stripe, random: stream('services') };
  const table = createSimulatedTable(parts);
  const queues = new SimulatedQueues(parts);
  const mail = createSimulatedMail({ ...parts, queues });
  const evidence: Evidence = {
    mode: plan.settings.mode,
    policy: plan.settings.policy,
    businessTimeZone: plan.settings.business.timeZone,
    get now() {
      return agenda.now;
    },
    get ledger() {
      return stripe.tables;
    },
    items: table.items,
    mails: mail.mails,
    messages: queues.messages,
    customers,
    unconfirmedMails: mail.unconfirmed,
  };
  return { ...parts, coverage, customers, table, queues, mail };
}

function openEnvironments(services: Services, sabotage: Sabotage | undefined): Invoke {
  const { table, queues, mail } = services;
  return createEnvironments({
    ...services,
    sabotage,
    connect: (process, room) => ({
      table: table.connect(process),
      queues: queues.connect(process),
      stripe: connectStripe(services, process, room),
      mailer: mail.connect(process),
    }),
    onEnd: (process) => mail.ended(process, table.items),
  });
}

/** What nobody can guess in the cloud, and the seed repeats here: 256 bits as base64url. */
const drawTokens = (random: Random) => () =>
  Buffer.from(Array.from({ length: 32 }, () => random.below(256))).toString('base64url');

/** One turn of the event loop: all that a woken process does without a call is done then. */
const settling = (processes: Processes) => async (): Promise<void> => {
  while (processes.takeWoken()) await new Promise((resolve) => setImmediate(resolve));
};
