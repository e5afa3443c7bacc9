import type { KeptText } from '../base/kept-text.js';
import { maskBody, maskHeader, maskValue } from '../base/mask-secrets.js';
import { maskText } from '../base/mask-text.js';
import type { EmulatorContext } from '../context.js';
import { knownSecrets } from '../state/known-secrets.js';
import { subjectOf } from './log-filter.js';

/** One request with its headers, its body and the answer, every secret masked; undefined when it is not kept any more. */
export function describeRequest(context: EmulatorContext, id: number) {
    const logged = context.requests.logged().find(({ entry }) => entry.id === id);
    if (!logged) return undefined;
    const { entry, detail } = logged;
    const known = knownSecrets(context.store);
    const headers = (pairs: [string, string][]) => pairs.map((pair) => maskHeader(pair, known));
    return {
        ...entry,
        path: maskText(entry.path, known),
        query: maskText(entry.query, known),
        integration: detail.integration,
        connection: detail.connection,
        headers: headers(detail.headers),
        body: shown(detail.body, detail.headers, known),
        answerHeaders: headers(detail.answerHeaders),
        answer: shown(detail.answer, detail.answerHeaders, known),
    };
}

function shown(kept: KeptText | null, headers: [string, string][], known: readonly string[]) {
    if (!kept) {
        const none =
            valueOfHeader(headers, 'content-type') === null &&
            valueOfHeader(headers, 'transfer-encoding') === null &&
            Number(valueOfHeader(headers, 'content-length')) === 0;
        return { text: null, note: none ? 'No body.' : 'The body was not kept: it passed by as a stream, or is no text.' };
    }
    const cut = kept.length > kept.text.length;
    return {
        text: maskBody(kept.text, valueOfHeader(headers, 'content-type'), known),
        note: cut
            ? `The first ${kept.text.length.toLocaleString('en')} of ${kept.length.toLocaleString('en')} characters.`
            : null,
    };
}

const valueOfHeader = (headers: [string, string][], wanted: string): string | null =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;

/** One delivery with its body and what the receiver said each time; undefined when it is not kept any more. */
export function describeDelivery(context: EmulatorContext, id: string) {
    const delivery = context.webhooks.deliveries().find((each) => each.id === id);
    if (!delivery) return undefined;
    const known = knownSecrets(context.store);
    return {
        ...delivery,
        ...subjectOf(delivery),
        url: maskText(delivery.url, known),
        body: maskText(JSON.stringify(maskValue(delivery.body), null, 2), known),
        attempts: delivery.attempts.map((attempt) => ({
            ...attempt,
            ...(attempt.error !== undefined && { error: maskText(attempt.error, known) }),
            ...(attempt.answer !== undefined && { answer: maskBody(attempt.answer, null, known) }),
        })),
    };
}
