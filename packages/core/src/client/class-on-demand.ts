import { loadOnce } from '../runtime/load-once.js';
import { Client } from './client.js';
import type { ResourceClass } from './compose.js';

// biome-ignore lint/suspicious/noExplicitAny: methods of any arguments
type Method = (...args: any[]) => any;

/** The methods of a class, each with what it returns: a promise, or a list in pages. */
type MethodsOf<C extends ResourceClass> = {
    [Name in Exclude<keyof InstanceType<C>, keyof Client>]: InstanceType<C>[Name] extends (
        // biome-ignore lint/suspicious/noExplicitAny: see above
        ...args: any[]
    ) => PromiseLike<unknown>
        ? 'promise'
        : 'pages';
};

/**
 * A class that stands for one that is loaded when one of its methods is first called: what an application never calls, it never loads.
 * Where the class is there at once, nothing of this is needed.
 *
 * @param product names the client in the User-Agent
 * @param load imports the module that exports the class under `name`
 */
export function classOnDemand<Name extends string, Module extends Record<Name, ResourceClass>>(
    product: string,
    load: () => Promise<Module>,
    name: Name,
    methods: MethodsOf<Module[Name]>,
): Module[Name] {
    const Standin = class extends Client {
        protected static override readonly product = product;
    };
    Object.defineProperty(Standin, 'name', { value: name });
    let loaded: Record<string, Method> | undefined;
    const ready = loadOnce(async () => {
        loaded = (await load())[name].prototype as Record<string, Method>;
        return loaded;
    });
    for (const [method, answer] of Object.entries(methods)) {
        const standins: Record<string, Method> = {
            [method](this: object, ...args) {
                if (loaded) return loaded[method]?.apply(this, args);
                const called = () => ready().then((real) => real[method]?.apply(this, args));
                return answer === 'promise' ? called() : pagesOf(called);
            },
        };
        Object.defineProperty(Standin.prototype, method, { value: standins[method], writable: true, configurable: true });
    }
    return Standin as never;
}

/** As {@link pagedIterable} returns it: nothing is read, nor loaded, before the first step. */
function pagesOf(list: () => Promise<AsyncIterable<unknown> & { pages(): AsyncIterable<unknown> }>) {
    return {
        async *pages() {
            yield* (await list()).pages();
        },
        async *[Symbol.asyncIterator]() {
            yield* await list();
        },
    };
}
