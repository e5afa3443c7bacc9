export type { ConfigField, DescribedFunction, DescribedIntegration, JsonSchema } from './described.js';
export { type ReadEnvironmentOptions, readEnvironment } from './read/read-environment.js';
export { readFolder } from './read/read-folder.js';
export { type GeneratedTypes, generateTypes } from './render/generate-types.js';
export { TypegenError } from './typegen-error.js';
