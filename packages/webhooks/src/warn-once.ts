/** Shared by all copies of the package in the process: two copies must not say the same thing twice. */
const registry = Symbol.for('nango.webhooks.warned');

interface Globals {
    [registry]?: Set<string>;
    process?: { emitWarning?: (message: string, type: string) => void };
}

/** Says something once per process: as a process warning where there is one, else on the console. */
export function warnOnce(message: string, type = 'Warning'): void {
    const globals = globalThis as Globals;
    let warned = globals[registry];
    if (!warned) {
        warned = new Set();
        Object.defineProperty(globals, registry, { value: warned });
    }
    if (warned.has(message)) return;
    warned.add(message);
    if (globals.process?.emitWarning) globals.process.emitWarning(message, type);
    else console.warn(message);
}
