import { z } from 'zod';
import { keyWith } from '../auth/auth-result.js';
import { connectionId, providerConfigKey } from '../base/formats.js';
import { Reply, type Routes } from './routes.js';

const failure = (code: number, message: string) => ({ jsonrpc: '2.0', error: { code, message }, id: null });
const answer = z.strictObject({
    jsonrpc: z.literal('2.0'),
    error: z.strictObject({ code: z.number(), message: z.string() }),
    id: z.null(),
});

/** `/mcp`: what the server checks before it speaks MCP, which the emulator does not (contract 1). */
export function registerMcp(routes: Routes): void {
    routes.add(
        {
            method: 'get',
            path: '/mcp',
            operation: 'mcpStream',
            contract: '1',
            summary: 'Refused: the server streams nothing',
            auth: keyWith(),
            query: 'any',
            success: { 405: answer },
        },
        () => new Reply(405, failure(-32_000, 'Method not allowed.')),
    );
    routes.add(
        {
            method: 'post',
            path: '/mcp',
            operation: 'mcp',
            contract: '1',
            summary: 'Checks the headers; the emulator has no MCP server',
            auth: keyWith(),
            query: 'any',
            headers: z.object({ 'connection-id': connectionId, 'provider-config-key': providerConfigKey }),
            order: ['headers'],
            success: { 501: answer },
        },
        () => new Reply(501, failure(-32_601, 'The emulator has no MCP server.')),
    );
}
