/*
 * What the Connect page reads and passes around. This folder runs in the browser: `connect-page.ts` is bundled into one script when the
 * package is built, and by the test runner.
 */

import type { AuthMode } from '../../providers/provider.js';

/** One field of a form, as providers describe it (contract 5.1). */
export interface Schema {
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
    secret?: boolean;
    automated?: boolean;
    enum?: string[];
    visible_when?: { field: string; equals: string };
}

export interface Provider {
    name: string;
    display_name: string;
    auth_mode: AuthMode;
    installation?: string;
    docs_connect?: string;
    require_client_certificate?: boolean;
    credentials?: Record<string, Schema>;
    connection_config?: Record<string, Schema>;
    assertion_option?: Record<string, Schema>;
}

export interface Integration {
    unique_key: string;
    provider: string;
    display_name: string;
}

export interface Session {
    connectUISettings: { theme: Record<'light' | 'dark', { primary: string }>; defaultTheme: string };
    integrations_config_defaults?: Record<string, { connection_config?: Record<string, unknown> }>;
    overrides?: Record<string, { docs_connect?: string }>;
    isReconnecting?: boolean;
    websocketsPath?: string;
}

/** What the page reports to its parent when a connection is there (contract 16.2). */
export interface Connected {
    connectionId: string;
    providerConfigKey: string;
    isPending?: boolean;
}

/** How an attempt ends. */
export interface Outcome {
    done(result: Connected): void;
    fail(type: string, message: string): void;
}

/** An attempt that goes on in a window. */
export interface Attempt {
    /** Opens the window anew: it may be lost behind others. Call it in a click's own handler. */
    reopen(): void;
    /** Ends the waiting, and closes the window; the outcome is not called any more. */
    cancel(): void;
}

/** Which part of the request a field belongs to. */
export type FieldGroup = 'credentials' | 'params' | 'assertionOption';
