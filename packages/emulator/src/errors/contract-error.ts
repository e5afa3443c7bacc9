/** An answer that is an error: thrown anywhere in a handler, turned into a response by the route pipeline. */
export class ContractError extends Error {
    override name = 'ContractError';

    /**
     * @param status - HTTP status
     * @param body - the JSON body as it goes out, `{ error: { … } }` on most routes (contract 1.3)
     */
    constructor(
        readonly status: number,
        readonly body: unknown,
        readonly headers: Record<string, string> = {},
    ) {
        super(`HTTP ${status}`);
    }
}
