export { call, callForResponse } from './client/call.js';
export { Client } from './client/client.js';
export { type Composed, compose, type ResourceClass } from './client/compose.js';
export type { PagedIterable } from './client/paging.js';
export { prodHost } from './client/settings.js';
export {
    type ApiErrorDetails,
    type ErrorResponse,
    type ErrorSource,
    NangoApiError,
    NangoAuthenticationError,
    NangoNotFoundError,
    NangoPermissionError,
    NangoProviderError,
    NangoRateLimitError,
    type NangoValidationIssue,
} from './errors/api-error.js';
export { NangoConfigError } from './errors/config-error.js';
export type { NangoErrorCode } from './errors/error-code.js';
export { NangoInputError } from './errors/input-error.js';
export { NangoError } from './errors/nango-error.js';
export { isReconnectRequired } from './errors/reconnect-required.js';
export { NangoNetworkError, NangoResponseError, NangoTimeoutError } from './errors/transport-errors.js';
export type { RateLimitStatus } from './rate-limit/rate-limit-status.js';
export type { InlineOptions } from './request/inline-options.js';
export type { BodySource, OpenedBody } from './types/body-source.js';
export type { CallInput, QueryValue } from './types/call-input.js';
export type { Compared } from './types/compared.js';
export type {
    CallInfo,
    ErrorEvent,
    Hooks,
    Logger,
    LogLevel,
    RateLimitEvent,
    RequestEvent,
    ResponseEvent,
    RetryEvent,
} from './types/hooks.js';
export { type HttpMethod, type Operation, operation } from './types/operation.js';
export type {
    AgentLike,
    CallOptions,
    CallRateLimitOptions,
    LegacyOptions,
    NangoKey,
    NangoOptions,
    NangoSettings,
    RateLimitOptions,
    RateLimitStore,
    RetryOptions,
    TokenCacheOptions,
    TokenStore,
} from './types/options.js';
export type { NangoResponse, ResponseType } from './types/response.js';
export type { ReadableLike, RequestHeaders, RequestProgress, ResponseHeaders, WireBody } from './types/transport.js';
export type { Described, IfUntyped, IntegrationId, Nameable } from './types/typed.js';
export type { AuthModes, AuthModeType } from './wire/auth-mode.js';
export type { EndUser, EndUserInput, OrganizationInput } from './wire/end-user.js';
