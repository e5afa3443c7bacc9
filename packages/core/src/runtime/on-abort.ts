interface Shared {
    readonly listeners: Set<() => void>;
    readonly fire: () => void;
}

const shared = new WeakMap<AbortSignal, Shared>();

/**
 * Calls `listener` when the signal is aborted. All that wait for one signal share one listener of the signal's: Node warns of a leak at the
 * eleventh, and eleven calls with one signal are none.
 *
 * @returns takes it back; safe to call twice
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
    const { listeners, fire } = shared.get(signal) ?? begin(signal);
    // Its own function, so that a listener given twice counts twice.
    const own = () => listener();
    listeners.add(own);
    return () => {
        listeners.delete(own);
        if (listeners.size > 0 || shared.get(signal)?.listeners !== listeners) return;
        shared.delete(signal);
        signal.removeEventListener('abort', fire);
    };
}

function begin(signal: AbortSignal): Shared {
    const listeners = new Set<() => void>();
    const fire = () => {
        shared.delete(signal);
        signal.removeEventListener('abort', fire);
        for (const listener of [...listeners]) listener();
    };
    const entry = { listeners, fire };
    shared.set(signal, entry);
    signal.addEventListener('abort', fire);
    return entry;
}
