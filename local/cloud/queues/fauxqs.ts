import type { BuildAppOptions } from 'fauxqs';

// fauxqs' own `startFauxqs` listens on every interface, and its `buildApp` keeps its store to
// itself; so the store and the persistence are taken from the files beside the package's entry,
// and the HTTP face is spoken to without any port.

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
  /** One request of SQS's JSON protocol. */
  call(target: string, body: string): Promise<{ readonly status: number; readonly body: string }>;
  createMessage(
    body: string,
    messageAttributes: Message['messageAttributes'],
    delaySeconds?: number,
  ): Message;
  /** @throws Error when there is no such queue. */
  queueOf(name: string): Queue;
  stop(): Promise<void>;
}

/**
 * Loads fauxqs, which reads `Date.now`: the thread's clock must have been moved before.
 *
 * @param dataDirectory What the last run kept there is loaded; without it nothing is kept.
 */
export async function openFauxqs(dataDirectory: string | undefined): Promise<Fauxqs> {
  const { buildApp } = await import('fauxqs');
  const beside = (file: string) => import(new URL(file, import.meta.resolve('fauxqs')).href);
  // These modules have no public types; the store's type is the one that buildApp takes.
  const { SqsStore } = (await beside('./sqs/sqsStore.js')) as {
    SqsStore: { new (): Store; createMessage: Fauxqs['createMessage'] };
  };
  const { SnsStore } = (await beside('./sns/snsStore.js')) as {
    SnsStore: new () => Stores['snsStore'];
  };
  const { S3Store } = (await beside('./s3/s3Store.js')) as { S3Store: new () => Stores['s3Store'] };
  const { DEFAULT_QUEUE_ATTRIBUTES, INVALID_MESSAGE_BODY_CHAR } = (await beside(
    './sqs/sqsTypes.js',
  )) as {
    DEFAULT_QUEUE_ATTRIBUTES: Queue['attributes'];
    INVALID_MESSAGE_BODY_CHAR: RegExp;
  };
  // fauxqs refuses the characters beyond U+FFFF, which SQS takes. The bodies were looked at
  // before (refuse-queue-request.ts), so its own look finds nothing any more.
  INVALID_MESSAGE_BODY_CHAR.test = () => false;
  const stores: Stores = {
    sqsStore: new SqsStore(),
    snsStore: new SnsStore(),
    s3Store: new S3Store(),
  };
  const store = stores.sqsStore;
  let persistence: Persistence | undefined;
  if (dataDirectory !== undefined) {
    const { PersistenceManager } = (await beside('./persistence.js')) as {
      PersistenceManager: new (directory: string) => Persistence;
    };
    persistence = new PersistenceManager(dataDirectory);
    // What the last run kept is loaded before anything is written.
    persistence.loadSqsAndSns(store, stores.snsStore);
    store.persistence = persistence;
    for (const queue of store.allQueues()) queue.persistence = persistence;
  }
  const app = buildApp({ logger: false, stores });
  return {
    store,
    defaultAttributes: DEFAULT_QUEUE_ATTRIBUTES,
    createMessage: (...message) => SqsStore.createMessage(...message),
    async call(target, body) {
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
      const response = await app.inject({ method: 'POST', url: '/', headers, payload: body });
      return { status: response.statusCode, body: response.body };
    },
    queueOf(name) {
      const queue = store.getQueueByName(name);
      if (queue === undefined) throw new Error(`There is no queue "${name}".`);
      return queue;
    },
    async stop() {
      store.shutdown();
      await app.close();
      persistence?.close();
    },
  };
}
