// The floor: node:http alone, in a process of its own, with prepared answers as long as the emulator's, and one that asks the provider.
import { Agent, request as ask, createServer } from 'node:http';

const bodies = { '/': 'x'.repeat(600), '/page': 'x'.repeat(60_000) };
const agent = new Agent({ keepAlive: true });

function answer(response, body) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
}

function collect(stream, done) {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => done(Buffer.concat(chunks)));
}

const server = createServer((request, response) => {
    if (bodies[request.url]) {
        request.resume();
        answer(response, bodies[request.url]);
        return;
    }
    collect(request, (sent) => {
        const outgoing = ask(`${process.env.UPSTREAM}${request.url}`, { method: request.method, agent }, (upstream) =>
            collect(upstream, (body) => answer(response, body)),
        );
        outgoing.end(sent);
    });
});
let before = process.cpuUsage();
process.on('message', () => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    process.send({ cpu: (user + system) / 1_000 });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}`, apiKey: '' }));
