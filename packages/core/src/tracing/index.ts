export { type MetricsOptions, metrics } from './metrics.js';
export { type TracingOptions, tracing } from './tracing.js';
