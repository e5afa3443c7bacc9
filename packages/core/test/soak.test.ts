import { test } from 'vitest';
import { expectClean } from './support/expect-clean.js';

// 20,000 of them: heavy/soak.test.ts.
test('a thousand mixed calls over both transports leave no descriptor, timer or listener behind', async () => {
    await expectClean(1_000);
});
