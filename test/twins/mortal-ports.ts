/** The process that was running is no more; what it had not done yet it never does. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** Where a process dies: at its n-th call to the outside, before or after the call took effect. */
export interface Death {
  readonly call: number;
  readonly when: 'before' | 'after';
}

export interface Life {
  /** The same port, whose calls are counted and end where the process dies. */
  wrap<Port extends object>(port: Port): Port;
  /** How many calls to the outside were made. */
  readonly calls: () => number;
}

/**
 * Counts every call that a process makes through the ports it was given, and lets it die at one
 * of them. Nothing is listed by hand: a new call in the code is a new point of death.
 */
export function startLife(death: Death | null = null): Life {
  let calls = 0;
  let dead = false;
  const run = async (call: () => unknown): Promise<unknown> => {
    if (dead) throw new ProcessDied();
    calls += 1;
    if (death === null || calls !== death.call) return call();
    dead = true;
    if (death.when === 'after') await call();
    throw new ProcessDied();
  };
  return {
    calls: () => calls,
    wrap: (port) =>
      new Proxy(port, {
        get(target, name, receiver) {
          const value: unknown = Reflect.get(target, name, receiver);
          if (typeof value !== 'function') return value;
          return (...parameters: unknown[]) => run(() => Reflect.apply(value, target, parameters));
        },
      }),
  };
}
