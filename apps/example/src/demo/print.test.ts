import { describe, expect, test } from 'vitest';
import { Printer, type Terminal } from './print.js';

const line = {
    call: 'listRecords()',
    request: 'GET /records/',
    status: '200',
    ms: 12.4,
    result: 'a result that is rather long, longer than any terminal has room for',
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
    test('a wide terminal gets one line, cut to its width', () => {
        const text = print({ isTTY: true, columns: 131 }, { NO_COLOR: '1' }).trimEnd();
        expect(text).not.toContain('\n');
        expect(text).toHaveLength(131);
        expect(text).toMatch(/…$/);
    });
    test.each([80, 100, 129])('a terminal of %i columns gets two lines that do not wrap', (columns) => {
        const rows = print({ isTTY: true, columns }, { NO_COLOR: '1' }).trimEnd().split('\n');
        expect(rows).toHaveLength(2);
        for (const row of rows) expect(row.length).toBeLessThanOrEqual(columns);
        expect(rows[1]).toContain('GET /records/ → a result');
    });
});
