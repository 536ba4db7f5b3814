import type { Random } from './random.ts';

/** The process ends here: whoever ran it sees no answer, and the message comes again. */
export class Died extends Error {
  override readonly name = 'Died';
}

export interface Deaths {
  /** How likely each call of a port is to be the last, 0 to 1. */
  probability: number;
  count: number;
}

/**
 * The port with deaths: at any call the process may end before it takes effect, or after it
 * took effect and before the answer is seen. Like a dead process it then does nothing more.
 */
export function dying<Port extends object>(port: Port, deaths: Deaths, random: Random): Port {
  let isDead = false;
  const end = (): never => {
    isDead = true;
    deaths.count += 1;
    throw new Died('The process died.');
  };
  return new Proxy(port, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        if (isDead || random.chance(deaths.probability / 2)) end();
        const answer: unknown = await method.apply(target, args);
        if (isDead || random.chance(deaths.probability / 2)) end();
        return answer;
      };
    },
  });
}
