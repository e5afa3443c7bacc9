import { createRequire } from 'node:module';

/** Loads a dependency when it is first needed: most runs need neither YAML, WebSockets nor TLS, and each costs tens of milliseconds. */
export const requireLater: NodeJS.Require = createRequire(hereOrUndefined() ?? __filename);

/** In the CJS build `import.meta` is empty. */
function hereOrUndefined(): string | undefined {
    return import.meta.url;
}
