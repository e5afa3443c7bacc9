// The JavaScript behind both `@x/core` and `@x/core/internal`: one file, so that a class or a cache is there once. Which names each of the two
// shows is in their declarations: `index.ts` and `internal/index.ts`.
export * from './index.js';
export * from './internal/index.js';
