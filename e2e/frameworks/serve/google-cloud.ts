import { http } from '@google-cloud/functions-framework';
import { handleWebhook } from '../recipes/google-cloud.js';

http('both', async (req, res) => {
    // As where a proxy in front parsed the body.
    if (req.path === '/wrong') req.rawBody = undefined;
    await handleWebhook(req, res);
});
