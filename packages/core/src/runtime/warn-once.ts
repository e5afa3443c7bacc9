import { sharedInProcess } from './shared-in-process.js';

/** Writes a warning the first time its topic comes up in this process, whichever copy of the package asks. */
export function warnOnce(topic: string, message: string): void {
    const warned = sharedInProcess('nango.warned.v1', () => new Set<string>());
    if (warned.has(topic)) return;
    warned.add(topic);
    const { process } = globalThis as { process?: { emitWarning?(message: string, type: string): void } };
    if (typeof process?.emitWarning === 'function') process.emitWarning(message, 'DeprecationWarning');
    else console.warn(message);
}
