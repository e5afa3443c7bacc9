/** Members that hold the words for a person, best first. Compared in lower case, without `_`, `-` and `:`. */
const words = [
    'message',
    'errormessage',
    'errordescription',
    'detail',
    'description',
    'errorsummary',
    'summary',
    'faultstring',
    'msg',
    'title',
    'reason',
    'text',
    'errorinfo',
];
/** Members that hold what is wrong in detail: objects, lists, or words where none of the above has any. */
const parts = [
    'message',
    'odata.error',
    'error',
    'errors',
    'errormessages',
    'fault',
    'faults',
    'oerrordetails',
    'details',
    'detail',
    'violations',
    'invalidparams',
];
/** Members that name the kind of fault, or the field that it is about. */
const kinds = ['code', 'errorcode', 'type', 'status', 'name'];
const places = ['field', 'property', 'parameter', 'path', 'pointer', 'param'];
/** Members of an object of fields that say something else: what is left is fields and their faults. */
const notFields = new Set([
    ...words,
    ...parts,
    ...kinds,
    ...places,
    'value',
    'resource',
    'url',
    'help',
    'moreinfo',
    'requestid',
    'context',
]);

const most = 3;

/**
 * The words of a provider's error for a person, whatever form its body has: Google's, HubSpot's and GraphQL's lists, problem details
 * (RFC 9457), OAuth, fields with their faults, and others.
 *
 * @returns undefined when the body has none
 */
export function providerMessage(body: unknown, depth = 0): string | undefined {
    if (typeof body === 'string') return clip(body);
    if (depth > 4 || typeof body !== 'object' || body === null) return undefined;
    if (Array.isArray(body)) return join(body.map((item) => providerMessage(item, depth + 1)));
    const members = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase().replace(/[_:-]/g, ''), value]));
    const find = (names: readonly string[]) => names.map((name) => members.get(name)).find(isText);
    // OData's `message` is an object: { lang, value }.
    const said = find(words) ?? (members.has('lang') ? find(['value']) : undefined);
    const inner = join(
        parts.map((name) => (members.get(name) === said ? undefined : providerMessage(members.get(name), depth + 1))),
    );
    const place = placeOf(places.map((name) => members.get(name)).find((value) => isText(value) || Array.isArray(value)));
    const own = said === undefined ? undefined : clip(said);
    const main = own ?? inner ?? (depth > 0 ? find(kinds) : undefined);
    if (main === undefined) return depth > 0 ? fieldMessages(members, depth) : undefined;
    const located = place === undefined || main.includes(place) ? main : `${place}: ${main}`;
    return inner === undefined || main.includes(inner) ? located : `${located} (${inner})`;
}

/** `{ "email": ["is taken"] }`: the fields and what is wrong with each. */
function fieldMessages(members: ReadonlyMap<string, unknown>, depth: number): string | undefined {
    const faults = [...members].filter(([name, value]) => /^\w/.test(name) && (Array.isArray(value) || !notFields.has(name)));
    return join(
        faults.map(([name, value]) => {
            const fault = isText(value) || Array.isArray(value) ? providerMessage(value, depth + 1) : undefined;
            return fault === undefined ? undefined : `${name}: ${fault}`;
        }),
    );
}

function placeOf(place: unknown): string | undefined {
    if (Array.isArray(place)) return place.filter((part) => ['string', 'number'].includes(typeof part)).join('.') || undefined;
    return isText(place) ? place : undefined;
}

function join(messages: readonly (string | undefined)[]): string | undefined {
    const distinct = [...new Set(messages.filter(isText))];
    const more = distinct.length - most;
    return distinct.length === 0 ? undefined : `${distinct.slice(0, most).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function clip(text: string): string | undefined {
    const line = text.trim().replace(/\s+/g, ' ');
    return line === '' ? undefined : line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

function isText(value: unknown): value is string {
    return typeof value === 'string' && value.trim() !== '';
}
