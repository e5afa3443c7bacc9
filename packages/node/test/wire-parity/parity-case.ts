import type { Answer, RecordedRequest } from '../recording-server.js';
import type { AnyClient, Seen, SeenRequest } from './observe.js';

/** One call with one set of arguments. */
export interface ParityCase {
    readonly name: string;
    readonly run: (nango: AnyClient) => unknown;
    /** What the server answers. @default 200 `{ data: {} }` */
    readonly answer?: Answer | ((request: RecordedRequest) => Answer);
    /** The rows that hold here by id: true for what the row itself expects, or what it means in this case. */
    readonly differs?: Readonly<Record<string, true | ((vendor: Seen) => Seen)>>;
}

/** Changes each request of what was seen. */
export const eachRequest =
    (change: (request: SeenRequest) => void) =>
    (seen: Seen): Seen => {
        seen.requests.forEach(change);
        return seen;
    };

/** The same, but with this path, and this query if one is given. */
export const at = (path: string, query?: SeenRequest['query']) =>
    eachRequest((request) => {
        request.path = path;
        if (query) request.query = query;
    });
