#!/usr/bin/env node
import { runCli } from './run-cli.js';

// Who has read the first line may close the pipe: the requests' lines then go nowhere.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
});
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
