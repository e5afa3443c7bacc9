import { beforeAll, expect, test } from 'vitest';
import { loadRedaction, Redactor } from './redactor.js';

/** A secret under its name, wherever an answer may carry it; `S3cr3t-value` must be nowhere afterwards, `kept` must stay. */
const redactor = new Redactor([]);
const secret = 'S3cr3t-value';

beforeAll(loadRedaction);

test.each([
    `grant_type=password&client_secret=${secret}&kept=1`,
    `access_token=${secret}; kept`,
    `https://h.example/cb?kept=1&api_key=${secret}#x`,
    `https://h.example/cb#access_token=${secret}&kept=1`,
    `user[password]=${secret}&kept=1`,
    `token%3D${secret}%26kept%3D1`,
    `%7B%22password%22%3A%22${secret}%22%2C%22kept%22%3A1%7D`,
    `{"password":"${secret}","kept":1}`,
    `upstream said {"error":{"token": "${secret}"}}, kept`,
    JSON.stringify({ body: JSON.stringify({ access_token: secret, kept: 1 }) }),
    JSON.stringify(JSON.stringify({ body: JSON.stringify({ access_token: `${secret}"x`, kept: 1 }) })),
    `{'api_key': '${secret}', 'kept': 1}`,
    `{:client_secret=>"${secret}", :kept=>1}`,
    `{"access_tokens":["${secret}","b"],"kept":1}`,
    `{"credentials":{"user":"a}","x":"${secret}"},"kept":1}`,
    `<Password>${secret}</Password><kept/>`,
    `<wsse:Password Type="http://x#PasswordText">${secret}</wsse:Password><kept/>`,
    `<api_key><![CDATA[${secret}]]></api_key><kept/>`,
    `<add key="client_secret" value="${secret}"/><kept/>`,
    `<add kept="1" password="${secret}"/>`,
    `<string name="access_token">${secret}</string><kept/>`,
    `Authorization: Digest ${secret}\nkept: 1`,
    `kept\r\nCookie: a=b; sid=${secret}\r\n`,
    `curl -H 'X-Api-Key: ${secret}' https://kept`,
    `password: ${secret}\nkept: 1`,
    `  api_key: "${secret}"\n  kept: 1`,
    `secret_key = ${secret}\nkept = 1`,
    `DefaultEndpointsProtocol=https;AccountKey=${secret};kept=1`,
    `postgres://user:${secret}@db.example/kept`,
    `redis://:${secret}@kept:6379`,
    `Content-Disposition: form-data; name="password"\r\n\r\n${secret}\r\n--kept`,
    `Incorrect API key provided: ${secret}. kept`,
    `Invalid access token '${secret}', kept`,
    `kept: the password was "${secret}"`,
    `{"name":"X-Api-Key","value":"${secret}"} kept`,
    `Bearer ${secret}, kept`,
    `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----\nkept`,
    `private_key=-----BEGIN PRIVATE KEY-----\\n${secret}\\n-----END PRIVATE KEY-----\\n&kept`,
])('%s', (text) => {
    const clean = redactor.text(text);
    expect(clean).not.toContain(secret);
    expect(clean).toContain('kept');
    const nested = JSON.stringify(redactor.json({ error: { message: text, list: [text] } }));
    expect(nested).not.toContain(secret);
    expect(nested).toContain('kept');
});

test.each([
    { password: secret },
    { deep: [{ signingKey: [secret] }] },
    { name: 'Authorization', value: secret },
    { header: 'x-api-key', value: secret, kept: 1 },
    { field: 'password', rejectedValue: secret, message: 'weak' },
    { path: ['body', 'client_secret'], received: secret },
    { loc: ['body', 'token'], input: secret, msg: 'bad' },
    { instancePath: '/auth/password', data: secret },
    { errors: { password: secret } },
    { headers: ['x-api-key', secret, 'host', 'h'] },
    { rawHeaders: ['Accept', '*', 'Cookie', `a=${secret}`] },
    [['client_secret', secret]],
    { credentials: { user: 'u', other: secret } },
    { token: { value: secret } },
    { body: JSON.stringify({ refresh_token: secret }) },
    { [`password=${secret}`]: 1 },
    { passphrase: `is ${secret} a b` },
])('%j', (body) => {
    expect(JSON.stringify(redactor.json(body))).not.toContain(secret);
});

const filler = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1bCd4fGh7jKl0nOp3rSt6vWx9zAb2dEf5h';
const shapes: Record<string, string> = {
    JWT: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLWhlcmU',
    JWE: 'eyJhbGciOiJkaXIifQ..aXYtaGVyZQ.Y2lwaGVydGV4dA.dGFn',
    'GitHub classic': `ghp_${filler.slice(0, 36)}`,
    'GitHub app': `ghs_${filler.slice(0, 36)}`,
    'GitHub fine-grained': `github_pat_${filler.slice(0, 22)}_${filler.slice(0, 59)}`,
    GitLab: `glpat-${filler.slice(0, 20)}`,
    'Slack bot': `xoxb-123456789012-${filler.slice(0, 24)}`,
    'Slack user': `xoxp-123456789012-${filler.slice(0, 24)}`,
    Stripe: `sk_live_${filler.slice(0, 24)}`,
    'Stripe restricted': `rk_test_${filler.slice(0, 24)}`,
    OpenAI: `sk-proj-${filler.slice(0, 48)}`,
    'OpenAI older': `sk-${filler.slice(0, 48)}`,
    Anthropic: `sk-ant-api03-${filler}`,
    'Google API': `AIzaSy${filler.slice(0, 33)}`,
    'Google OAuth': `ya29.a0${filler}`,
    'Google client secret': `GOCSPX-${filler.slice(0, 28)}`,
    AWS: 'AKIAIOSFODNN7EXAMPLE',
    SendGrid: `SG.${filler.slice(0, 22)}.${filler.slice(0, 43)}`,
    HubSpot: 'pat-na1-7c9e6679-7425-40de-944b-e07fc1f90ae7',
    Shopify: `shpat_${'0a1b2c3d'.repeat(4)}`,
    npm: `npm_${filler.slice(0, 36)}`,
    'Hugging Face': `hf_${'AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh'}`,
    Linear: `lin_api_${filler.slice(0, 40)}`,
    Figma: `figd_${filler.slice(0, 40)}`,
    Notion: `ntn_12345678901${filler.slice(0, 35)}`,
    Databricks: `dapi${'0a1b2c3d'.repeat(4)}`,
    Docker: `dckr_pat_${filler.slice(0, 27)}`,
    'Nango session': `nango_connect_session_${'0a'.repeat(32)}`,
};
test.each(Object.entries(shapes))('a token of %s goes by its shape', (_name, token) => {
    for (const text of [
        token,
        `"${token}"`,
        `bad ${token} here`,
        `x=${token}&y`,
        `%22${token}%22`,
        `a\\n${token}\\n`,
        `(${token})`,
        `/${token}/`,
    ]) {
        expect(redactor.text(text)).not.toContain(token.slice(8));
    }
});
