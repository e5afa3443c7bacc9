import { expect, test } from 'vitest';
import { fc } from '../../../../core/test/support/properties.js';
import { Html, html, scriptJson } from './html.js';

test('every inserted value is escaped, in text and in attributes', () => {
    fc.assert(
        fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', ' ', '/', '=') }), (value) => {
            const { text } = html`<a title="${value}">${value}</a>`;
            const inside = text.slice('<a title="'.length, -'</a>'.length);
            expect(inside.replace('">', '')).not.toMatch(/[<>"']/);
        }),
    );
});

test('markup, lists and nothing', () => {
    expect(html`${new Html('<b>')}${['<', html`<i>`]}${null}${undefined}${false}${0}`.text).toBe('<b>&lt;<i>0');
});

test('JSON in a script can not end the script', () => {
    fc.assert(
        fc.property(fc.jsonValue(), (value) => {
            const { text } = scriptJson(value);
            expect(text).not.toContain('<');
            expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        }),
    );
    expect(scriptJson('</script><!--').text).toBe('"\\u003c/script>\\u003c!--"');
});
