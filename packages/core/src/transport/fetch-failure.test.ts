import { expect, test } from 'vitest';
import { classifyFetchFailure } from './fetch-failure.js';

const system = (message: string, more: object = {}) => Object.assign(new Error(message), more);
const failed = (cause: unknown) => new TypeError('fetch failed', { cause });

test.each<[string, unknown, 'not-sent' | 'maybe-sent', string | undefined, string]>([
    [
        'Node: nobody listens',
        failed(system('connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED', syscall: 'connect' })),
        'not-sent',
        'ECONNREFUSED',
        'connect ECONNREFUSED 127.0.0.1:1',
    ],
    [
        'Node: every address of a name refused',
        failed(
            Object.assign(new AggregateError([system('connect ETIMEDOUT', { code: 'ETIMEDOUT', syscall: 'connect' })]), {
                code: 'ETIMEDOUT',
            }),
        ),
        'not-sent',
        'ETIMEDOUT',
        'connect ETIMEDOUT',
    ],
    [
        'Node: a reset',
        failed(system('read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' })),
        'maybe-sent',
        'ECONNRESET',
        'read ECONNRESET',
    ],
    [
        'Node: a timeout before a connection',
        failed(system('Connect Timeout Error', { code: 'UND_ERR_CONNECT_TIMEOUT' })),
        'not-sent',
        'UND_ERR_CONNECT_TIMEOUT',
        'Connect Timeout Error',
    ],
    [
        'Bun: nobody listens',
        system('Unable to connect', { code: 'ConnectionRefused' }),
        'not-sent',
        'ConnectionRefused',
        'Unable to connect',
    ],
    [
        'Deno: nobody listens; its own words hold the URL',
        new TypeError('error sending request for url (http://127.0.0.1:1/connections/secret)', {
            cause: new Error('tcp connect error: Connection refused (os error 111)'),
        }),
        'not-sent',
        'ECONNREFUSED',
        'tcp connect error: Connection refused (os error 111)',
    ],
    [
        'Deno: a reset',
        new TypeError('Connection reset by peer (os error 104)'),
        'maybe-sent',
        'ECONNRESET',
        'Connection reset by peer (os error 104)',
    ],
    ['workerd: anything', new Error('Network connection lost.'), 'maybe-sent', undefined, 'Network connection lost.'],
    [
        'undici: a proxy that lets nothing pass',
        failed(new Error('Proxy response (403) !== 200 when HTTP Tunneling')),
        'not-sent',
        'EPROXY',
        'Proxy response (403) !== 200 when HTTP Tunneling',
    ],
    [
        'undici: a proxy that reaches nobody',
        failed(system('Proxy response (502) !== 200 when HTTP Tunneling', { code: 'UND_ERR_ABORTED' })),
        'not-sent',
        'EPROXY_GATEWAY',
        'Proxy response (502) !== 200 when HTTP Tunneling',
    ],
    [
        'words about a proxy that are none of undici',
        new Error('No Proxy response (403)'),
        'maybe-sent',
        undefined,
        'No Proxy response (403)',
    ],
    [
        'a refused certificate',
        failed(system('self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })),
        'not-sent',
        'DEPTH_ZERO_SELF_SIGNED_CERT',
        'self-signed certificate',
    ],
    [
        'an own code stands over what the words say',
        system('refused to go on', { code: 'ECONNABORTED' }),
        'maybe-sent',
        'ECONNABORTED',
        'refused to go on',
    ],
    ['a code that is a number', system('odd', { code: 7 }), 'maybe-sent', undefined, 'odd'],
    ['no words', failed(undefined), 'maybe-sent', undefined, 'the connection failed'],
    ['empty words', system(''), 'maybe-sent', undefined, 'the connection failed'],
    ['a word', 'ECONNREFUSED', 'maybe-sent', undefined, 'the connection failed'],
    ['nothing', undefined, 'maybe-sent', undefined, 'the connection failed'],
    ['null', null, 'maybe-sent', undefined, 'the connection failed'],
    ['errors that are no list', system('odd', { errors: 'many' }), 'maybe-sent', undefined, 'odd'],
])('%s', (_what, error, progress, code, message) => {
    expect(classifyFetchFailure(error)).toMatchObject({ kind: 'network', progress, code, message });
});

test('the innermost words are the best, and an error that is its own cause is read to an end', () => {
    const wrapped = new Error('outer', { cause: new Error('middle', { cause: new Error('inner') }) });
    expect(classifyFetchFailure(wrapped).message).toBe('inner');
    const cycle = new Error('round') as Error & { cause?: unknown };
    cycle.cause = cycle;
    expect(classifyFetchFailure(cycle).message).toBe('round');
});
