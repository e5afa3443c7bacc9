import { isReconnectRequired, NangoApiError, NangoNotFoundError, NangoTimeoutError } from '@x/node';
import { and, desc, eq } from 'drizzle-orm';
import { tasks } from './database/schema.js';
import { explain, isGone } from './failures.js';
import { integrationOf } from './integrations.js';
import { forgetConnection, type Link, setState } from './links.js';
import { announce } from './live-updates.js';
import type { Services } from './services.js';
import type { User } from './users.js';

type Task = typeof tasks.$inferSelect;

const maybeCreated = 'It may have been created all the same: look for it before you try again.';

/** Asks for a contact to be created: noted and queued in one transaction, so that none is lost. */
export async function addTask(services: Services, user: User, link: Link, input: Task['input']): Promise<{ id: string }> {
    const { integrationId, connectionId } = link;
    return services.database.tables.transaction(async (tx) => {
        const [task] = await tx
            .insert(tasks)
            .values({ tenantId: user.tenant.id, userId: user.id, integrationId, connectionId, input })
            .returning({ id: tasks.id });
        if (!task) throw new Error('The task was not written');
        await services.jobs.add('start-task', { taskId: task.id }, { tx });
        await announce(tx, user.tenant.id, 'tasks');
        return task;
    });
}

/** The user's last tasks, newest first. */
export function listTasks({ database: { tables } }: Services, user: User) {
    const { id, integrationId, input, state, message, createdAt } = tasks;
    return tables
        .select({ id, integrationId, input, state, message, createdAt })
        .from(tasks)
        .where(and(eq(tasks.userId, user.id), eq(tasks.tenantId, user.tenant.id)))
        .orderBy(desc(tasks.createdAt))
        .limit(5);
}

/** Sends a task to Nango, once: a task that was being sent when its process died may have been sent. */
export async function startTask(services: Services, taskId: string): Promise<void> {
    const task = await move(services, taskId, 'queued', { state: 'sending' });
    if (!task) return;
    const { integrationId, connectionId, input } = task;
    try {
        const { id: actionId } = await services.nango.triggerActionAsync(integrationId, connectionId, 'create-contact', input);
        await move(services, taskId, 'sending', { state: 'running', actionId });
    } catch (error) {
        await fail(services, task, error);
        return;
    }
    // The webhook that it has ended comes first, as a rule.
    await services.jobs.add('settle-task', { taskId }, { delay: 2 });
}

/** Gets the result of a task that runs. */
export async function settleTask(services: Services, taskId: string): Promise<void> {
    const { nango, database } = services;
    const [task] = await database.tables.select().from(tasks).where(eq(tasks.id, taskId));
    // `unknown` too: its result may come after all.
    if (!task?.actionId || !['running', 'unknown'].includes(task.state)) return;
    const { integrationId, connectionId } = task;
    try {
        await nango.waitForActionResult({ id: task.actionId }, { timeout: 60_000 });
    } catch (error) {
        // An hour is more than an action may take: the result was lost, or there was none.
        if (NangoTimeoutError.isInstance(error) && Date.now() - task.createdAt.getTime() < 3_600_000) throw error;
        await fail(services, task, error);
        return;
    }
    const name = integrationOf(integrationId)?.name ?? integrationId;
    await move(services, taskId, task.state, { state: 'done', message: `${task.input.name} was created in ${name}.` });
    // So that the user sees it now, not when the sync runs next.
    await nango.triggerSync(integrationId, ['contacts'], connectionId).catch((error: unknown) => {
        services.log.warn({ error }, 'the sync could not be started; it runs on its schedule');
    });
}

/** The task whose action has ended, as a webhook says. */
export async function settleAction({ database, jobs }: Services, actionId: string): Promise<void> {
    const [task] = await database.tables.select({ id: tasks.id }).from(tasks).where(eq(tasks.actionId, actionId));
    if (task) await jobs.add('settle-task', { taskId: task.id });
}

/** A job of the task has failed for good, or its process died: the user is not left waiting. */
export async function giveUpTask(services: Services, taskId: string): Promise<void> {
    const message = `No answer came. ${maybeCreated}`;
    if (await move(services, taskId, 'queued', { state: 'failed', message: 'It could not be sent. Nothing was created.' }))
        return;
    if (await move(services, taskId, 'sending', { state: 'unknown', message })) return;
    await move(services, taskId, 'running', { state: 'unknown', message });
}

/** Writes down what came of it, for the user, and what the failure says about the connection. */
async function fail(services: Services, task: Task, error: unknown): Promise<void> {
    services.log.warn({ error, task: task.id }, 'a task failed');
    if (isGone(error)) await forgetConnection(services, task);
    if (isReconnectRequired(error)) await setState(services, task, 'broken');
    const { failure } = explain(error);
    // An action that has failed says why; what else went wrong leaves it open whether it ran.
    const refused = NangoNotFoundError.isInstance(error) || (NangoApiError.isInstance(error) && error.status < 500);
    const reason = actionsReason(error);
    const state = failure.done === 'no' || refused || reason ? 'failed' : 'unknown';
    const end = state === 'failed' ? 'Nothing was created.' : maybeCreated;
    await move(services, task.id, task.state === 'queued' ? 'sending' : task.state, {
        state,
        message: `${reason ?? failure.message} ${end}`,
    });
}

/** What the action's author threw, for the user. */
function actionsReason(error: unknown): string | undefined {
    if (!NangoApiError.isInstance(error) || error.code !== 'action_script_runtime_error') return undefined;
    const { reason } = (error.payload ?? {}) as { reason?: unknown };
    return typeof reason === 'string' ? reason : undefined;
}

/** Changes a task that is in a state; of two that try, one succeeds. */
async function move({ database: { tables } }: Services, id: string, from: Task['state'], change: Partial<Task>) {
    return tables.transaction(async (tx) => {
        const [task] = await tx
            .update(tasks)
            .set(change)
            .where(and(eq(tasks.id, id), eq(tasks.state, from)))
            .returning();
        if (task) await announce(tx, task.tenantId, 'tasks');
        return task;
    });
}
