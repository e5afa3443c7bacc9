import { expect, test } from 'vitest';
import { jsonResponse } from './json-response.js';
import { wholeResponse } from './whole-response.js';

test('is read as any other answer, once', async () => {
    const answer = () => jsonResponse(201, { text: 'ä' }, { 'x-own': '1' });
    const bytes = new TextEncoder().encode('{"text":"ä"}');
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
