import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';

/** One line of text. PostgreSQL keeps no NUL and no half of a surrogate pair: that is the sender's mistake, not ours. */
export const line = z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u, 'It has characters that can not be kept');

/**
 * The JSON of a request.
 *
 * @throws {HTTPException} 400 when it is none, or not what it has to be
 */
export async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
    const json: unknown = await c.req.json().catch(() => {
        throw new HTTPException(400, { message: 'The body is not JSON.' });
    });
    const { success, data, error } = schema.safeParse(json);
    if (success) return data;
    throw new HTTPException(400, {
        message: error.issues.map(({ path, message }) => `${path.join('.') || 'The body'}: ${message}`).join('. '),
    });
}
