import type { BuildAppOptions } from 'fauxqs';
import { queueActions } from './queue-actions.ts';

// fauxqs' own `startFauxqs` listens on every interface, and its `buildApp` loads a web server, SNS
// and S3, which is most of a local cloud's start; so the store, the actions and the persistence
// are taken from the files beside the package's entry, and no port is involved.

type Stores = NonNullable<BuildAppOptions['stores']>;
export type Store = Stores['sqsStore'];
export type Queue = NonNullable<ReturnType<Store['getQueueByName']>>;
export type Message = Queue['messages'][number];
type Persistence = NonNullable<Store['persistence']>;

/** The emulator of the queues, in this thread. */
export interface Fauxqs {
  readonly store: Store;
  /** What a queue has where nothing else is said. */
  readonly defaultAttributes: Queue['attributes'];
  /** One request of SQS's JSON protocol; the action is one of `queueActions`. */
  call(action: string, body: string): Promise<{ readonly status: number; readonly body: string }>;
  createMessage(
    body: string,
    messageAttributes: Message['messageAttributes'],
    delaySeconds?: number,
  ): Message;
  /** @throws Error when there is no such queue. */
  queueOf(name: string): Queue;
  stop(): void;
}

/**
 * Loads fauxqs, which reads `Date.now`: the thread's clock must have been moved before.
 *
 * @param dataDirectory What the last run kept there is loaded; without it nothing is kept.
 */
export async function openFauxqs(dataDirectory: string | undefined): Promise<Fauxqs> {
  const beside = (file: string) => import(new URL(file, import.meta.resolve('fauxqs')).href);
  // These modules have no public types; the store's type is the one that buildApp takes.
  const { SqsStore } = (await beside('./sqs/sqsStore.js')) as {
    SqsStore: { new (): Store; createMessage: Fauxqs['createMessage'] };
  };
  const { DEFAULT_QUEUE_ATTRIBUTES, INVALID_MESSAGE_BODY_CHAR } = (await beside(
    './sqs/sqsTypes.js',
  )) as {
    DEFAULT_QUEUE_ATTRIBUTES: Queue['attributes'];
    INVALID_MESSAGE_BODY_CHAR: RegExp;
  };
  // fauxqs refuses the characters beyond U+FFFF, which SQS takes. The bodies were looked at
  // before (refuse-queue-request.ts), so its own look finds nothing any more.
  INVALID_MESSAGE_BODY_CHAR.test = () => false;
  const store = new SqsStore();
  let persistence: Persistence | undefined;
  if (dataDirectory !== undefined) {
    const { PersistenceManager } = (await beside('./persistence.js')) as {
      PersistenceManager: new (directory: string) => Persistence;
    };
    const { SnsStore } = (await beside('./sns/snsStore.js')) as {
      SnsStore: new () => Stores['snsStore'];
    };
    persistence = new PersistenceManager(dataDirectory);
    // What the last run kept is loaded before anything is written.
    persistence.loadSqsAndSns(store, new SnsStore());
    store.persistence = persistence;
    for (const queue of store.allQueues()) queue.persistence = persistence;
  }
  const router = await openRouter(store, beside);
  return {
    store,
    defaultAttributes: DEFAULT_QUEUE_ATTRIBUTES,
    createMessage: (...message) => SqsStore.createMessage(...message),
    call: (action, body) => callRouter(router, action, body),
    queueOf(name) {
      const queue = store.getQueueByName(name);
      if (queue === undefined) throw new Error(`There is no queue "${name}".`);
      return queue;
    },
    stop() {
      store.shutdown();
      persistence?.close();
    },
  };
}

/** What of fauxqs answers SQS's JSON protocol: it takes a web server's request and reply. */
interface Router {
  register(action: string, handler: unknown): void;
  handle(
    request: { readonly headers: Readonly<Record<string, string>>; readonly body: object },
    reply: { status(code: number): void; header(name: string, value: string): void },
  ): Promise<unknown>;
}

async function openRouter(
  store: Store,
  beside: (file: string) => Promise<unknown>,
): Promise<Router> {
  // These modules have no public types; `Router` is what is used of them.
  const { SqsRouter } = (await beside('./sqs/sqsRouter.js')) as {
    SqsRouter: new (store: Store) => Router;
  };
  const router = new SqsRouter(store);
  for (const action of queueActions) {
    // Each action has a file of its name, which exports a function of its name.
    const name = action.charAt(0).toLowerCase() + action.slice(1);
    const module = (await beside(`./sqs/actions/${name}.js`)) as Record<string, unknown>;
    router.register(action, module[name]);
  }
  return router;
}

async function callRouter(
  router: Router,
  action: string,
  body: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const parsed = jsonObjectOf(body);
  if (parsed === undefined) {
    const answer = { __type: 'com.amazon.coral.service#SerializationException' };
    return { status: 400, body: JSON.stringify(answer) };
  }
  let status = 200;
  const reply = {
    status(code: number) {
      status = code;
    },
    header() {},
  };
  const headers = { 'x-amz-target': `AmazonSQS.${action}` };
  const answer = await router.handle({ headers, body: parsed }, reply);
  return { status, body: answer === undefined ? '' : JSON.stringify(answer) };
}

function jsonObjectOf(text: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    // Not JSON at all.
    return undefined;
  }
}
