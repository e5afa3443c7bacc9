import { CodedError } from '../errors/coded-error.js';

/** contract 1.1: below these prefixes a body must be announced as JSON. */
const gated = [
    'oauth',
    'api-auth',
    'auth',
    'providers',
    'environments',
    'integrations',
    'connection',
    'connections',
    'environment-variables',
    'environment',
    'sync',
    'cli',
    'records',
    'mcp',
    'scripts',
    'functions',
    'action',
    'connect',
    'v1',
];
const gatedPath = new RegExp(`^/(?:${gated.join('|')})(?:/|$)`, 'i');
const registeredEarlier = /^\/(?:auth\/oauth-outbound\/|oauth\/callback\/?$|oauth\/client-metadata\/?$)/i;

/** @throws CodedError 415 `invalid_content_type` */
export function checkContentType(path: string, headers: Headers): void {
    const type = headers.get('content-type');
    if (!type || type.startsWith('application/json')) return;
    if (!gatedPath.test(path) || registeredEarlier.test(path)) return;
    throw new CodedError(415, 'invalid_content_type', 'The Content-Type must be application/json.');
}
