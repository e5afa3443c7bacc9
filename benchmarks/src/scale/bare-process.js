// The floor: node:http alone, with an answer of the emulator's size that is prepared, in a process of its own.
import { createServer } from 'node:http';

const body = 'x'.repeat(600);
const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
});
let before = process.cpuUsage();
process.on('message', () => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    process.send({ cpu: (user + system) / 1_000 });
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}`, apiKey: '' }));
