import { z } from 'zod';
import { keyWith, type RouteAuth } from '../auth/auth-result.js';
import { data } from '../base/formats.js';
import type { EmulatorContext } from '../context.js';
import { NotFoundError } from '../errors/coded-error.js';
import { functionTemplate } from '../functions/function-schemas.js';
import { isTemplate, presentTemplate } from '../functions/present-function.js';
import type { Routes } from '../http/routes.js';
import { logoUrl } from '../integrations/present-integration.js';
import type { Environment } from '../state/environment.js';
import { listProvidersQuery, provider, providerParams } from './provider-schemas.js';

const providerOf = (environment: Environment, integrationId: string) => environment.integrations.get(integrationId)?.provider;

/** The catalogue (contract 5). */
export function registerProviders(routes: Routes, context: EmulatorContext): void {
    const auth: RouteAuth = { kind: 'sessionOrKey', scopes: [] };
    const present = (name: string) => ({ ...context.providers.get(name), name, logo_url: logoUrl(context, name) });

    routes.add(
        {
            method: 'get',
            path: '/providers',
            operation: 'listProviders',
            contract: '5.1',
            summary: 'List the providers of the catalogue',
            auth,
            query: listProvidersQuery,
            success: { 200: data(z.array(provider)) },
        },
        ({ query }) => {
            // A regular expression, not a substring: `.` matches anything (contract 5.1).
            const search = query.search === undefined ? undefined : new RegExp(query.search, 'i');
            return { data: [...context.providers.keys()].filter((name) => !search || search.test(name)).map(present) };
        },
    );

    routes.add(
        {
            method: 'get',
            path: '/providers/:provider',
            operation: 'getProvider',
            contract: '5.2',
            summary: 'Get a provider',
            auth,
            params: providerParams,
            success: { 200: data(provider) },
            errors: { 404: ['not_found'] },
        },
        ({ params }) => {
            if (!context.providers.has(params.provider)) throw new NotFoundError(`There is no provider ${params.provider}.`);
            return { data: present(params.provider) };
        },
    );

    routes.add(
        {
            method: 'get',
            path: '/providers/:provider/templates',
            operation: 'getProviderTemplates',
            contract: '5.3',
            summary: 'List the function templates of a provider: those that are deployed somewhere',
            auth: keyWith(),
            params: providerParams,
            success: { 200: data(z.array(functionTemplate)) },
        },
        ({ environment, params }) => {
            // The emulator has no catalogue of functions but what was deployed from it.
            const found = environment.functions
                .all()
                .filter(isTemplate)
                .filter((row) => row.source === 'catalog' && providerOf(environment, row.integrationId) === params.provider)
                .sort((a, b) => (a.type === b.type ? a.id - b.id : a.type === 'action' ? -1 : 1));
            const byName = new Map(found.map((row) => [`${row.type} ${row.name}`, row]));
            return { data: [...byName.values()].map(presentTemplate) };
        },
    );
}
