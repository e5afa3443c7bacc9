import { asMoment } from '../base/as-moment.js';
import type { OperationName } from '../base/operation-names.js';
import { asLines } from '../base/read-given.js';
import type { GivenIssue } from '../base/respell.js';
import type { FinishConnect } from '../connect/finish-without-browser.js';
import type { Fault } from '../faults/fault.js';
import type { PlacedFault } from '../faults/fault-board.js';
import type { RateLimitSettings } from '../rate-limit/rate-limiter.js';
import type { Seed, SeedFunction, SeedJson, SeedKey, SeedRecords, SeedSettings } from '../seed/seed.js';
import type { Snapshot } from '../seed/snapshot.js';
import type { RequestLogEntry } from '../state/request-log.js';
import type { WebhookDelivery } from '../webhooks/webhook-sender.js';

/** Where the clock stands. */
export interface ClockReading {
    now: Date;
    frozen: boolean;
}

/** A connection by its two names, in either spelling: as a client is called, or as the API answers. */
export type ConnectionReference =
    | { providerConfigKey: string; connectionId: string }
    | { provider_config_key: string; connection_id: string };

/** How long is waited. */
interface WaitOptions {
    /** How many are waited for, at least; those that are there already count. @default 1 */
    times?: number;
    /** Milliseconds of real time, at most 240,000; less than test runners give a test. @default 4000 */
    timeout?: number;
    /** Ends the waiting; the call rejects with its reason. */
    signal?: AbortSignal;
}

/** Which requests to wait for; all when nothing is said. */
export interface WaitForRequest extends WaitOptions {
    /** A method of the client (`triggerSync`, `getToken`, `post` …), or another operation of the OpenAPI description. */
    operation?: OperationName;
    method?: string;
    /** From its first slash, without a query; `*` stands for anything. */
    path?: string;
    /** The status of the answer. */
    status?: number;
}

/** Which webhooks to wait for; all that were delivered when nothing is said. */
export interface WaitForDelivery extends WaitOptions {
    /** `auth`, `sync`, `forward`, `async_action` … */
    type?: string;
    /** What became of it. @default 'delivered' */
    status?: WebhookDelivery['status'];
    /** Whom it is about, as its body says. */
    providerConfigKey?: string;
    connectionId?: string;
}

/** The control surface refused a call. */
export class EmulatorControlError extends Error {
    override name = 'EmulatorControlError';

    constructor(
        readonly status: number,
        readonly code: string,
        message: string,
    ) {
        super(message);
    }
}

type Fetch = (request: Request) => Promise<Response>;

/**
 * Drives an emulator from a test: in the same process or over HTTP, with the same calls.
 *
 * @example
 * const control = new EmulatorControl('http://127.0.0.1:3003');
 * await control.fault({ type: 'status', status: 503, operation: 'listRecords', times: 1 });
 */
export class EmulatorControl {
    readonly #origin: string;
    readonly #fetch: Fetch;

    /**
     * @param url - the emulator's address
     * @param fetch - how to reach it; the global fetch when it is missing
     */
    constructor(url: string, fetch: Fetch = (request) => globalThis.fetch(request)) {
        if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
            throw new TypeError('url must be an address such as http://127.0.0.1:3003.');
        if (typeof fetch !== 'function') throw new TypeError('fetch must be a function that takes a Request.');
        this.#origin = new URL(url).origin;
        this.#fetch = fetch;
    }

    /** Add state. @throws EmulatorControlError naming every place of the seed that is wrong */
    async seed(seed: Seed | SeedJson): Promise<void> {
        await this.#call('POST', 'seed', seed);
    }

    /** Go back to how the emulator started: options, seed, functions defined in code. Faults and logs go. */
    async reset(): Promise<void> {
        await this.#call('POST', 'reset');
    }

    /** The whole state as JSON, credentials included. */
    async snapshot(): Promise<Snapshot> {
        return this.#call('GET', 'snapshot');
    }

    /** Replace the whole state. */
    async restore(snapshot: Snapshot): Promise<void> {
        await this.#call('PUT', 'snapshot', snapshot);
    }

