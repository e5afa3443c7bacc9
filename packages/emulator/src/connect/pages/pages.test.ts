import { describe, expect, test } from 'vitest';
import { type Answer, connectScene } from '../../../test/support/connect-scene.js';

const { call, session } = connectScene();

describe('pages', () => {
    const policy = (answer: Answer) => answer.headers.get('content-security-policy') ?? '';

    test('run no script but their own', async () => {
        const page = await call('GET', '/connect-ui/');
        expect(policy(page)).toContain("default-src 'none'");
        expect(policy(page)).toMatch(/script-src 'sha256-[^']+'/);
        expect(policy(page)).not.toContain('unsafe');
    });

    test('the Connect page may be framed, the others not', async () => {
        expect(policy(await call('GET', '/connect-ui/'))).toContain('frame-ancestors *');
        expect(policy(await call('GET', '/oauth/callback'))).toContain("frame-ancestors 'none'");
    });

    test('the Connect page is the same for everybody: it holds no session', async () => {
        const token = await session();
        const plain = await call('GET', '/connect-ui/');
        const personal = await call('GET', `/connect-ui/?session_token=${token}&apiURL=https://evil.example`);
        expect(personal.text).toBe(plain.text);
    });

    test('are never cached and send no referrer', async () => {
        const { headers } = await call('GET', '/connect-ui/');
        expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
    });
});
