/**
 * A value that every copy of this package in a process finds (ESM and CJS, or two versions), made when it is first asked for. Its
 * shape is fixed for as long as its name is: another shape takes another name.
 */
export function sharedInProcess<T extends object>(name: string, create: () => T): T {
    const holder = globalThis as { [key: symbol]: T | undefined };
    const key = Symbol.for(name);
    holder[key] ??= create();
    return holder[key];
}
