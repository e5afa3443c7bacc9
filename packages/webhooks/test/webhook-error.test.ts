import { NangoInputError } from '@x/core';
import { expect, it } from 'vitest';
import { type NangoWebhookError, parseWebhook, signWebhook } from '../src/index.js';

const signingKey = '5e1b8f0a-6f0b-4b3e-9c55-0d7c1f2a3b4c';

function refused(): NangoWebhookError {
    const { body, headers } = signWebhook({ token: 'secret-of-the-body' }, { signingKey: 'another key' });
    try {
        parseWebhook(body, headers, { signingKey });
    } catch (error) {
        return error as NangoWebhookError;
    }
    throw new Error('it was accepted');
}

it('a log line keeps name, message and reason of the error, as of those of @x/core, and nothing of the request', () => {
    const error = refused();
    expect(Object.entries(JSON.parse(JSON.stringify({ error })).error)).toEqual([
        ['name', 'NangoWebhookError'],
        ['message', error.message],
        ['reason', 'bad_signature'],
    ]);
    const ofCore = new NangoInputError('wrong', { operation: 'getConnection', parameter: 'connectionId' });
    expect(Object.keys(error.toJSON()).slice(0, 2)).toEqual(Object.keys(ofCore.toJSON()).slice(0, 2));
    const line = JSON.stringify(error);
    for (const secret of [signingKey, 'another key', 'secret-of-the-body']) expect(line).not.toContain(secret);
});
