import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { MovableClock } from '../clock.ts';
import { type Activity, createActivity } from './activity.ts';
import { claimDataFolder } from './data-folder.ts';
import { createEventBus } from './events/event-bus.ts';
import { createEventService } from './events/event-service.ts';
import { createFeed, type Feed } from './feed.ts';
import { createFunctionPool, type FunctionPool } from './functions/function-pool.ts';
import { createGateway, type GatewayParts } from './functions/gateway.ts';
import { invokeAsynchronously } from './functions/invoke-asynchronously.ts';
import { type ApiAccess, createApiAccess } from './http/api-access.ts';
import { startHttpApi } from './http/http-api.ts';
import type { Listener } from './http/loopback.ts';
import { createLocalCloud, type LocalCloud } from './local-cloud.ts';
import { startMailService } from './mail/mail-service.ts';
import { senderIdentity } from './mail/sender-identity.ts';
import { startPage } from './page/start-page.ts';
import { type AcceptedTimes, acceptTimes } from './permissions/accepted-times.ts';
import { type Authority, createAuthority } from './permissions/authority.ts';
import { functionCredentials } from './permissions/function-credentials.ts';
import { knowUser, type LocalUser, operator } from './permissions/local-user.ts';
import { functionPrincipal } from './permissions/principal.ts';
import { createRequestGuard, type RequestGuard } from './permissions/request-guard.ts';
import { type QueueService, startQueueService } from './queues/queue-service.ts';
import type { CloudRecords, Part } from './records.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import type { Interception, RunningCloud } from './running-cloud.ts';
import { createSecretService } from './secrets/secret-service.ts';
import { startTableService } from './tables/table-service.ts';
import { type CloudPlan, planCloud } from './template/plan.ts';
import { Stack } from './template/stack.ts';
import { readAssembly } from './template/template.ts';
import { throttled } from './throttling.ts';
import { createTroubleMaker, type TroubleMaker } from './troubles.ts';
import { withoutHash } from './without-hash.ts';

export interface LocalCloudOptions {
  /** Where `cdk synth` wrote the stack. */
  readonly assemblyDirectory: string;
  readonly stackName: string;
  readonly clock: MovableClock;
  /** Values of secrets by their name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Addresses and domains that SES lets stand in From. */
  readonly verifiedSenders: readonly string[];
  /** Where requests to other services go. With `stripe`, each function gets `STRIPE_API_BASE`. */
  readonly outside?: { readonly stripe?: string };
  /** Environment variables for every function; they win over the template's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Folder that keeps tables, queues and mails between runs; by default nothing is kept. */
  readonly dataDirectory?: string;
  /** Of the template's first HTTP API; by default any free port. */
  readonly apiPort?: number;
  /** Of its other HTTP APIs, by their logical ids without CDK's letters. */
  readonly otherApiPorts?: Readonly<Record<string, number>>;
  /** Of the template's first distribution of CloudFront; by default any free port. */
  readonly pagePort?: number;
  /**
   * What stands in for origins of the internet, in the page's documents and headers: a page that
   * names them asks this machine instead.
   */
  readonly standIns?: Readonly<Record<string, string>>;
  /** By default any free port. */
  readonly inboxPort?: number;
  /** Users of the local account, who may call IAM routes with their keys. */
  readonly users?: readonly LocalUser[];
  /** Parts that do not answer from the start on. */
  readonly stopped?: readonly Part[];
}

/**
 * Runs a synthesized stack on this machine: no AWS account, no network, no container.
 *
 * @throws TemplateError for what it cannot run, and PortInUseError.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const assembly = await readAssembly(options.assemblyDirectory, options.stackName);
  const stack = new Stack(assembly.template, options.stackName);
  const plan = planCloud(stack, assembly.assetFolders);
  // What has started is ended again, in reverse order, when a later part cannot start.
  const endings: (() => Promise<void> | void)[] = [];
  try {
    return createLocalCloud(await startParts(plan, options, endings), endings);
  } catch (error) {
    for (const end of endings.reverse()) await end();
    throw error;
  }
}

/** What the parts share with each other. */
interface Shared {
  readonly plan: CloudPlan;
  readonly options: LocalCloudOptions;
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly feed: Feed<CloudRecords>;
  readonly stopped: Set<Part>;
  readonly pools: Map<string, FunctionPool>;
  readonly apis: Map<string, Listener>;
  readonly pages: Map<string, Listener>;
  readonly authority: Authority;
  readonly times: AcceptedTimes;
  /** Registers a part's end as soon as it runs, whether or not the others come up. */
  ends<One extends Ending>(one: One): One;
}

