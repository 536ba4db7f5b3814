/**
 * Makes `Date` in this thread follow the movable clock. It is called before anything else loads,
 * because a module may keep `Date.now` for itself. Time spans (`performance.now`, timers) stay
 * real: a time-out is about the laptop, not about the story.
 *
 * @param sharedOffset The clock's offset in milliseconds, one 64-bit integer.
 */
export function followClock(sharedOffset: SharedArrayBuffer): void {
  const RealDate = Date;
  const offset = new BigInt64Array(sharedOffset);
  const now = () => RealDate.now() + Number(Atomics.load(offset, 0));
  const movedDate = new Proxy(RealDate, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  RealDate.prototype.constructor = movedDate;
  globalThis.Date = movedDate;
}
