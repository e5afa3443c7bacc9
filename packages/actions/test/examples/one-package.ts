import { Actions } from '@x/actions';

const actions = new Actions({ apiKey: process.env.NANGO_API_KEY, host: process.env.NANGO_HOST });

export async function importOrdersAlone(connectionId: string): Promise<{ imported: number }> {
    const queued = await actions.triggerActionAsync('shop', connectionId, 'import-orders');
    return actions.waitForActionResult<{ imported: number }>(queued, { interval: 500, timeout: 60_000 });
}
