import { describe, expect, test } from 'vitest';
import { providerMessage } from './provider-message.js';

/** Error bodies in the form that each provider documents, and the words that an error's message should have. */
const bodies: [provider: string, body: unknown, message: string | undefined][] = [
    [
        'Google',
        {
            error: {
                code: 404,
                message: 'Requested entity was not found.',
                errors: [{ message: 'Requested entity was not found.', domain: 'global', reason: 'notFound' }],
                status: 'NOT_FOUND',
            },
        },
        'Requested entity was not found.',
    ],
    [
        'HubSpot',
        {
            status: 'error',
            message: 'Property values were not valid',
            correlationId: 'c0ffee',
            category: 'VALIDATION_ERROR',
            errors: [{ message: 'Email address x is invalid', code: 'INVALID_EMAIL', context: { propertyName: ['email'] } }],
        },
        'Property values were not valid (Email address x is invalid)',
    ],
    [
        'GraphQL',
        { data: null, errors: [{ message: "Cannot query field 'x'", locations: [{ line: 1, column: 2 }], path: ['viewer', 0] }] },
        "viewer.0: Cannot query field 'x'",
    ],
    [
        'GitHub',
        {
            message: 'Validation Failed',
            errors: [{ resource: 'Issue', field: 'title', code: 'missing_field' }],
            documentation_url: 'https://docs.example',
        },
        'Validation Failed (title: missing_field)',
    ],
    ['Slack over HTTP', { ok: false, error: 'channel_not_found' }, 'channel_not_found'],
    [
        'Stripe',
        { error: { code: 'resource_missing', message: 'No such customer', param: 'customer', type: 'invalid_request_error' } },
        'No such customer',
    ],
    [
        'Microsoft Graph',
        { error: { code: 'Request_BadRequest', message: 'Bad filter', innerError: { date: 'x' } } },
        'Bad filter',
    ],
    [
        'Salesforce',
        [{ message: 'Required fields are missing: [Name]', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] }],
        'Required fields are missing: [Name]',
    ],
    ['OAuth', { error: 'invalid_grant', error_description: 'Token has been revoked' }, 'Token has been revoked (invalid_grant)'],
    [
        'problem details',
        { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'page must be above 0' },
        'page must be above 0',
    ],
    ['Jira', { errorMessages: ["Field 'x' does not exist."], errors: {} }, "Field 'x' does not exist."],
    ['Jira fields', { errorMessages: [], errors: { summary: 'You must specify a summary.' } }, 'You must specify a summary.'],
    [
        'Rails',
        { errors: { email: ['is taken', 'is odd'], name: ["can't be blank"] } },
        "email: is taken; is odd; name: can't be blank",
    ],
    ['Shopify', { errors: 'Not Found' }, 'Not Found'],
    ['Shopify fields', { errors: { handle: ['has already been taken'] } }, 'handle: has already been taken'],
    [
        'Twilio',
        { code: 20404, message: 'The requested resource was not found', more_info: 'https://x', status: 404 },
        'The requested resource was not found',
    ],
    [
        'Intercom',
        { type: 'error.list', request_id: 'r', errors: [{ code: 'not_found', message: 'Contact Not Found' }] },
        'Contact Not Found',
    ],
    ['Zendesk', { error: { title: 'Forbidden', message: 'You do not have access' } }, 'You do not have access'],
    ['Zendesk record', { error: 'RecordNotFound', description: 'Not found' }, 'Not found (RecordNotFound)'],
    ['Asana', { errors: [{ message: 'project: Not a recognized ID', help: 'see the docs' }] }, 'project: Not a recognized ID'],
    [
        'Notion',
        { object: 'error', status: 400, code: 'validation_error', message: 'body failed validation' },
        'body failed validation',
    ],
    ['Airtable', { error: { type: 'INVALID_REQUEST', message: 'Invalid request' } }, 'Invalid request'],
    ['Airtable short', { error: 'NOT_FOUND' }, 'NOT_FOUND'],
    [
        'QuickBooks',
        {
            Fault: {
                Error: [{ Message: 'Duplicate Name', Detail: 'The name supplied already exists.', code: '6240' }],
                type: 'ValidationFault',
            },
        },
        'Duplicate Name (The name supplied already exists.)',
    ],
    [
        'NetSuite',
        {
            type: 'https://x',
            title: 'Bad Request',
            status: 400,
            'o:errorDetails': [{ detail: 'Invalid field.', 'o:errorCode': 'INVALID' }],
        },
        'Bad Request (Invalid field.)',
    ],
    [
        'Discord',
        {
            code: 50035,
            message: 'Invalid Form Body',
            errors: { name: { _errors: [{ code: 'BASE_TYPE_REQUIRED', message: 'Required' }] } },
        },
        'Invalid Form Body',
    ],
    [
        'Pipedrive',
        { success: false, error: 'Deal not found', error_info: 'Please check the docs' },
        'Please check the docs (Deal not found)',
    ],
    [
        'Mailchimp',
        { type: 'https://x', title: 'Member Exists', status: 400, detail: 'x is already a list member' },
        'x is already a list member',
    ],
    ['SendGrid', { errors: [{ message: 'Bad from', field: 'from', help: null }] }, 'Bad from'],
    ['Dropbox', { error_summary: 'path/not_found/..', error: { '.tag': 'path' } }, 'path/not_found/..'],
    [
        'Calendly',
        {
            title: 'Invalid Argument',
            message: 'The supplied parameters are invalid.',
            details: [{ parameter: 'count', message: 'must be above 0' }],
        },
        'The supplied parameters are invalid. (count: must be above 0)',
    ],
    [
        'Xero',
        { ErrorNumber: 10, Type: 'ValidationException', Message: 'A validation exception occurred' },
        'A validation exception occurred',
    ],
    ['AWS', { __type: 'ValidationException', Message: '1 validation error detected' }, '1 validation error detected'],
    ['OpenAI', { error: { message: 'Unknown model', type: 'invalid_request_error', param: null, code: null } }, 'Unknown model'],
    [
        'Monday',
        { error_code: 'InvalidColumnIdException', error_message: 'Column not found', status_code: 200 },
        'Column not found',
    ],
    ['ClickUp', { err: 'Team not authorized', ECODE: 'OAUTH_027' }, undefined],
    ['plain text', '  not\n found  ', 'not found'],
    ['nothing', '', undefined],
    ['an empty object', {}, undefined],
    ['null', null, undefined],
    ['a number', 5, undefined],
    ['empty lists', { errors: [], error: {}, message: '' }, undefined],
    ['lists of nothing', { errors: [null, {}, undefined, { path: [] }] }, undefined],
];

