/** How a connection's credentials are obtained and used (contract 8.3). */
export const authModes = [
    'OAUTH1',
    'OAUTH2',
    'OAUTH2_CC',
    'BASIC',
    'API_KEY',
    'CUSTOM',
    'APP',
    'NONE',
    'TBA',
    'JWT',
    'BILL',
    'TWO_STEP',
    'SIGNATURE',
    'MCP_OAUTH2',
    'MCP_OAUTH2_GENERIC',
    'INSTALL_PLUGIN',
    'AWS_SIGV4',
] as const;

export type AuthMode = (typeof authModes)[number];

/** One field that a person (or the integration's owner) fills in; contract 5.1, "simplified schema". */
export interface FieldSchema {
    type: 'string';
    title?: string;
    description?: string;
    example?: string;
    pattern?: string;
    optional?: boolean;
    format?: string;
    order?: number;
    default_value?: string;
    hidden?: boolean;
    prefix?: string;
    suffix?: string;
    doc_section?: string;
    secret?: boolean;
    /** Filled by the flow itself, never asked for. */
    automated?: boolean;
    enum?: string[];
    warnings?: unknown;
    visible_when?: { field: string; equals: string };
}

/** What makes the server's own retries differ from the default set (contract 14.5). */
export interface ProviderRetry {
    /** Headers that hold the Unix second of the next attempt. */
    at?: string | string[];
    /** Headers that hold a number of seconds to wait. */
    after?: string | string[];
    /** A header that says 0 when the quota is used up. */
    remaining?: string;
    /** Replaces the set of statuses that are retried: `429`, `5xx`. */
    error_code?: (string | number)[] | string | number;
    in_body?: { path: string; value: string; strategy: 'at' | 'after' };
}

export interface ProviderProxy {
    base_url: string;
    headers?: Record<string, unknown>;
    query?: Record<string, unknown>;
    body?: Record<string, unknown>;
    connection_config?: Record<string, string>;
    retry?: ProviderRetry;
    decompress?: boolean;
    forward_headers_on_redirect?: boolean;
    paginate?: Record<string, unknown>;
    verification?: {
        method?: string;
        endpoints?: string[];
        base_url_override?: string;
        headers?: Record<string, unknown>;
        data?: unknown;
    };
}

/** One entry of the catalogue, keyed by its name (contract 5.1). */
export interface Provider {
    display_name: string;
    auth_mode: AuthMode;
    docs?: string;
    docs_connect?: string;
    categories?: string[];
    proxy?: ProviderProxy;
    authorization_url?: string;
    token_url?: string | Record<string, string>;
    request_url?: string;
    signature_method?: 'HMAC-SHA1' | 'RSA-SHA1' | 'PLAINTEXT';
    authorization_params?: Record<string, unknown>;
    token_params?: Record<string, unknown>;
    scope_separator?: string;
    default_scopes?: string[];
    credentials?: Record<string, FieldSchema>;
    connection_config?: Record<string, FieldSchema>;
    integration_config?: Record<string, FieldSchema>;
    assertion_option?: Record<string, FieldSchema>;
    token_expires_in_ms?: number;
    webhook_routing_script?: string;
    webhook_user_defined_secret?: boolean;
    require_client_certificate?: boolean;
    redirect_uri_metadata?: string[];
    token_response_metadata?: string[];
    connection_configuration?: string[];
    installation?: 'outbound';
    /** Everything else that the catalogue says; passed through by `GET /providers`. */
    [field: string]: unknown;
}
