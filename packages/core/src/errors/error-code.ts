/**
 * The codes that the API is known to send to a back end. Open: a newer server, a provider and an action's
 * author add codes of their own, so it takes any string, and editors suggest these.
 */
export type NangoErrorCode = KnownErrorCode | (string & {});

type KnownErrorCode =
    | RequestErrorCode
    | AuthErrorCode
    | LookupErrorCode
    | ConnectionErrorCode
    | FunctionErrorCode
    | ProxyErrorCode
    | ServerErrorCode;

/** The request itself; each failed check is in `errors`. */
type RequestErrorCode =
    | 'invalid_body'
    | 'invalid_content_type'
    | 'invalid_headers'
    | 'invalid_json'
    | 'invalid_query_params'
    | 'invalid_uri_params';

/** Key, scope, plan and rate limit. */
type AuthErrorCode =
    | 'forbidden'
    | 'invalid_connect_session_token_format'
    | 'invalid_secret_key_format'
    | 'malformed_auth_header'
    | 'missing_auth_header'
    | 'plan_limit'
    | 'resource_capped'
    | 'too_many_request'
    | 'unknown_account'
    | 'unknown_connect_session_token';

/** What the request names does not exist. */
type LookupErrorCode =
    | 'not_found'
    | 'unknown_connection'
    | 'unknown_environment'
    | 'unknown_provider'
    | 'unknown_provider_config'
    | 'unknown_provider_template'
    | 'unknown_sync';

/** Connections, their credentials and their import. */
type ConnectionErrorCode =
    | 'connection_refresh_backoff'
    | 'connection_refresh_exhausted'
    | 'connection_test_failed'
    | 'connection_validation_failed'
    | 'invalid_credentials'
    | 'invalid_expires_at'
    | 'missing_access_token'
    | 'missing_account_id'
    | 'missing_api_key'
    | 'missing_app_id'
    | 'missing_basic_username'
    | 'missing_expires_at'
    | 'missing_installation_id'
    | 'missing_provider_config';

/** Syncs, their variants, actions and other functions. */
type FunctionErrorCode =
    | 'action_failure'
    | 'action_script_failure'
    | 'action_script_runtime_error'
    | 'ambiguous_function'
    | 'disabled_resource'
    | 'execution_timeout'
    | 'failed_sync_variant_creation'
    | 'failed_sync_variant_deletion'
    | 'function_managed_by_deploy'
    | 'function_runtime_other'
    | 'function_runtime_out_of_memory'
    | 'function_runtime_timed_out'
    | 'invalid_action_input'
    | 'invalid_action_output'
    | 'invalid_variant'
    | 'missing_provider_config_key'
    | 'no_syncs_found'
    | 'script_aborted'
    | 'script_api_rate_limit_error'
    | 'script_cancelled'
    | 'script_http_error'
    | 'script_internal_error'
    | 'script_invalid_error'
    | 'script_network_error'
    | 'script_output_too_large'
    | 'sync_variant_already_exists';

/** Nango's own failures of a proxied call. */
type ProxyErrorCode =
    | 'base_url_override_disabled'
    | 'base_url_override_not_allowed'
    | 'failed_to_get_connection'
    | 'invalid_certificate_or_key_format'
    | 'missing_api_url'
    | 'missing_provider'
    | 'unknown_error'
    | 'unsupported_auth'
    | 'unsupported_provider';

/** The server failed. */
type ServerErrorCode = 'generic_error_support' | 'internal_server_error' | 'server_error';
