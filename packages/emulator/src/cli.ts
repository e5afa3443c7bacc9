#!/usr/bin/env node
import { runCli } from './run-cli.js';

const emulator = await runCli(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => {
        process.stderr.write(text);
        process.exitCode = 1;
    },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void emulator?.close().then(() => process.exit(0)));
}
