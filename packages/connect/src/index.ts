export * from './connect-session.js';
export { ConnectSessions } from './connect-sessions.js';
export * as operations from './operations.js';
