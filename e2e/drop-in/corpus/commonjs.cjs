// As a project that is no module writes it. Not compiled: run as it is.
const { Nango, SyncConfigType, getUserAgent } = require('@nangohq/node');

exports.sites = {
    require: async ({ apiKey, host }) => {
        const nango = new Nango({ apiKey, host });
        return nango.listConnections({ userId: 'user-1' }).then(({ connections }) => connections.map((one) => one.connection_id));
    },
    'what is exported': async () => [typeof Nango, SyncConfigType.SYNC, typeof getUserAgent()],
    'options that are not frozen stay usable': async ({ apiKey, host }) => {
        const options = { apiKey };
        options.host = host;
        return (await new Nango(options).getToken('key-api', 'k1')).type;
    },
};
