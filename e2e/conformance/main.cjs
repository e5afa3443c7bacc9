const modules = require('./modules.cjs');

import('./run-cases.mjs')
    .then(({ runCases }) => runCases(modules, JSON.parse(process.argv[2])))
    .then((answer) => console.log(JSON.stringify(answer)));
