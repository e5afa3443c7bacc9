import { expect, test } from 'vitest';
import { jsonResponse } from './json-response.js';
import { addMissingHeaders, headerPairs, wholeResponse } from './whole-response.js';

test('is read as any other answer, once', async () => {
    const answer = () => jsonResponse(201, { text: 'ä' }, { 'x-own': '1' });
    const bytes = new TextEncoder().encode('{"text":"ä"}');
    expect(answer()).toBeInstanceOf(Response);
    expect(await answer().text()).toBe('{"text":"ä"}');
    expect(await answer().json()).toEqual({ text: 'ä' });
    expect(new Uint8Array(await answer().arrayBuffer())).toEqual(bytes);
    expect((await answer().blob()).type).toContain('application/json');
    const copied = answer();
    expect([await copied.clone().text(), await copied.text()]).toEqual(['{"text":"ä"}', '{"text":"ä"}']);
    const read = answer();
    expect([read.status, read.ok, read.headers.get('x-own'), read.bodyUsed]).toEqual([201, true, '1', false]);
    await read.text();
    expect(read.bodyUsed).toBe(true);
    await expect(read.text()).rejects.toThrow();
    const rewrapped = new Response(answer().body, answer());
    expect([rewrapped.status, await rewrapped.text()]).toEqual([201, '{"text":"ä"}']);
    expect(await wholeResponse(bytes, { status: 200 }).text()).toBe('{"text":"ä"}');
});

test.each(['as they were given', 'as Headers'])(
    'headers, %s: names in any case and twice, in order, none replaced by one that was missing',
    (how) => {
        const given = { 'X-Own': '1', 'content-type': 'text/x', 'Content-Type': 'text/y', 'x-frame-options': 'DENY' };
        const answer = wholeResponse('a', { status: 200, headers: how === 'as Headers' ? new Headers(given) : given });
        addMissingHeaders(answer, { 'X-Frame-Options': 'SAMEORIGIN', Vary: 'a' });
        const expected = [
            ['content-type', 'text/x, text/y'],
            ['vary', 'a'],
            ['x-frame-options', 'DENY'],
            ['x-own', '1'],
        ];
        expect(headerPairs(answer)).toEqual(expected);
        expect([...answer.headers]).toEqual(expected);
        answer.headers.append('set-cookie', 'a=1');
        answer.headers.append('set-cookie', 'b=2');
        addMissingHeaders(answer, { Age: '1' });
        expect(headerPairs(answer)).toEqual([
            ['age', '1'],
            expected[0],
            ['set-cookie', 'a=1'],
            ['set-cookie', 'b=2'],
            ...expected.slice(1),
        ]);
        expect(headerPairs(new Response(null, { headers: answer.headers }))).toEqual(headerPairs(answer));
    },
);
