import type { Cancel } from '../clock.ts';

/** A set of listeners. */
export interface Feed<T> {
  add(listener: (item: T) => void): Cancel;
  tell(item: T): void;
}

export function createFeed<T>(): Feed<T> {
  const listeners = new Set<(item: T) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(item) {
      for (const listener of listeners) listener(item);
    },
  };
}
