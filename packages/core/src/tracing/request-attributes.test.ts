import { expect, test } from 'vitest';
import type { HttpMethod } from '../types/operation.js';
import { requestAttributes, spanName } from './request-attributes.js';

const call = (method: HttpMethod, origin = 'https://api.nango.dev') => ({ operation: 'proxy', method, path: '/proxy', origin });

test.each<HttpMethod>(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])('%s is reported as it is', (method) => {
    expect(spanName(call(method))).toBe(`${method} /proxy`);
    expect(requestAttributes(call(method))).toEqual({
        'http.request.method': method,
        'server.address': 'api.nango.dev',
        'server.port': 443,
        'url.scheme': 'https',
        'url.template': '/proxy',
        'nango.operation': 'proxy',
    });
});

test.each<HttpMethod>(['PROPFIND', 'REPORT'])('%s, which the conventions do not know, is reported beside', (method) => {
    expect(spanName(call(method))).toBe('HTTP /proxy');
    expect(requestAttributes(call(method))).toMatchObject({
        'http.request.method': '_OTHER',
        'http.request.method_original': method,
    });
});

test.each([
    ['http://h.example', 'h.example', 80],
    ['http://h.example:3003', 'h.example', 3003],
    ['https://[::1]:8443', '::1', 8443],
])('%s is %s and %i', (origin, address, port) => {
    expect(requestAttributes(call('GET', origin))).toMatchObject({ 'server.address': address, 'server.port': port });
});
