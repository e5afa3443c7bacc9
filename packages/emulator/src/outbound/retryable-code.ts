const networkCodes = new Set([
    'ECONNRESET',
    'ETIMEDOUT',
    'ECONNABORTED',
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'EAI_AGAIN',
    'UND_ERR_SOCKET',
]);

/** Whether a failure without an answer is worth another try (contract 14.5). */
export const isRetryableCode = (code: string): boolean => networkCodes.has(code);
