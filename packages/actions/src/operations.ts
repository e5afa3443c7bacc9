import { operation } from '@x/core';

// Contract 13.1. An action may run for 15 minutes; the answer comes when it has ended.
export const triggerAction = operation({
    name: 'triggerAction',
    method: 'POST',
    path: '/action/trigger',
    idempotent: false,
    anyJson: true,
    timeout: 960_000,
});

// Contract 13.1, with `X-Async`.
export const triggerActionAsync = operation({
    name: 'triggerActionAsync',
    method: 'POST',
    path: '/action/trigger',
    idempotent: false,
});

// Contract 13.2.
export const getAsyncActionResult = operation({
    name: 'getAsyncActionResult',
    method: 'GET',
    path: '/action/{id}',
    idempotent: true,
    anyJson: true,
});

// Contract 13.2, asked again until the result is there.
export const waitForActionResult = operation({ ...getAsyncActionResult, name: 'waitForActionResult' });
