import { z } from 'zod';
import { operationNames } from '../base/operation-names.js';

/** A path that may have `*` for anything. */
export const pathPattern = z
    .string()
    .max(2048)
    .startsWith('/', 'a path begins with a slash, as in "/connections/*"; a whole URL is none')
    .regex(/^[^?#]*$/, 'a path has no query; use * for the rest of a path');

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'REPORT'] as const;
/** In any case, as `fetch` takes it. */
export const httpMethod = z.enum([...methods, ...methods.map((method) => method.toLowerCase() as Lowercase<typeof method>)]);

const noBody = new Set([204, 205, 304]);

/** Names and values that may be sent: others would be found out only as the fault strikes. */
const sendable = z.record(z.string(), z.string()).superRefine((headers, ctx) => {
    for (const [name, value] of Object.entries(headers)) {
        try {
            new Headers({ [name]: value });
        } catch {
            ctx.addIssue({ code: 'custom', path: [name], message: 'is no header that can be sent' });
        }
    }
});

const times = {
    /** The method of the client whose requests it hits, e.g. `listConnections`, or another operation; all when neither this nor `path` is given. */
    operation: z.enum(operationNames).optional(),
    /** The path to hit, from its first slash and without a query; `*` stands for anything: `/connections/*`. */
    path: pathPattern.optional(),
    /** The method to hit. */
    method: httpMethod.optional(),
    /** How often it strikes before it is used up. Default: always. */
    times: z.number().int().min(1).optional(),
    /** Let this many matching requests pass first. */
    skip: z.number().int().min(0).optional(),
    /** The chance that it strikes a request, 0..1. Default 1. */
    probability: z.number().min(0).max(1).optional(),
    /** Makes `probability` repeatable. Default 1. */
    seed: z.number().int().optional(),
};

/** Let the request take effect before the answer is lost or replaced. Default false: it never reaches the handler. */
const processed = z.boolean().optional();

/** A failure to rehearse. */
export const faultSchema = z.discriminatedUnion('type', [
    /** Answer `ms` later (real time). */
    z.strictObject({ type: z.literal('latency'), ms: z.number().min(0).max(3_600_000), ...times }),
    /** Answer with this status. `body` goes out as JSON unless it is a string. */
    z
        .strictObject({
            type: z.literal('status'),
            status: z.number().int().min(200).max(599),
            body: z.unknown().optional(),
            headers: sendable.optional(),
            processed,
            ...times,
        })
        .refine(({ status, body }) => body === undefined || !noBody.has(status), {
            path: ['body'],
            message: 'an answer of this status has no body',
        }),
    /** Close the connection without an answer. */
    z.strictObject({ type: z.literal('reset'), processed, ...times }),
    /** Announce the whole body, send its first half (or `bytes`), close the connection. */
    z.strictObject({ type: z.literal('truncate'), bytes: z.number().int().min(0).optional(), ...times }),
    /** Send the body in pieces of `bytes` (default 16) with `ms` (default 100) of real time between them. */
    z.strictObject({
        type: z.literal('slow-body'),
        ms: z.number().min(0).max(60_000).optional(),
        bytes: z.number().int().min(1).optional(),
        ...times,
    }),
    /** Answer 200 and `application/json` with a body that is not JSON. */
    z.strictObject({ type: z.literal('garbage'), body: z.string().optional(), processed, ...times }),
    /**
     * The server's own fault: a proxied POST, PUT or PATCH whose body is not JSON and holds a `%` that two hex digits don't follow is
     * answered with 500. Other requests pass.
     */
    z.strictObject({ type: z.literal('stray-percent'), ...times }),
    /** Answer 429 as the rate limiter would; `retryAfter` in seconds, default 1. */
    z.strictObject({ type: z.literal('rate-limit'), retryAfter: z.number().min(0).optional(), ...times }),
]);

/** A failure to rehearse; see {@link faultSchema} for each field. */
export type Fault = z.infer<typeof faultSchema>;
