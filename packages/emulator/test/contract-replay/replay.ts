import http from 'node:http';
import { expect, test } from 'vitest';
import type { RunningEmulator } from '../../src/index.js';

/** A value, or what gives it once the rows before have run. */
type Later<T> = T | (() => T);

/** What one row sends: as the default key, unless it says otherwise. */
export interface Sent {
    method?: string;
    path: Later<string>;
    /** Sent as JSON; a string goes out as it is. */
    body?: Later<unknown>;
    headers?: Later<Record<string, string>>;
    /** null sends no Authorization header. */
    key?: Later<string | null>;
}

/** What one row waits for; what is missing is not looked at. */
export interface Expected {
    status: number;
    code?: string;
    /** `[inner code, path]` of each issue, in order. */
    issues?: [code: string, path: string[]][];
    /** Whether `error.message` is there; answers with issues never have one. */
    message?: boolean;
    /** Whether `error.payload` is there. */
    payload?: unknown;
    /** The exact keys of the body. */
    keys?: readonly string[];
    /** The exact keys at a dotted place in the body. */
    keysAt?: Record<string, readonly string[]>;
    body?: unknown;
    /** Matched partially. */
    like?: unknown;
    /** Values, patterns, or null for a header that must be missing. */
    headers?: Record<string, string | RegExp | null>;
    /** Whether the answer carries rate-limit headers. @default true */
    limited?: boolean;
    text?: RegExp | string;
}

export interface Row {
    contract: string;
    name?: string;
    request: Sent;
    expect: Expected;
    /** Runs before the request. */
    before?: () => unknown;
    /** Sees the answer. */
    after?: (answer: Answered) => unknown;
}

export interface Answered {
    status: number;
    headers: http.IncomingHttpHeaders;
    text: string;
    body: any;
}

const now = <T>(value: Later<T>): T => (typeof value === 'function' ? (value as () => T)() : value);
const agent = new http.Agent({ keepAlive: true });

/** Sends a request as raw HTTP, bodies of GET included. */
export function send(emulator: RunningEmulator, sent: Sent): Promise<Answered> {
    const body = now(sent.body);
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const key = sent.key === undefined ? emulator.apiKey : now(sent.key);
    const headers: Record<string, string> = {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
    };
    for (const [name, value] of Object.entries(now(sent.headers ?? {}))) headers[name.toLowerCase()] = value;
    return new Promise((resolve, reject) => {
        const request = http.request(
            { agent, host: '127.0.0.1', port: emulator.port, method: sent.method ?? 'GET', path: now(sent.path), headers },
            (response) => {
                const chunks: Buffer[] = [];
                response.on('data', (chunk: Buffer) => chunks.push(chunk));
                response.on('error', reject);
                response.on('end', () => {
                    const answer = Buffer.concat(chunks).toString();
                    const json = /^application\/json/.test(response.headers['content-type'] ?? '') && answer !== '';
                    resolve({
                        status: response.statusCode ?? 0,
                        headers: response.headers,
                        text: answer,
                        body: json ? JSON.parse(answer) : undefined,
                    });
                });
            },
        );
        request.on('error', reject);
        request.end(text);
    });
}

/** One test for each row, in order: later rows may stand on what earlier ones did. */
export function replay(emulator: () => RunningEmulator, rows: readonly Row[]): void {
    for (const row of rows) {
        const { method = 'GET', path } = row.request;
        const title = row.name ?? `${method} ${typeof path === 'string' ? path : '…'}`;
        test(`${row.contract} ${title} → ${row.expect.status} ${row.expect.code ?? ''}`, async () => {
            await row.before?.();
            const answer = await send(emulator(), row.request);
            check(answer, row.expect);
            await row.after?.(answer);
        });
    }
}

const limitHeaders = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

function check(answer: Answered, wanted: Expected): void {
    const { status, headers, body, text } = answer;
    expect(`${status} ${status === wanted.status ? '' : text.slice(0, 400)}`).toBe(`${wanted.status} `);
    const error = body?.error;
    if (wanted.code !== undefined) expect(error?.code).toBe(wanted.code);
    if (status >= 400 && error !== undefined) expect(Object.keys(body)).toEqual(['error']);
    if (error?.errors !== undefined) expect(Object.keys(error).sort()).toEqual(['code', 'errors']);
    if (wanted.issues) {
        const issues = error?.errors?.map((issue: { code: string; path: string[] }) => [issue.code, issue.path]);
        expect(issues).toEqual(wanted.issues);
        for (const issue of error.errors) expect(Object.keys(issue).sort()).toEqual(['code', 'message', 'path']);
    }
    if (wanted.message !== undefined) expect('message' in error).toBe(wanted.message);
    if ('payload' in wanted) expect(error.payload).toEqual(wanted.payload);
    if (wanted.keys) expect(Object.keys(body).sort()).toEqual([...wanted.keys].sort());
    for (const [place, keys] of Object.entries(wanted.keysAt ?? {})) {
        const value = place.split('.').reduce((inner, key) => inner?.[key], body);
        expect(Object.keys(value ?? {}).sort(), place).toEqual([...keys].sort());
    }
    if ('body' in wanted) expect(body).toEqual(wanted.body);
    if (wanted.like !== undefined) expect(body).toMatchObject(wanted.like as object);
    if (wanted.text !== undefined) expect(text).toMatch(wanted.text);
    for (const [name, value] of Object.entries(wanted.headers ?? {})) {
        if (value === null) expect(headers[name.toLowerCase()], name).toBeUndefined();
        else expect(headers[name.toLowerCase()], name).toMatch(value);
    }
    const { limited = true } = wanted;
    for (const name of limitHeaders) {
        if (limited) expect(headers[name], name).toMatch(/^\d+$/);
        else expect(headers[name], name).toBeUndefined();
    }
}

/** ISO dates as the contract distinguishes them. */
export const zulu = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
export const offset = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/;
export const micro = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/;
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
