/** The environment without pnpm's settings, which npm run from a pnpm script would take for its own. */
export const cleanEnvironment = () =>
    Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|init_cwd$|node_options$)/i.test(name)));
