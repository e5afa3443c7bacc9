import { describe, expect, test } from 'vitest';
import { Printer, type Terminal } from './print.js';

const line = {
    call: 'listRecords()',
    request: 'GET /records/',
    status: '200',
    ms: 12.4,
    result: 'a result that is rather long',
    ok: true,
};
const colour = '\u001b[';

function print(terminal: Omit<Terminal, 'write'>, env: Record<string, string> = {}): string {
    let text = '';
    new Printer({ ...terminal, write: (more) => (text += more) }, env).line(line);
    return text;
}

describe('colours', () => {
    test('in a terminal', () => expect(print({ isTTY: true })).toContain(colour));
    test('not in a file or a pipe', () => expect(print({})).not.toContain(colour));
    test('not when NO_COLOR is set', () => expect(print({ isTTY: true }, { NO_COLOR: '1' })).not.toContain(colour));
    test('an empty NO_COLOR means nothing', () => expect(print({ isTTY: true }, { NO_COLOR: '' })).toContain(colour));
    test('not in a terminal that knows none', () => expect(print({ isTTY: true }, { TERM: 'dumb' })).not.toContain(colour));
});

describe('width', () => {
    test('a file gets the whole result', () => expect(print({ columns: 120 })).toContain(line.result));
    test('a terminal line does not wrap', () => {
        const text = print({ isTTY: true, columns: 125 }, { NO_COLOR: '1' }).trimEnd();
        expect(text).toHaveLength(125);
        expect(text).toMatch(/…$/);
    });
    test('in a narrow terminal it wraps rather than say nothing', () => {
        expect(print({ isTTY: true, columns: 80 }, { NO_COLOR: '1' })).toContain(line.result);
    });
});
