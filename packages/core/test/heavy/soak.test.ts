import { test } from 'vitest';
import { expectClean } from '../support/expect-clean.js';

test.runIf(process.env.HEAVY)(
    '20,000 mixed calls over both transports leave no descriptor, timer or listener behind',
    { timeout: 900_000 },
    async () => {
        await expectClean(20_000);
    },
);
