import { nango } from './nango.js';

/** Server-sent events, one by one as they come. */
export async function* events(connectionId: string): AsyncGenerator<string> {
    const { data } = await nango.post<AsyncIterable<Uint8Array>>({
        endpoint: '/chat',
        providerConfigKey: 'assistant',
        connectionId,
        headers: { Accept: 'text/event-stream' },
        data: { stream: true },
        responseType: 'stream',
        timeout: 60_000, // to the headers, then for each silence
    });
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of data) {
        text += decoder.decode(chunk, { stream: true });
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) if (line.startsWith('data: ')) yield line.slice(6);
    }
}
