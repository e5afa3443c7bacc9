// Express 5 and the CommonJS build: `PORT=… node express-server.cjs`.
const { createWebhookHandler, keepRawBody } = require('@x/webhooks/express');
const express = require('express');

import('./receiver.mjs').then(({ receiver }) => {
    const app = express();
    app.post('/before-json', createWebhookHandler(receiver(process.env)));
    app.use(express.json({ verify: keepRawBody, limit: '10mb' }));
    app.post('/after-json', createWebhookHandler(receiver(process.env)));
    app.listen(Number(process.env.PORT), '127.0.0.1');
});
