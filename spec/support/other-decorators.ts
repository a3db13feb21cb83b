/**
 * Method decorators of somebody else, for either dialect: what frameworks and other libraries put beside ours.
 */
export type AnyFunction = (...args: never[]) => unknown;

export interface OtherDecorator {
  <Value extends AnyFunction>(value: Value, context: ClassMethodDecoratorContext): Value | undefined;
  (target: object, key: string | symbol, descriptor: PropertyDescriptor): PropertyDescriptor | undefined;
}

/** A decorator that looks at a method, and puts another in its place where `change` gives one. */
export function otherDecorator(change: (method: AnyFunction) => AnyFunction | undefined): OtherDecorator {
  return ((target: unknown, _: unknown, descriptor?: PropertyDescriptor) => {
    const value = change((descriptor === undefined ? target : descriptor.value) as AnyFunction);
    if (value === undefined || descriptor === undefined) return value;
    return { ...descriptor, value };
  }) as OtherDecorator;
}

/** Keeps the method it stands on under `name`: put lowest, the method as it was written. */
export function keeping(kept: Record<string, unknown>, name: string): OtherDecorator {
  return otherDecorator((method) => {
    kept[name] = method;
    return undefined;
  });
}

/** Wraps the method in a function that notes its calls in `log`. */
export function wrapping(log: string[], name: string): OtherDecorator {
  return otherDecorator(
    (method) =>
      function (this: unknown, ...args: unknown[]): unknown {
        log.push(name);
        return Reflect.apply(method, this, args);
      },
  );
}
