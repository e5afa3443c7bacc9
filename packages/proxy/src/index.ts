export { ProxyCalls } from './proxy-calls.js';
export type { ProxyConfiguration, ProxyParam } from './proxy-config.js';
