/** From now on this process's clock is wrong by so many hours, wherever it is asked. */
export function runWrongBy(hours: number): void {
  if (hours === 0) return;
  const Right = Date;
  const offMs = hours * 3_600_000;
  globalThis.Date = new Proxy(Right, {
    construct: (target, args) => (args.length === 0 ? new Right(Right.now() + offMs) : Reflect.construct(target, args)),
    get: (target, key) => (key === 'now' ? () => Right.now() + offMs : Reflect.get(target, key)),
  });
}