interface Ending {
  stop(): Promise<void> | void;
}

async function startParts(
  plan: CloudPlan,
  options: LocalCloudOptions,
  endings: (() => Promise<void> | void)[],
): Promise<RunningCloud> {
  const shared: Shared = {
    plan,
    options,
    clock: options.clock,
    activity: createActivity(),
    feed: createFeed<CloudRecords>(),
    stopped: new Set(options.stopped),
    pools: new Map(),
    apis: new Map(),
    pages: new Map(),
    authority: createAuthority(plan.resourcePolicies),
    times: acceptTimes(options.clock),
    ends(one) {
      endings.push(() => one.stop());
      return one;
    },
  };
  shared.ends(shared.times);
  const { dataDirectory } = options;
  if (dataDirectory !== undefined) shared.ends(await claimDataFolder(dataDirectory));
  const services = await startServices(shared);
  const requests = createRequestLog();
  const troubleMaker = createTroubleMaker();
  const interception: Interception = {};
  openPools(shared, services, { requests, interception, troubleMaker });
  const operator = shared.ends(await openOperatorAccess(shared, services));
  await startApis(shared);
  await startPages(shared, services);
  return {
    ...shared,
    ...services,
    requests,
    interception,
    troubleMaker,
    operatorUrl: operator.url,
  };
}

type Services = Pick<RunningCloud, 'tables' | 'queues' | 'secrets' | 'mail' | 'bus'>;

async function startServices(shared: Shared): Promise<Services> {
  const { plan, options, clock, activity, feed, stopped, pools, authority, ends } = shared;
  const folder = (name: string) =>
    options.dataDirectory === undefined ? {} : { dataDirectory: join(options.dataDirectory, name) };
  const send: QueueService['send'] = (...message) => queues.send(...message);
  const bus = ends(
    createEventBus(plan.rules, {
      clock,
      activity,
      stopped,
      send,
      invoke: (logicalId, event, trigger) =>
        invokeAsynchronously(poolOf(pools, logicalId), event, trigger, { clock, activity, send }),
      tell: (record) => feed.emit('event', record),
      mayDeliver: (sourceArn, action, targetArn) =>
        authority.letsService({ service: 'events.amazonaws.com', sourceArn }, action, targetArn),
      tellDenied: (record) => feed.emit('denied', record),
    }),
  );
  const [queues, mail, tables] = await allOrError([
    startQueueService(plan.queues, {
      clock,
      activity,
      ...folder('queues'),
      tell: (record) => feed.emit('message', record),
    }).then(ends),
    startMailService({
      clock,
      configurationSets: plan.configurationSets,
      verifiedSenders: options.verifiedSenders,
      ...folder('mails'),
      inboxPort: options.inboxPort ?? 0,
      bus,
      tell: (record) => feed.emit('mail', record),
    }).then(ends),
    startTableService(plan.tables, folder('tables').dataDirectory).then(ends),
  ]);
  const secrets = createSecretService(plan.secrets, options.secrets, clock);
  return { tables, queues, secrets, mail, bus };
}

interface FunctionParts {
  readonly requests: RequestLog;
  readonly interception: Interception;
  readonly troubleMaker: TroubleMaker;
}

/** One pool for each function, all behind one gateway. */
function openPools(
  shared: Shared,
  services: Services,
  { requests, interception, troubleMaker }: FunctionParts,
): void {
  const { plan, options, clock, activity, feed, stopped, pools, apis, ends } = shared;
  const pageAt = (value: string) => plan.pages.find(({ origins }) => origins.includes(value));
  const gateway = createGateway({
    clock,
    activity,
    guard: guardOf(shared, services, shared.times.forFunctions),
    services: throttled(bySigningName(services), troubleMaker),
    outside: options.outside ?? {},
    stopped,
    judge: (request) => interception.judge?.(request) ?? 'pass',
    record(request) {
      feed.emit('request', requests.add(request));
    },
  });
  const seed = randomBytes(32);
  for (const functionPlan of plan.functions) {
    const pool = createFunctionPool(functionPlan, {
      clock,
      activity,
      gateway,
      known: {
        credentials: functionCredentials(seed, functionPlan.logicalId),
        principal: functionPrincipal(functionPlan.role, functionPlan.name),
      },
      coldStarts: () => troubleMaker.troubles().coldStarts,
      variables: options.environment ?? {},
      apiUrl: (logicalId) => urlOf(apis, logicalId),
      atHome(value) {
        const page = pageAt(value);
        return page === undefined ? value : urlOf(shared.pages, page.logicalId);
      },
      log: (record) => feed.emit('log', record),
      tell: (record) => feed.emit('invocation', record),
    });
    pools.set(functionPlan.logicalId, ends(pool));
  }
}

