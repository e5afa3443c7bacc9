declare const gc: (() => void) | undefined;

/**
 * Watches how much memory the process takes beyond what it has now.
 *
 * @returns a function that stops, and gives the most that was seen, in MiB
 */
export function watchMemory(): () => number {
    gc?.();
    const before = process.memoryUsage.rss();
    let most = 0;
    const look = () => {
        most = Math.max(most, process.memoryUsage.rss() - before);
    };
    const timer = setInterval(look, 20);
    return () => {
        look();
        clearInterval(timer);
        return most / 1024 / 1024;
    };
}
