import { NangoApiError, NangoProviderError } from '@x/node';
import { nango } from './nango.js';

interface Order {
    sku: string;
    amount: number;
}

export async function order(connectionId: string, input: Order): Promise<string> {
    try {
        const { id } = await nango.triggerAction<Order, { id: string }>('shop', connectionId, 'order', input);
        return `ordered: ${id}`;
    } catch (error) {
        // A request that the action made was refused: what the provider answered.
        if (error instanceof NangoProviderError && error.upstream) return `the shop answered ${error.upstream.status}`;
        // The action's author threw an ActionError: its data.
        if (error instanceof NangoApiError && error.code === 'action_script_runtime_error') {
            return `refused: ${(error.payload as { reason: string }).reason}`;
        }
        throw error;
    }
}
