import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { redisTokenStore } from '@x/core/redis';
import { Nango } from '@x/node';
import { Redis } from 'ioredis';

const key = Buffer.from(process.env.TOKEN_CACHE_KEY ?? '', 'base64');

/** In memory: `tokenCache: {}`. In Redis, sealed, since the values hold credentials: */
export const nango = new Nango({
    apiKey: process.env.NANGO_API_KEY,
    tokenCache: {
        maxAge: 120_000,
        store: redisTokenStore(new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379'), {
            seal(text) {
                const nonce = randomBytes(12);
                const cipher = createCipheriv('aes-256-gcm', key, nonce);
                return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
                    'base64',
                );
            },
            open(sealed) {
                const bytes = Buffer.from(sealed, 'base64');
                const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
                return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
            },
        }),
    },
});
