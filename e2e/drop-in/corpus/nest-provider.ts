import type { AuthModeType } from '@nangohq/node';
import { Nango, prodHost } from '@nangohq/node';
import type { Sites } from './world.js';

/** As @nestjs/common declares them, for experimental and for standard decorators. */
const Injectable = () => (_target: unknown, _context?: unknown) => undefined;

interface FactoryProvider<T> {
    provide: string;
    useFactory: (config: ConfigService) => T;
    inject: unknown[];
}

class ConfigService {
    constructor(private readonly values: Record<string, string | undefined>) {}
    get(name: string): string | undefined {
        return this.values[name];
    }
    getOrThrow(name: string): string {
        const value = this.values[name];
        if (value === undefined) throw new Error(`${name} is missing`);
        return value;
    }
}

const nangoProvider: FactoryProvider<Nango> = {
    provide: 'NANGO',
    inject: [ConfigService],
    useFactory: (config) => new Nango({ apiKey: config.getOrThrow('NANGO_KEY'), host: config.get('NANGO_HOST') ?? prodHost }),
};

@Injectable()
class IntegrationsService {
    constructor(private readonly nango: Nango) {}

    async authMode(provider: string): Promise<AuthModeType> {
        const { data } = await this.nango.getProvider({ provider });
        return data.auth_mode;
    }

    async connect(integration: string, userId: string): Promise<string> {
        const { data } = await this.nango.createConnectSession({ end_user: { id: userId }, allowed_integrations: [integration] });
        return data.token.split('_').slice(0, 3).join('_');
    }

    async credentials(integration: string, connectionId: string): Promise<string> {
        const { credentials } = await this.nango.getConnection(integration, connectionId);
        if (credentials.type === 'OAUTH2') return credentials.access_token;
        if (credentials.type === 'API_KEY') return credentials.apiKey;
        throw new Error(`cannot use ${credentials.type}`);
    }
}

export const sites: Sites = {
    'a service gets its client from a factory': async ({ apiKey, host }) => {
        const service = new IntegrationsService(
            nangoProvider.useFactory(new ConfigService({ NANGO_KEY: apiKey, NANGO_HOST: host })),
        );
        return [
            await service.authMode('github'),
            await service.connect('key-api', 'user-1'),
            await service.credentials('key-api', 'k1'),
        ];
    },
};
