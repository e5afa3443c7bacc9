import { expect, test, vi } from 'vitest';
import { Client } from './client.js';
import { compose } from './compose.js';

class Base extends Client {
    kept() {
        return 'kept';
    }
    overridden() {
        return 'base';
    }
}
class Derived extends Base {
    override overridden() {
        return 'derived';
    }
    get shown() {
        return 1;
    }
}
class Other {
    other() {
        return 'other';
    }
}

test('methods, getters and those a class inherits are all there, the nearest one wins', () => {
    const Nango = compose('test/1', Derived, Other);
    const client = new Nango({ apiKey: 'key-key-key' });
    expect([client.kept(), client.overridden(), client.other(), client.shown]).toEqual(['kept', 'derived', 'other', 1]);
    expect(client.userAgent).toMatch(/^test\/1 /);
    expect(client.constructor.name).toBe('Nango');
});

test('two methods of one name are refused', () => {
    class Clash {
        other() {}
    }
    expect(() => compose('test/1', Other, Clash)).toThrow(/`other`/);
});

test('the composed class can be extended and its methods spied on', () => {
    const Nango = compose('test/1', Derived, Other);
    class Sub extends Nango {
        override other() {
            return `sub ${super.other()}`;
        }
    }
    expect(new Sub({ apiKey: 'key-key-key' }).other()).toBe('sub other');
    vi.spyOn(Nango.prototype, 'kept').mockReturnValue('mocked');
    expect(new Sub({ apiKey: 'key-key-key' }).kept()).toBe('mocked');
});

test('a method of a name that every object has is a method like any other', () => {
    class Named {
        toString() {
            return 'mine';
        }
        valueOf() {
            return 7;
        }
    }
    const Nango = compose('test/1', Named);
    expect(String(new Nango({ apiKey: 'key-key-key' }))).toBe('mine');
});

test('a composed client is a client of its own class, whose constructor is its own', () => {
    const Nango = compose('test/1', Other);
    const client = new Nango({ apiKey: 'key-key-key' });
    expect(client).toBeInstanceOf(Client);
    expect(client.constructor).toBe(Nango);
    expect(Object.keys(client)).toEqual([]);
});
