import { operation } from '@x/core';
import { operations } from '@x/integrations';

/*
 * What the older argument forms ask beside the call itself, under the name of the method that was called.
 */

// Contract 6.3: the provider that the older form names must be the integration's.
export const currentIntegration = operation({ ...operations.getIntegration, name: 'updateIntegration' });

// Contract 5.2: the older forms name no type of credentials.
export const providerToCreate = operation({ ...operations.getProvider, name: 'createIntegration' });

// Contract 5.2, for the other method.
export const providerToUpdate = operation({ ...operations.getProvider, name: 'updateIntegration' });
