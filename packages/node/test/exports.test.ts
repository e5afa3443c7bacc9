import * as vendor from '@nangohq/node';
import * as actions from '@x/actions';
import * as connect from '@x/connect';
import * as connections from '@x/connections';
import * as core from '@x/core';
import * as integrations from '@x/integrations';
import * as proxy from '@x/proxy';
import * as syncs from '@x/syncs';
import * as webhooks from '@x/webhooks';
import { expect, test } from 'vitest';
import * as node from '../src/index.js';

test('exports all that the vendor’s package does (contract 20.1)', () => {
    expect(Object.keys(node)).toEqual(expect.arrayContaining(Object.keys(vendor)));
    expect(node.prodHost).toBe(vendor.prodHost);
    expect({ ...node.SyncConfigType }).toEqual({ ...vendor.SyncConfigType });
    expect(node.getUserAgent('app/1')).toMatch(/^@x\/node\/\S+ \(\w+\/\S+; node\.js\/\d+\.\d+\.\d+\); app\/1$/);
});

test('exports every class and function of the packages that it is made of', () => {
    for (const part of [actions, connect, connections, integrations, proxy, syncs, webhooks]) {
        for (const [name, value] of Object.entries(part)) {
            // Declarations for tools, under one name in each package.
            if (name === 'operations') continue;
            expect((node as Record<string, unknown>)[name], name).toBe(value);
        }
    }
});

test('exports every error, and distinguishes them by brand', () => {
    for (const [name, value] of Object.entries(core)) {
        if (/^Nango\w*Error$/.test(name)) expect((node as Record<string, unknown>)[name], name).toBe(value);
    }
});

test('every operation of the packages declares whether it may be repeated, under a name of its own', () => {
    const all = [connect, connections, integrations].flatMap(({ operations }) => Object.entries(operations));
    for (const [name, operation] of all) {
        expect(typeof operation.idempotent, name).toBe('boolean');
        expect(typeof (node.Nango.prototype as unknown as Record<string, unknown>)[operation.name], operation.name).toBe(
            'function',
        );
    }
});
