/** Loads a module when it is first needed. A failure is not kept, e.g. of too many open files: whoever needs it next tries again. */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
    let loading: Promise<T> | undefined;
    return () => {
        loading ??= load().catch((error) => {
            loading = undefined;
            throw error;
        });
        return loading;
    };
}
