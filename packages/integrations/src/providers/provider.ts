import type { AuthModeType, HttpMethod } from '@x/core';

/** One input that a provider asks for, as a form would show it. */
export interface ProviderField {
    type: 'string';
    title: string;
    description: string;
    example?: string;
    /** Regular expression that the value must match. */
    pattern?: string;
    optional?: boolean;
    format?: 'hostname' | 'uri' | 'uuid' | 'email';
    /** Place in the form. */
    order: number;
    default_value?: string;
    hidden?: string;
    prefix?: string;
    suffix?: string;
    doc_section?: string;
    secret?: string;
    /** Filled by Nango, not by a person. */
    automated: boolean;
    enum?: string[];
    warnings?: Record<string, string>;
    /** Shown only while another field has this value. */
    visible_when?: { field: string; equals: string };
}

/** How the proxy calls a provider. */
export interface ProviderProxy {
    base_url: string;
    headers?: Record<string, string>;
    query?: Record<string, string>;
    // biome-ignore lint/suspicious/noExplicitAny: nested maps of text, as deep as the provider's template
    body?: Record<string, any>;
    connection_config?: Record<string, string>;
    // biome-ignore lint/suspicious/noExplicitAny: settings of the server's own retries, which differ by provider
    retry?: any;
    decompress?: boolean;
    forward_headers_on_redirect?: boolean;
    // biome-ignore lint/suspicious/noExplicitAny: as above, for paging
    paginate?: any;
    /** The call that tests new credentials. */
    verification?: {
        method: Exclude<HttpMethod, 'HEAD' | 'OPTIONS'>;
        endpoints: string[];
        base_url_override?: string;
        headers?: Record<string, string>;
        data?: unknown;
    };
}

/**
 * A provider of the catalogue. What is listed here is what most have; the rest of the catalogue entry is there
 * too.
 */
export interface Provider {
    /** Its id, e.g. `github`. */
    name: string;
    display_name: string;
    logo_url: string;
    /** Address of its page in Nango's documentation. */
    docs: string;
    auth_mode: AuthModeType;
    /** The user installs Nango's app at the provider, and the provider calls back. */
    installation?: 'outbound';
    proxy?: ProviderProxy;
    categories?: string[];
    default_scopes?: string[];
    available_scopes?: string[];
    scope_separator?: string;
    connection_configuration?: string[];
    redirect_uri_metadata?: string[];
    token_response_metadata?: string[];
    /** What each connection must be given. */
    connection_config?: Record<string, ProviderField>;
    /** The credentials that each connection must be given. */
    credentials?: Record<string, ProviderField>;
    /** What each integration must be given. */
    integration_config?: Record<string, ProviderField>;
    assertion_option?: Record<string, ProviderField>;
    authorization_url?: string;
    authorization_params?: Record<string, string>;
    /** One address, or one for each auth mode. */
    token_url?:
        | string
        | Partial<Record<'OAUTH1' | 'OAUTH2' | 'OAUTH2CC' | 'BASIC' | 'API_KEY' | 'CUSTOM' | 'APP' | 'NONE', string>>;
    token_params?: Record<string, string>;
    token_request_auth_method?: 'basic' | 'custom' | 'private_key_jwt';
    docs_connect?: string;
    setup_guide_url?: string;
    webhook_routing_script?: string;
    webhook_user_defined_secret?: boolean;
    require_client_certificate?: boolean;
    // biome-ignore lint/suspicious/noExplicitAny: the rest of the catalogue entry; `unknown` would refuse an interface that has less
    [field: string]: any;
}
