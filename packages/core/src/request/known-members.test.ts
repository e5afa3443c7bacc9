import { describe, expect, test } from 'vitest';
import { readMembers, unknownMember } from './known-members.js';

const known = { apiKey: true, host: true, timeout: true, totalTimeout: true, userId: true, integrationId: true } as const;
const found = (value: object) => unknownMember(value, known, 'the options');

/** docs/migration.md: misspelled-members */
describe('of a plain object', () => {
    test.each([
        ['timeOut', 'timeout'],
        ['time_out', 'timeout'],
        ['timout', 'timeout'],
        ['tiemout', 'timeout'],
        ['total_timeout', 'totalTimeout'],
        ['api_key', 'apiKey'],
        ['apikey', 'apiKey'],
        ['APIKey', 'apiKey'],
        ['hosts', 'host'],
        ['userID', 'userId'],
        ['user_id', 'userId'],
        ['endUserId', 'userId'],
        ['integration', 'integrationId'],
        ['integration-id', 'integrationId'],
        ['total', 'totalTimeout'],
    ])('%s is refused, and %s named', (name, meant) => {
        expect(found({ [name]: 1 })).toBe(`\`${name}\` is none of the options; did you mean \`${meant}\`?`);
    });

    test.each([
        [{ colour: null }],
        [JSON.parse('{"__proto__": 1}')],
        [{ constructor: 1 }],
        [Object.assign(Object.create(null), { x: 1 })],
    ])('a member that is near none lists them all: %j', (value) => {
        expect(found(value)).toMatch(/is none of the options; there are apiKey, host, timeout/);
    });

    test.each([
        [{}],
        [{ apiKey: 'k', host: undefined }],
        [{ nobody: undefined }],
        [{ [Symbol('nobody')]: 1 }],
        [Object.create(null)],
    ])('nothing is wrong with %j', (value) => {
        expect(found(value)).toBeUndefined();
    });

    test('a member that is not enumerable is not the caller’s', () => {
        expect(found(Object.defineProperty({}, 'hidden', { value: 1 }))).toBeUndefined();
    });
});

describe('of a class instance, and of what is inherited', () => {
    class Config {
        port = 3003;
        region = 'eu';
        get apiKey() {
            return 'k';
        }
        describe() {
            return 'words';
        }
    }

    test('other names are its own', () => {
        expect(found(new Config())).toBeUndefined();
        expect(found(Object.create({ anything: 1 }))).toBeUndefined();
    });

    test.each([
        [
            new (class {
                time_out = 1;
            })(),
            'timeout',
        ],
        [
            new (class extends Config {
                get Timeout() {
                    return 1;
                }
            })(),
            'timeout',
        ],
        [Object.create({ totalTimeuot: 1 }), 'totalTimeout'],
    ])('a near miss is refused', (value, meant) => {
        expect(found(value)).toContain(`did you mean \`${meant}\`?`);
    });

    test('known members are read once, getters and inherited ones too', () => {
        let reads = 0;
        class Base {
            get host() {
                reads++;
                return 'http://h';
            }
        }
        const value = Object.assign(new (class extends Base {})(), { timeout: 5, other: 1 });
        expect(readMembers(value as object, known as never)).toEqual({ host: 'http://h', timeout: 5 });
        expect(reads).toBe(1);
    });
});
