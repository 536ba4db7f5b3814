import type { LocalCloud } from '../../cloud/local-cloud.ts';
import type { FunctionPlan } from '../../cloud/template/read-functions.ts';
import { withoutHash } from '../../cloud/without-hash.ts';

/** `StripeWebhookFunction80F46164` is the room `stripe-webhook`: the folder under `functions/`. */
export function roomOf(functionLogicalId: string): string {
  return withoutHash(functionLogicalId)
    .replace(/Function$/, '')
    .replaceAll(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
}

/** Short names for what the template names. */
export interface Names {
  /** The room of a function, by its physical name. */
  room(functionName: string): string;
  /** A queue's logical id without CDK's letters, by its physical name. */
  queue(name: string): string;
}

export function namesOf(cloud: {
  readonly functions: () => readonly Pick<FunctionPlan, 'logicalId' | 'name'>[];
  readonly queues: () => readonly Pick<
    ReturnType<LocalCloud['queues']>[number],
    'logicalId' | 'name'
  >[];
}): Names {
  const rooms = new Map(cloud.functions().map((each) => [each.name, roomOf(each.logicalId)]));
  const queues = new Map(cloud.queues().map((each) => [each.name, withoutHash(each.logicalId)]));
  return {
    room: (name) => rooms.get(name) ?? name,
    queue: (name) => queues.get(name) ?? name,
  };
}
