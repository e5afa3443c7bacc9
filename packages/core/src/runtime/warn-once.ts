const warned = Symbol.for('nango.warned.v1');

/** Writes a warning the first time its topic comes up in this process, whichever copy of the package asks. */
export function warnOnce(topic: string, message: string): void {
    const registry = globalThis as { [warned]?: Set<string> };
    registry[warned] ??= new Set();
    if (registry[warned].has(topic)) return;
    registry[warned].add(topic);
    const { process } = globalThis as { process?: { emitWarning?(message: string, type: string): void } };
    if (typeof process?.emitWarning === 'function') process.emitWarning(message, 'DeprecationWarning');
    else console.warn(message);
}
