/** Tells listeners what happens, one kind of record at a time. */
export interface Feed<Records> {
  emit<Kind extends keyof Records>(kind: Kind, record: Records[Kind]): void;
  /** @returns a function that ends the listening. */
  on<Kind extends keyof Records>(kind: Kind, listener: (record: Records[Kind]) => void): () => void;
}

type Listeners<Records> = { [Kind in keyof Records]?: Set<(record: Records[Kind]) => void> };

export function createFeed<Records>(): Feed<Records> {
  const listeners: Listeners<Records> = {};
  return {
    emit(kind, record) {
      for (const listener of listeners[kind] ?? []) listener(record);
    },
    on(kind, listener) {
      const ofKind = listeners[kind] ?? new Set();
      listeners[kind] = ofKind;
      ofKind.add(listener);
      return () => ofKind.delete(listener);
    },
  };
}
