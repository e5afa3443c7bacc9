/** Types can't be made; the message says why and what to do. It never holds an API key. */
export class TypegenError extends Error {
    override name = 'TypegenError';
}
