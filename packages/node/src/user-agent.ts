interface Process {
    versions?: { node?: string };
    getBuiltinModule?(name: 'os'): { platform(): string; release(): string } | undefined;
}

/**
 * A User-Agent that names this package, the operating system and the runtime. Calls of the client name no operating system:
 * Deno asks its user for permission to read it.
 *
 * @param extra added at the end, e.g. `my-app/1.0`
 * @example
 * ```ts
 * console.log(getUserAgent('my-app/1.0')); // '@x/node/1.0.0 (linux/6.1; node.js/22.12.0); my-app/1.0'
 * ```
 */
export function getUserAgent(extra?: string): string {
    const { process } = globalThis as { process?: Process };
    const os = process?.getBuiltinModule?.('os');
    const facts = [
        os ? `${word(os.platform())}/${word(os.release())}` : undefined,
        process?.versions?.node ? `node.js/${process.versions.node}` : undefined,
    ];
    return `@x/node/${__VERSION__} (${facts.filter(Boolean).join('; ') || 'fetch'})${extra ? `; ${extra}` : ''}`;
}

function word(text: string): string {
    return text.replaceAll(' ', '_');
}
