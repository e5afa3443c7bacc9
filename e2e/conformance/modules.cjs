for (const name of ['actions', 'connect', 'connections', 'core', 'integrations', 'node', 'proxy', 'syncs', 'webhooks'])
    exports[name] = require(`@x/${name}`);
