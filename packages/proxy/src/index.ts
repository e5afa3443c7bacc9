export { ProxyCalls } from './proxy-calls.js';
export type { ProxyConfiguration, ProxyParam, ProxyRequest } from './proxy-config.js';
