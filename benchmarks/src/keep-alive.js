// Three calls, 6 s apart: whether a client keeps its connection between them shows in the server's handshakes.
import { clients } from './clients.js';

const [name, host] = process.argv.slice(2);
const client = await clients[name](host);
for (let call = 0; call < 3; call++) {
    if (call > 0) await new Promise((resolve) => setTimeout(resolve, 6_000));
    await client.connection();
}
console.log('{}');
process.exit();
