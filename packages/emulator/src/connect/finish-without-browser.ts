import { authenticateSession } from '../auth/authenticate.js';
import type { EmulatorContext } from '../context.js';
import { CodedError } from '../errors/coded-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { authBodies } from './auth-bodies.js';
import { popupModes } from './auth-modes.js';
import { ConnectRefusal, connectRequest } from './connect-request.js';
import { credentialsFromApproval, credentialsFromForm } from './credentials-of-mode.js';
import { denialDescription } from './denial.js';
import { type Connected, failConnection, finishConnection } from './finish-connection.js';

/** How a connect session is finished without a browser. */
export interface FinishConnect {
    token: string;
    integrationId: string;
    /** What the form would have asked for (API key, user name and password, …). */
    credentials?: Record<string, unknown>;
    /** Fields of `connection_config`. */
    params?: Record<string, string>;
    /** OAuth: what the consent page would have answered. */
    approve?: boolean;
    deny?: boolean;
}

/**
 * Do what a person would do on the Connect page: fill in the form, or answer the consent page.
 * @throws ContractError as the auth routes do; 400 `access_denied` after a denial, whose webhook has gone out by then
 */
export async function finishWithoutBrowser(context: EmulatorContext, finish: FinishConnect): Promise<Connected> {
    const who = authenticateSession(context, finish.token);
    const request = explained(() => connectRequest(context, who, finish.integrationId, { params: finish.params }));
    const mode = request.provider.auth_mode;
    if (finish.deny) {
        const description = denialDescription;
        failConnection(context, request, { type: 'callback_err', description });
        throw new CodedError(400, 'access_denied', description);
    }
    if (popupModes.has(mode)) {
        return finishConnection(context, request, credentialsFromApproval(context, request, finish.credentials));
    }
    const body = authBodies[mode];
    if (!body) throw new CodedError(400, 'invalid_auth_mode', `Auth mode ${mode} can not be finished here.`);
    const form = body.safeParse(finish.credentials ?? (mode === 'NONE' ? undefined : {}));
    if (!form.success) throw ValidationError.from('body', form.error);
    return finishConnection(
        context,
        request,
        credentialsFromForm(context, request, (form.data ?? {}) as Record<string, unknown>),
    );
}

/** The API's answers say no more than a code; the test that drives the emulator gets the reason. */
function explained<T>(work: () => T): T {
    try {
        return work();
    } catch (error) {
        throw error instanceof ConnectRefusal ? new CodedError(error.status, error.code, error.reason) : error;
    }
}