describe('the words of a provider’s error', () => {
    test.each(bodies)('%s', (_provider, body, message) => {
        expect(providerMessage(body)).toBe(message);
    });

    test('many faults are counted, not listed', () => {
        const errors = Array.from({ length: 50 }, (_, index) => ({ message: `fault ${index}` }));
        expect(providerMessage({ errors })).toBe('fault 0; fault 1; fault 2; and 47 more');
    });

    test('long words are cut, and depth has an end', () => {
        expect(providerMessage('x'.repeat(10_000))).toHaveLength(301);
        let deep: unknown = { message: 'bottom' };
        for (let level = 0; level < 10_000; level++) deep = { error: deep };
        expect(providerMessage(deep)).toBeUndefined();
    });
});

test.each([
    ['GitLab, a message by fields', { message: { name: ['has already been taken'] } }, 'name: has already been taken'],
    [
        'NestJS, a list as message',
        { statusCode: 400, message: ['age must be a number', 'name is required'], error: 'Bad Request' },
        'age must be a number; name is required; Bad Request',
    ],
    ['SAP', { error: { code: '005056', message: { lang: 'en', value: 'No such order' } } }, 'No such order'],
    [
        'SharePoint',
        { 'odata.error': { code: '-1', message: { lang: 'en', value: 'List does not exist' } } },
        'List does not exist',
    ],
    ['an empty message', { message: {}, error: 'Bad Request' }, 'Bad Request'],
])('a message that is no text is read for its words: %s', (_name, body, words) => {
    expect(providerMessage(body)).toBe(words);
});
