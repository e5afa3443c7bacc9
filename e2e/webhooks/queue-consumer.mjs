// The other end of the queue of the README's Worker.
export default {
    async queue({ messages }, env) {
        for (const { body } of messages) await fetch(env.LEDGER_URL, { method: 'POST', body: JSON.stringify({ event: body }) });
    },
};
