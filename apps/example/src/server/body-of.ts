import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { z } from 'zod';

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
