/** Parts of addresses that have no route of a fixed length behind them. */
const beginnings = new Set(['proxy', 'v1', 'connect-ui', '_emulator']);

/**
 * Paths are matched without regard to case (contract 1): gives a path its routes' spelling, and leaves ids as they are.
 *
 * @param routes every route, in Hono's form: `/connections/:connectionId`
 */
export function canonicalPath(routes: readonly { path: string }[]): (path: string) => string {
    let patterns: string[][] | undefined;
    return (path) => {
        if (!/[A-Z]/.test(path)) return path;
        patterns ??= routes.map((route) => route.path.split('/'));
        const parts = path.split('/');
        const lower = path.toLowerCase().split('/');
        const length = parts.at(-1) === '' ? parts.length - 1 : parts.length;
        const fitting = patterns.filter(
            (pattern) =>
                pattern.length === length && pattern.every((part, index) => part.startsWith(':') || part === lower[index]),
        );
        // `/connections/metadata` is no connection.
        const [best] = fitting.sort((a, b) => parameters(a) - parameters(b));
        if (best) return parts.map((part, index) => (best[index] && !best[index].startsWith(':') ? best[index] : part)).join('/');
        const first = lower[1] ?? '';
        return beginnings.has(first) ? `/${[first, ...parts.slice(2)].join('/')}` : path;
    };
}

const parameters = (pattern: string[]) => pattern.filter((part) => part.startsWith(':')).length;
