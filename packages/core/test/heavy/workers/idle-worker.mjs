// Makes an action, is then left idle (or frozen) by its parent, and makes another when asked to.
import { Client, callForResponse, operation } from '../../../dist/node/index.js';

const action = operation({ name: 'triggerAction', method: 'POST', path: '/action/trigger', idempotent: false });
const client = new Client({ apiKey: '5f0e1a2b-0000-4000-8000-c0ffee5ec4e7', host: process.env.IDLE_WORKER, retry: false });
const act = () =>
    callForResponse(client, action, { body: {} }).then(
        () => 'ok',
        (error) => String(error),
    );

process.on('message', async (said) => {
    if (said === 'again') process.send({ second: await act() }, () => process.exit(0));
});
process.send({ first: await act() });
