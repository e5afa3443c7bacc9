import { ConfigError, readConfig } from './config.js';
import { createLog } from './log.js';
import { startHub } from './start-hub.js';

/** `pnpm start`: one process of the app, as the environment says. */
try {
    const config = readConfig(process.env);
    const log = createLog(config.logLevel);
    const hub = await startHub(config, log);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
            log.info({ signal }, 'stopping');
            // What takes longer is begun again by another process.
            setTimeout(() => process.exit(1), 20_000).unref();
            void hub.close().then(() => process.exit(0));
        });
    }
} catch (error) {
    console.error(error instanceof ConfigError ? `Set these variables (the README has them all):\n${error.message}` : error);
    process.exit(1);
}
