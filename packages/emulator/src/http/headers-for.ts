import { z } from 'zod';

/** The headers that a schema looks at; all of them where it does not say which. Making an object of all takes longer than to check it. */
export function headersFor(schema: z.ZodType | undefined, headers: Headers): Record<string, string> {
    if (!(schema instanceof z.ZodObject)) return Object.fromEntries(headers);
    const given: Record<string, string> = {};
    for (const name in schema.shape) {
        const value = headers.get(name);
        if (value !== null) given[name] = value;
    }
    return given;
}
