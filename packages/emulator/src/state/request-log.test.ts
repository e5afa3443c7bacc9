import { expect, test } from 'vitest';
import { keepText } from '../base/kept-text.js';
import { RequestLog } from './request-log.js';

const entry = {
    at: '',
    method: 'GET',
    path: '/',
    query: '',
    status: 200,
    ms: 1,
    operation: null,
    code: null,
    fault: null,
    userAgent: null,
};

function logOf(keep: number) {
    const log = new RequestLog(keep);
    const add = (body: string | Uint8Array) => {
        const answer = log.kept(keepText(new Response(), body));
        log.add(entry, { integration: null, connection: null, headers: [], body: null, answerHeaders: [], answer });
    };
    const texts = () => log.logged().map(({ detail }) => detail.answer?.text);
    return { log, add, texts };
}

test('of a long body its beginning is kept, and how long it was', () => {
    const { log, add, texts } = logOf(4);
    add('ä'.repeat(9_999) + '€'.repeat(50_000));
    add(new TextEncoder().encode('€'.repeat(15_000)));
    add('short');
    expect(texts()).toEqual([`${'ä'.repeat(9_999)}€`, '€'.repeat(6_666).concat('\uFFFD'), 'short']);
    expect(log.logged().map(({ detail }) => detail.answer?.length)).toEqual([59_999, 45_000, 5]);
});

test('each request shows its own body, also where memory of forgotten ones is used again', () => {
    const { log, add, texts } = logOf(2);
    for (const letter of ['a', 'ü', 'b', '€', 'c']) {
        add(letter.repeat(20_000));
        expect(texts().at(-1)).toBe(letter.repeat(10_000));
    }
    expect(texts()).toEqual(['€'.repeat(10_000), 'c'.repeat(10_000)]);
    log.clear();
    add('d'.repeat(20_000));
    expect(texts()).toEqual(['d'.repeat(10_000)]);
});

test('what was never kept is nothing', () => {
    expect(new RequestLog().kept(new Response('streamed'))).toBeNull();
});