async function startApis(shared: Shared): Promise<void> {
  const { plan, options, clock, activity, pools, apis, ends } = shared;
  const access = accessOf(shared);
  for (const [index, api] of plan.apis.entries()) {
    const { [withoutHash(api.logicalId)]: other } = options.otherApiPorts ?? {};
    const port = (index === 0 ? options.apiPort : other) ?? 0;
    const parts = {
      clock,
      activity,
      access,
      poolOf: (logicalId: string) => poolOf(pools, logicalId),
      isPage: (origin: string | undefined) =>
        [...shared.pages.values()].some(({ url }) => url === origin),
    };
    const listener = await startHttpApi(api, port, parts);
    ends({ stop: () => listener.close() });
    apis.set(api.logicalId, listener);
  }
}

/** The distributions come after the APIs, to which they pass requests on. */
async function startPages(shared: Shared, { secrets }: Services): Promise<void> {
  const { plan, options, activity, apis, pages, ends } = shared;
  for (const [index, page] of plan.pages.entries()) {
    const listener = await startPage(page, (index === 0 ? options.pagePort : undefined) ?? 0, {
      activity,
      standIns: options.standIns ?? {},
      apiUrl: (logicalId) => urlOf(apis, logicalId),
      secretValue: (arn) => secrets.valueOf(arn),
    });
    ends({ stop: () => listener.close() });
    pages.set(page.logicalId, listener);
  }
}

/** A function's links name what listens by the time at which anything calls the function. */
function urlOf(listeners: ReadonlyMap<string, Listener>, logicalId: string): string {
  const listener = listeners.get(logicalId);
  if (listener === undefined) throw new Error(`${logicalId} does not listen yet.`);
  return listener.url;
}

/** Checks requests against the policies; whoever asks, names mean the same. */
function guardOf(
  { authority, options }: Shared,
  { secrets }: Services,
  times: () => readonly number[],
): RequestGuard {
  return createRequestGuard({
    authority,
    times,
    directory: {
      secretArn: (id) => secrets.arnOf(id),
      senderIdentity: (address) => senderIdentity(options.verifiedSenders, address),
    },
  });
}

function accessOf({ plan, authority, options, clock, feed, times }: Shared): ApiAccess {
  const users = (options.users ?? []).map((user) => knowUser(user, plan.managedPolicies));
  return createApiAccess({
    authority,
    users: new Map(users.map((user) => [user.credentials.accessKeyId, user])),
    times: times.forUsers,
    tellDenied: (record) => feed.emit('denied', { ...record, at: clock.now() }),
  });
}

/** The services by their names in a signature's scope. */
const bySigningName = ({
  tables,
  queues,
  secrets,
  mail,
  bus,
}: Services): GatewayParts['services'] => ({
  dynamodb: tables,
  events: createEventService(bus),
  sqs: queues,
  ses: mail,
  secretsmanager: secrets,
});

/** A person's own way to the services: no part of it is stopped, judged or recorded. */
async function openOperatorAccess(
  shared: Shared,
  services: Services,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { clock, activity, times } = shared;
  const gateway = createGateway({
    clock,
    activity,
    guard: guardOf(shared, services, times.forUsers),
    services: bySigningName(services),
    outside: {},
    stopped: new Set(),
    judge: () => 'pass',
    record: () => undefined,
  });
  const entrance = await gateway.open({
    functionLogicalId: 'operator',
    functionName: 'operator',
    known: knowUser(operator),
    currentRequest: () => undefined,
    kill: async () => undefined,
  });
  return { url: entrance.url, stop: () => entrance.close() };
}

/** Waits for all, so that none is still starting when the first error is thrown. */
async function allOrError<Values extends readonly unknown[]>(
  promises: {
    readonly [Index in keyof Values]: Promise<Values[Index]>;
  },
): Promise<Values> {
  await Promise.allSettled(promises);
  // The mapped tuple type of Promise.all is the one of the parameter, read the other way round.
  return (await Promise.all(promises)) as unknown as Values;
}

function poolOf(pools: ReadonlyMap<string, FunctionPool>, logicalId: string): FunctionPool {
  const pool = pools.get(logicalId);
  if (pool === undefined) throw new Error(`There is no function "${logicalId}".`);
  return pool;
}
