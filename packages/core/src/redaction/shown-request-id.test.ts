import { expect, test } from 'vitest';
import { redacted } from './redacted.js';
import { Redactor } from './redactor.js';
import { shownRequestId } from './shown-request-id.js';

const call = {
    path: '/proxy/a?otp=123456',
    headers: {
        authorization: 'Bearer key-key-key',
        'x-request-id': 'req-12345678',
        traceparent: '00-0af7651916cd43dd-b7ad-01',
        'nango-proxy-pin': 'pin-1234',
    },
    source: { replayable: true, open: () => ({ body: '', headers: {} }), peek: () => '{"password":"hunter2x"}' },
    redactor: new Redactor(['key-key-key']),
};

test.each([
    ['f058ebd6-02f7-4d3f-942e-904344e8cde5', 'f058ebd6-02f7-4d3f-942e-904344e8cde5'],
    ['QwErTy+/=:1', 'QwErTy+/=:1'],
    ['req-12345678', 'req-12345678'],
    ['0af7651916cd43dd', '0af7651916cd43dd'],
    ['key-key-key', redacted],
    ['a-key-key-key-b', `a-${redacted}-b`],
    ['pin-1234', redacted],
    ['x-pin-1234', redacted],
    ['123456', redacted],
    ['hunter2x', redacted],
    ['has a space', redacted],
    ['a%2Fb', redacted],
    ['', undefined],
    [undefined, undefined],
    [['a', 'b'], undefined],
])('%j is shown as %j', (id, shown) => {
    expect(shownRequestId(call, id)).toBe(shown);
});
