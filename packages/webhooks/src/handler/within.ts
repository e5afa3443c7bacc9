/** What a promise gives, or what `late` makes of it when it takes longer than `ms`. */
export async function within<T>(ms: number, promise: T | Promise<T>, late: () => T): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
    }).then(late);
    try {
        return await Promise.race([promise, timeout]);
    } finally {
        clearTimeout(timer);
    }
}
