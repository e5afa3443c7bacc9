// Those of the real clock, whatever a test fakes later. `expect.poll` and `vi.waitFor` move a fake clock on while they look.
const { setTimeout, setImmediate } = globalThis;
const now = () => Number(process.hrtime.bigint() / 1_000_000n);
const limit = 120_000;

/**
 * Looks again and again until the check neither throws nor rejects. Moves no fake clock.
 *
 * @throws what the check threw last, after two minutes
 */
export async function eventually(check: () => unknown): Promise<void> {
    for (const end = now() + limit; ; ) {
        try {
            await check();
            return;
        } catch (error) {
            if (now() > end) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 2));
        await new Promise((resolve) => setImmediate(resolve));
    }
}

/** Lets all that is ready happen: for what must not come. Where it has not come by then, a test that it would fail passes. */
export async function settle(turns = 30): Promise<void> {
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}
