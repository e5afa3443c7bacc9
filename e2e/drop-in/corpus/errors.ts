import { Nango } from '@nangohq/node';
import axios, { type AxiosError } from 'axios';
import type { Sites, World } from './world.js';

const client = ({ apiKey, host }: World) => new Nango({ apiKey, host });
const target = ({ upstream }: World) => ({ providerConfigKey: 'key-api', connectionId: 'k1', baseUrlOverride: upstream });

interface ApiFailure {
    error: { code: string; message?: string };
}

export const sites: Sites = {
    'isAxiosError and the status': async (world) => {
        try {
            await client(world).getConnection('nowhere', 'k1');
            return 'resolved';
        } catch (err) {
            return axios.isAxiosError(err) && [err.response?.status, (err.response?.data as ApiFailure).error.code];
        }
    },
    'a cast to AxiosError': async (world) => {
        const code = await client(world)
            .getMetadata('key-api', 'unknown')
            .then(() => undefined)
            .catch((err: AxiosError<ApiFailure>) => err.response?.data.error.code);
        return code;
    },
    'any, and optional chains': async (world) => {
        try {
            await client(world).triggerAction('key-api', 'k1', 'no-such-action', {});
            return 'resolved';
        } catch (err: any) {
            return [
                err?.response?.status,
                err.response?.data?.error?.code,
                err instanceof Error,
                err.response?.headers['content-type'],
            ];
        }
    },
    'what the provider said': async (world) => {
        try {
            await client(world).get({ ...target(world), endpoint: '/status/422' });
            return 'resolved';
        } catch (err: any) {
            return { status: err.response.status, data: err.response.data, axios: axios.isAxiosError(err) };
        }
    },
    'a server that is not there': async (world) => {
        try {
            await new Nango({ apiKey: world.apiKey, host: 'http://127.0.0.1:9' }).listIntegrations();
            return 'resolved';
        } catch (err: any) {
            return [err.code, err.response, axios.isAxiosError(err)];
        }
    },
    'a wrong key': async (world) => {
        const err = await new Nango({ apiKey: '00000000-0000-4000-8000-000000000000', host: world.host })
            .listIntegrations()
            .catch((e) => e);
        return [err.response.status, err.response.data.error.code];
    },
    'a helper that reads the code of any failure': async (world) => {
        const codeOf = (err: unknown): string | undefined =>
            typeof err === 'object' && err !== null && 'response' in err
                ? (err as { response?: { data?: ApiFailure } }).response?.data?.error.code
                : undefined;
        return codeOf(
            await client(world)
                .getIntegration({ uniqueKey: 'nope' })
                .catch((err: unknown) => err),
        );
    },
};
