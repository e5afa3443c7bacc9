import type { ProviderRetry } from '../providers/provider.js';

const firstWait = 3000;
const longestWait = 600_000;

export interface FailedAnswer {
    status: number;
    header(name: string): string | undefined;
    body: string;
}

const list = <T>(value: T | T[] | undefined): T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** Whether the server tries again after this answer: ≥ 500, 429, 401, `Retry-On`, or the provider's own set instead. */
export function isRetryableStatus(answer: FailedAnswer, retry: ProviderRetry | undefined, retryOn: readonly number[]): boolean {
    const { status } = answer;
    if (retryOn.includes(status)) return true;
    if (retry?.remaining && answer.header(retry.remaining.toLowerCase()) === '0') return true;
    const own = list(retry?.error_code).map(String);
    if (own.length > 0) return own.some((code) => code === String(status) || (code === '5xx' && status >= 500));
    return status >= 500 || status === 429 || status === 401;
}

/**
 * Milliseconds until the next try: what the provider's headers or body say where its template names them, else 3 s × 2^n.
 *
 * @param tried attempts made so far, at least 1
 */
export function retryWait(
    answer: FailedAnswer | undefined,
    retry: ProviderRetry | undefined,
    tried: number,
    now: number,
): number {
    const hinted = answer && retry ? hint(answer, retry, now) : undefined;
    return Math.min(hinted ?? firstWait * 2 ** (tried - 1), longestWait);
}

function hint(answer: FailedAnswer, retry: ProviderRetry, now: number): number | undefined {
    for (const name of list(retry.at)) {
        const wait = untilMoment(answer.header(name.toLowerCase()), now);
        if (wait !== undefined) return wait;
    }
    for (const name of list(retry.after)) {
        const wait = seconds(answer.header(name.toLowerCase()));
        if (wait !== undefined) return wait;
    }
    if (!retry.in_body) return undefined;
    const found = inBody(answer.body, retry.in_body);
    return retry.in_body.strategy === 'at' ? untilMoment(found, now) : seconds(found);
}

function seconds(value: string | undefined): number | undefined {
    const number = Number(value);
    return value === undefined || value.trim() === '' || !Number.isFinite(number) || number < 0 ? undefined : number * 1000;
}

/** Unix seconds or a date; a moment that has passed says nothing. */
function untilMoment(value: string | undefined, now: number): number | undefined {
    if (value === undefined || value.trim() === '') return undefined;
    const at = Number.isFinite(Number(value)) ? Number(value) * 1000 : Date.parse(value);
    return Number.isFinite(at) && at > now ? at - now : undefined;
}

/** The first group of the pattern `/…/` in the text at a dotted path of a JSON body. */
function inBody(body: string, { path, value }: { path: string; value: string }): string | undefined {
    try {
        const text = path
            .split('.')
            .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], JSON.parse(body));
        return typeof text === 'string' ? new RegExp(value.replace(/^\/|\/$/g, '')).exec(text)?.[1] : undefined;
    } catch {
        return undefined;
    }
}
