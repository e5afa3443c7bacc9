import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { settle } from './eventually.js';

/** What node:http and undici, which is behind `fetch`, report when status and headers of an answer are there. */
const channels = ['http.client.response.finish', 'undici:request:headers'];

/** Waits for the next answer of this process whose status and headers its client has received, and lets the client take notice of it. */
export async function headReceived(): Promise<void> {
    await new Promise<void>((resolve) => {
        const received = () => {
            for (const channel of channels) unsubscribe(channel, received);
            resolve();
        };
        for (const channel of channels) subscribe(channel, received);
    });
    await settle();
}
