import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether certificates can be made here; says so once where not. */
export const opensslIsHere = (() => {
    const found = spawnSync('openssl', ['version']).status === 0;
    if (!found) console.warn('No openssl here: the tests of private CAs are left out (apt-get install openssl)');
    return found;
})();

export interface Certificate {
    readonly key: string;
    readonly cert: string;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate authority that nobody knows, as companies have them. */
export class PrivateCa {
    readonly #folder = mkdtempSync(join(tmpdir(), 'nango-ca-'));
    #issued = 0;

    private constructor(readonly name: string) {}

    static async create(name = 'Example Corp Root'): Promise<PrivateCa> {
        const ca = new PrivateCa(name);
        const files = ['-keyout', ca.#at('ca.key'), '-out', ca.file];
        await run('openssl', ['req', '-x509', ...newKey, ...files, '-days', '2', '-subj', `/CN=${name}`]);
        return ca;
    }

    /** Its own certificate, as a PEM file. */
    get file(): string {
        return this.#at('ca.pem');
    }

    get cert(): string {
        return readFileSync(this.file, 'utf8');
    }

    /**
     * @param names of the server, as in a subject alternative name: `DNS:localhost`, `IP:::1`
     * @param days that it is valid from now; negative for an expired one
     */
    async issue(names: readonly string[], days = 2): Promise<Certificate> {
        const number = ++this.#issued;
        const at = (extension: string) => this.#at(`${number}.${extension}`);
        await run('openssl', ['req', ...newKey, '-keyout', at('key'), '-out', at('csr'), '-subj', `/CN=leaf ${number}`]);
        writeFileSync(at('ext'), `subjectAltName=${names.join(',')}\n`);
        const authority = ['-CA', this.file, '-CAkey', this.#at('ca.key'), '-set_serial', String(number + 1)];
        const files = ['-in', at('csr'), '-out', at('pem'), '-extfile', at('ext')];
        await run('openssl', ['x509', '-req', ...files, ...authority, '-days', String(days)]);
        return { key: readFileSync(at('key'), 'utf8'), cert: readFileSync(at('pem'), 'utf8') };
    }

    remove(): void {
        rmSync(this.#folder, { recursive: true, force: true });
    }

    #at(file: string): string {
        return join(this.#folder, file);
    }
}
