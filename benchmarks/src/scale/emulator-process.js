// The emulator in a process of its own. Answers what it took since it was asked last, and what it holds.
import { startEmulator } from '@x/emulator';

const upstream = process.env.UPSTREAM ?? 'http://127.0.0.1:9';
const records = Array.from({ length: 1_000 }, (_, index) => ({
    id: `r${index}`,
    title: `title of ${index}`,
    body: 'some text that a record may hold, as long as a short description of an issue is'.repeat(3),
    open: true,
}));
const emulator = await startEmulator({
    port: 0,
    rateLimit: false,
    upstreams: [upstream],
    seed: {
        integrations: [{ provider: 'unauthenticated', unique_key: 'github', integration_config: { baseUrl: upstream } }],
        connections: Array.from({ length: 20 }, (_, index) => ({
            provider_config_key: 'github',
            connection_id: `c${index + 1}`,
            credentials: { type: 'NONE' },
            end_user: { id: `user-${index}`, email: `user-${index}@example.com`, display_name: `User ${index}` },
            metadata: { team: 'a'.repeat(100) },
        })),
        records: [{ provider_config_key: 'github', connection_id: 'c1', model: 'Issue', save: records }],
    },
});
let before = process.cpuUsage();
process.on('message', () => {
    const { user, system } = process.cpuUsage(before);
    before = process.cpuUsage();
    process.send({ cpu: (user + system) / 1_000, ...process.memoryUsage() });
});
process.on('disconnect', () => process.exit());
process.send({ url: emulator.url, apiKey: emulator.apiKey });
