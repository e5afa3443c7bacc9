import type { LegacyOptions, NangoOptions } from '../types/options.js';
import { Client } from './client.js';

/** A class whose methods can be composed into a client. */
// biome-ignore lint/suspicious/noExplicitAny: only `any` accepts classes whatever their constructor takes
export type ResourceClass = abstract new (...args: any[]) => object;

type Intersect<T> = (T extends unknown ? (value: T) => void : never) extends (value: infer U) => void ? U : never;

/** The client that {@link compose} makes of some resource classes. */
export type Composed<T extends readonly ResourceClass[]> = {
    new (options: NangoOptions, legacy?: LegacyOptions): Client & Intersect<InstanceType<T[number]>>;
    readonly prototype: Client & Intersect<InstanceType<T[number]>>;
};

/**
 * Makes one client class of several resource classes: their methods are copied onto one prototype, so each has one
 * signature, one doc comment and one place.
 *
 * @param product names the client in the User-Agent
 * @throws {TypeError} when two classes have a method of the same name
 */
export function compose<T extends readonly ResourceClass[]>(product: string, ...resources: T): Composed<T> {
    const Nango = class Nango extends Client {
        protected static override readonly product = product;
    };
    for (const resource of resources) {
        const copied = new Set<string>();
        for (
            let proto = resource.prototype;
            proto !== Client.prototype && proto !== Object.prototype;
            proto = Object.getPrototypeOf(proto)
        ) {
            for (const name of Object.getOwnPropertyNames(proto)) {
                if (name === 'constructor' || copied.has(name)) continue;
                if (Object.hasOwn(Nango.prototype, name)) throw new TypeError(`compose: two classes have a method \`${name}\``);
                Object.defineProperty(Nango.prototype, name, Object.getOwnPropertyDescriptor(proto, name) as PropertyDescriptor);
                copied.add(name);
            }
        }
    }
    return Nango as never;
}
