import { z } from 'zod';
import type { RouteAuth } from '../auth/auth-result.js';

/** Loopback and the origin guard keep strangers out; no key is asked for. */
const auth: RouteAuth = { kind: 'none' };

/** What all routes of the control surface have in common. */
export const control = { auth, contract: 'emulator', control: true } as const;

/** The answer where there is nothing to return. */
export const ok = z.strictObject({ ok: z.literal(true) });
