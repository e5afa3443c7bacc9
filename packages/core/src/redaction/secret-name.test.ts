import { expect, test } from 'vitest';
import { isSecretName } from './secret-name.js';

test.each(
    `token access_token accessToken access-token access.token ACCESS_TOKEN accesstoken refreshToken refresh_tokens accessTokens bot_token
    botToken xoxb_token x-amz-security-token X-Vault-Token PRIVATE-TOKEN personal_access_token idToken id_token oauth_token_secret OAuthToken
    session_token csrfToken csrfmiddlewaretoken device_token authToken auth_token_v2 access_token_value api_tokens
    secret secrets client_secret clientSecret client-secret ClientSecret clientsecret app_secret webhookSecret shared_secret secret_value
    consumer_secret client_secret_1 SECRET
    key_secret secret_key secretKey signingKey signing_key encryption_key encryptionKey masterKey api_key apiKey apikey API_KEY X-API-Key
    x_api_keys access_key AccessKey SecretAccessKey AWSSecretAccessKey awsaccesskey private_key privateKeyPem ssh_private_key account_key
    sharedAccessKey subscription-key license_key hmac_key client_key_data application_key dev_key signing_keys
    password passwd pwd db_password dbPassword userpassword new_password password_confirmation password_hash pass smtp_pass passphrase
    key_passphrase passcode seed_phrase recovery_phrase mnemonic
    authorization Authorization proxy-authorization basic_auth http_auth X-Auth bearer jwt credentials credential
    creds cookie Set-Cookie session_cookie csrf xsrf client_assertion assertion SAMLResponse code_verifier authorization_code device_code
    passWord pass_word userpass key_material certificate_key rsa_private X-Authentication
    otp totp otp_code recovery_codes backup_codes hmac signature x-amz-signature sig form[password] user[api_key] data.0.secret
    body/access_token`.split(/\s+/),
)('%s holds a secret', (name) => {
    expect(isSecretName(name)).toBe(true);
});

test.each(
    `max_tokens maxTokens total_tokens prompt_tokens completion_tokens output_tokens tokens tokens_used token_type tokenType token_count
    token_expires_at tokenizer page_token pageToken next_page_token nextPageToken nextSyncToken sync_token continuation_token next_token
    NextToken start_page_token design_tokens delta_token unexpected_token stop_token
    key keys primary_key primaryKey foreign_key sort_key partition_key public_key publishableKey unique_key provider_config_key providerConfigKey
    idempotency_key idempotency-key cache_key issue_key projectKey object_key routing_key feature_key key_id api_key_id access_key_id keyword
    keyboard monkey hotkey translation_key api_key_name secret_name secret_id secret_version secretary token_id token_url token_endpoint
    password_hint password_policy password_reset_url password_changed_at requires_password_change
    code error_code status_code country_code zip_code code_challenge code_challenge_method author authority authorization_url authorize authorization_params
    credentials_type credential_count cookies cookie_policy jwt_id signature_method signature_version method_signature grid_token client_assertion_type
    session_id passed compass bypass passenger pass_rate identity description id name type status`.split(/\s+/),
)('%s holds none', (name) => {
    expect(isSecretName(name)).toBe(false);
});
