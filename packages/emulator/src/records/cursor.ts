import { microDate } from '../base/dates.js';
import { ServerError } from '../errors/coded-error.js';
import type { RecordPosition } from './model-records.js';

const form = /^([^|]+)\|\|([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** A record's position as clients carry it: base64 of its last modification, two bars and its internal id (contract 10.1). */
export const toCursor = ({ lastModifiedAt, uuid }: RecordPosition): string => cursorsAt(lastModifiedAt)(uuid);

/** The cursors of one moment: what they have in common, in threes of characters, is encoded once. */
export function cursorsAt(lastModifiedAt: number): (uuid: string) => string {
    const moment = `${microDate(lastModifiedAt)}||`;
    const common = moment.length - (moment.length % 3);
    const [encoded, rest] = [btoa(moment.slice(0, common)), moment.slice(common)];
    return (uuid) => encoded + btoa(rest + uuid);
}

/** @throws ServerError 500: the server does not check cursors before it uses them (contract 10.1) */
export function fromCursor(cursor: string): RecordPosition {
    const [, date = '', uuid = ''] = form.exec(Buffer.from(cursor, 'base64').toString('utf8')) ?? [];
    const lastModifiedAt = microsOf(date);
    if (lastModifiedAt === undefined) throw new ServerError('The cursor can not be read.');
    return { lastModifiedAt, uuid };
}

/** Microseconds of an ISO date with any number of sub-second digits. */
export function microsOf(iso: string): number | undefined {
    const ms = Date.parse(iso);
    if (Number.isNaN(ms)) return undefined;
    const digits = /\.(\d+)/.exec(iso)?.[1] ?? '';
    return ms * 1000 + Number(digits.slice(3, 6).padEnd(3, '0'));
}