    /** The emulator's time. */
    async now(): Promise<ClockReading> {
        return reading(await this.#call('GET', 'clock'));
    }

    /** Stop the clock, now or at a given moment. */
    async freeze(at?: Date | string | number): Promise<ClockReading> {
        const moment = asMoment(at);
        if (at !== undefined && moment === undefined)
            throw new TypeError('freeze: that is no time. Give ms since the epoch, a Date or an ISO string.');
        return reading(
            await this.#call('POST', 'clock', {
                freeze: moment === undefined ? true : new Date(moment).toISOString(),
            }),
        );
    }

    /** Let the clock run on from where it stands. */
    async resume(): Promise<ClockReading> {
        return reading(await this.#call('POST', 'clock', { resume: true }));
    }

    /** Move the clock forward by `ms`; resolves when all that fell due (syncs, actions, webhook retries) is done. */
    async advance(ms: number): Promise<ClockReading> {
        return reading(await this.#call('POST', 'clock', { advance: ms }));
    }

    /** Resolves when nothing is due and nothing is running. */
    async settle(): Promise<ClockReading> {
        return reading(await this.#call('POST', 'settle'));
    }

    /** Make requests fail; see {@link Fault}. */
    async fault(fault: Fault): Promise<PlacedFault> {
        return this.#call('POST', 'faults', fault);
    }

    /** The faults that are set, and how often each struck. */
    async faults(): Promise<PlacedFault[]> {
        return (await this.#call<{ faults: PlacedFault[] }>('GET', 'faults')).faults;
    }

    async removeFault(id: string): Promise<void> {
        await this.#call('DELETE', `faults/${segment('removeFault', id)}`);
    }

    async clearFaults(): Promise<void> {
        await this.#call('DELETE', 'faults');
    }

    /**
     * Restart the server: connections are cut off, and refused for `seconds` of real time; state stays. Calls in process are refused too,
     * but for those of this class; 0 ends an outage.
     */
    async restart(seconds: number): Promise<void> {
        await this.#call('POST', 'restart', { seconds });
    }

    /** The last 1000 requests, oldest first, secrets masked. */
    async requests(): Promise<RequestLogEntry[]> {
        return (await this.#call<{ requests: RequestLogEntry[] }>('GET', 'requests')).requests;
    }

    async clearRequests(): Promise<void> {
        await this.#call('DELETE', 'requests');
    }

    /**
     * Resolves when requests have been answered, to all that fit: at once if they are in the log already, which begins with the start, the
     * last `reset()` or `clearRequests()`.
     *
     * @example
     * await control.waitForRequest({ operation: 'triggerSync', times: 2 });
     * @throws EmulatorControlError 408 `timeout`, naming what did arrive
     */
    async waitForRequest(which: WaitForRequest = {}): Promise<RequestLogEntry[]> {
        const { signal, ...wanted } = asObject('waitForRequest', which, '{ operation, times }');
        const { requests } = await this.#call<{ requests: RequestLogEntry[] }>('POST', 'requests/wait', wanted, signal);
        return requests;
    }

    /**
     * Resolves when webhooks have been delivered, to all that fit: at once if they are among `deliveries()` already. Another `status` waits
     * for those that failed, or were skipped.
     *
     * @example
     * const [delivery] = await control.waitForDelivery({ type: 'sync', connectionId: 'c1' });
     * @throws EmulatorControlError 408 `timeout`, naming what there was
     */
    async waitForDelivery(which: WaitForDelivery = {}): Promise<WebhookDelivery[]> {
        const { signal, ...wanted } = asObject('waitForDelivery', which, '{ type, times }');
        const { deliveries } = await this.#call<{ deliveries: WebhookDelivery[] }>('POST', 'webhooks/wait', wanted, signal);
        return deliveries;
    }

    /** Webhook deliveries with their attempts. */
    async deliveries(): Promise<WebhookDelivery[]> {
        return (await this.#call<{ deliveries: WebhookDelivery[] }>('GET', 'webhooks')).deliveries;
    }

    /** Send a delivery again. */
    async redeliver(id: string): Promise<WebhookDelivery> {
        return this.#call('POST', `webhooks/${segment('redeliver', id)}/redeliver`);
    }

    /** Send a webhook of any body, signed as all are; to a connection's own address when one is named. */
    async sendWebhook(body: { type: string; [field: string]: unknown }, connection?: ConnectionReference): Promise<void> {
        await this.#call('POST', 'webhooks', {
            ...(connection === undefined ? {} : reference('sendWebhook', connection, 'body')),
            body,
        });
    }

    /** Finish a connect session as an end user would, without a browser. */
    async connect(request: FinishConnect): Promise<{ connectionId: string; providerConfigKey: string }> {
        return this.#call('POST', 'connect', request);
    }

    /**
     * Make the token refreshes of a connection fail: the next `times`, all of them (`true`), or none any more (`false`). A refresh
     * happens when a token is within 15 minutes of its end, or is forced.
     */
    async failRefresh(connection: ConnectionReference, times: number | boolean = true): Promise<void> {
        await this.#call('POST', 'refresh', { ...reference('failRefresh', connection, 'fail'), fail: times });
    }

    /** Save and delete records of a model, as one run of a sync would. */
    async records(records: SeedRecords): Promise<{ added: number; updated: number; deleted: number }> {
        return this.#call('POST', 'records', records);
    }

    /** Deploy a function with a canned output; functions with code are defined on the emulator itself. */
    async deploy(described: SeedFunction): Promise<{ id: number }> {
        return this.#call('POST', 'functions', described);
    }

    /** Change the environment's settings; what is not given stays. */
    async settings(settings: SeedSettings): Promise<void> {
        await this.#call('PATCH', 'settings', settings);
    }

    /** Set the rate limit: requests a minute, a limit with its window, or false for none. All windows start afresh. */
    async rateLimit(limit: number | RateLimitSettings | false): Promise<void> {
        await this.#call('PATCH', 'settings', { rate_limit: limit ?? null });
    }

    /** Add a key, or give the one of this secret other scopes. */
    async key(key: SeedKey = {}): Promise<{ id: number; secret: string; scopes: string[] }> {
        return this.#call('POST', 'keys', key);
    }

    async #call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
        const request = new Request(`${this.#origin}/_emulator/${path}`, {
            method,
            ...(signal ? { signal } : {}),
            ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
        });
        const response = await this.#fetch(request).catch((error: unknown) => {
            signal?.throwIfAborted();
            throw new Error(`The emulator at ${this.#origin} could not be reached.`, { cause: error });
        });
        const answer = (await response.json()) as T & { error?: { code: string; message?: string; errors?: GivenIssue[] } };
        if (response.ok) return answer;
        const { code = 'unknown', message, errors = [] } = answer.error ?? {};
        const issues = asLines(errors).join('; ');
        throw new EmulatorControlError(response.status, code, message ?? (issues || `The emulator answered ${response.status}.`));
    }
}

/** A part of a path. An empty one would be another path, such as that of all faults. */
function segment(call: string, id: unknown): string {
    if (typeof id === 'string' && id !== '') return encodeURIComponent(id);
    throw new TypeError(`${call} takes an id, a text that is not empty.`);
}

function asObject<T extends object>(call: string, value: T, like: string): T {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    throw new TypeError(`${call} takes an object such as ${like}.`);
}

/** @param own - the member of the body that is the call's own, which a connection may not overwrite */
function reference(call: string, connection: ConnectionReference, own: string): ConnectionReference {
    asObject(call, connection, '{ providerConfigKey, connectionId } for a connection');
    const given = Object.entries(connection).flatMap(([name, value]) => (value === undefined ? [] : [name]));
    if (given.includes(own)) throw new TypeError(`${call}: unknown option "${own}"; there are providerConfigKey, connectionId`);
    if (given.length === 0) throw new TypeError(`${call}: providerConfigKey and connectionId are missing.`);
    return connection;
}

const reading = ({ now, frozen }: { now: string; frozen: boolean }): ClockReading => ({ now: new Date(now), frozen });
