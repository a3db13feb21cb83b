/**
 * Somebody else's decorator, such as one that declares a route: it leaves Reflect metadata and a property of its own on
 * the method's function. In either dialect.
 */
import 'reflect-metadata';

type Marked = ((...given: never[]) => unknown) & { tag?: string };

export function marked(target: unknown, _at: unknown, descriptor?: PropertyDescriptor): undefined {
  const method = (descriptor?.value ?? target) as Marked;
  method.tag = 'marked';
  Reflect.defineMetadata('tag', 'marked', method);
}
