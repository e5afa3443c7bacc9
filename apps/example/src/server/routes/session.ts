import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { bodyOf, line } from '../body-of.js';
import { listDemoUsers } from '../demo-users.js';
import { FailureError } from '../failures.js';
import type { AppEnv, Services } from '../services.js';
import { endSession, findUser, startSession, userOfSession } from '../users.js';

const cookie = 'session';

/** Signing in and out. Anyone may be any demo user: your own sign-in goes here. */
export function sessionRoutes({ config, database: { tables } }: Services): Hono {
    const routes = new Hono();

    routes.get('/users', async (c) => c.json({ users: config.demoSignIn ? await listDemoUsers(tables) : [] }));

    routes.post('/', async (c) => {
        if (!config.demoSignIn) throw new HTTPException(403, { message: 'The demo sign-in is off.' });
        const { userId } = await bodyOf(c, z.strictObject({ userId: line.min(1).max(255) }));
        if (!(await findUser(tables, userId))) throw new HTTPException(400, { message: 'There is no such user.' });
        const { token, expiresAt } = await startSession(tables, userId);
        const secure = config.publicUrl?.startsWith('https:') ?? false;
        setCookie(c, cookie, token, { httpOnly: true, sameSite: 'Lax', path: '/', expires: expiresAt, secure });
        return c.body(null, 204);
    });

    routes.delete('/', async (c) => {
        const token = deleteCookie(c, cookie, { path: '/' });
        if (token) await endSession(tables, token);
        return c.body(null, 204);
    });

    return routes;
}

/** Lets only signed-in users pass, and says who it is. */
export const signedIn = ({ database: { tables } }: Services) =>
    createMiddleware<AppEnv>(async (c, next) => {
        const token = getCookie(c, cookie);
        const user = token && (await userOfSession(tables, token));
        if (!user) throw new FailureError(401, { message: 'Please sign in.', done: 'no', action: 'sign-in' });
        c.set('user', user);
        await next();
    });
