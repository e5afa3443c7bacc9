import { ProgressBar } from 'react-aria-components';
import { Notice } from './notice.js';
import type { Task } from './queries.js';

const steps = { queued: 1, sending: 2, running: 3, done: 4, failed: 4, unknown: 4 } as const;
const words = { queued: 'Noted', sending: 'Being sent to Nango', running: 'Nango is at it' } as const;

/** Where a task is, in words. */
export function stateOfTask({ state, message }: Task): string {
    return state === 'queued' || state === 'sending' || state === 'running' ? `${words[state]} …` : (message ?? state);
}

/** A task as it moves on. */
export function TaskProgress({ task }: { task: Task }) {
    const tone = { done: 'good', failed: 'bad', unknown: 'bad' }[task.state as string] as 'good' | 'bad' | undefined;
    return (
        <>
            <ProgressBar
                className={`progress ${tone ?? 'busy'}`}
                aria-label={`Creating ${task.input.name}`}
                value={steps[task.state]}
                maxValue={4}
                valueLabel={stateOfTask(task)}
            >
                <span style={{ width: `${steps[task.state] * 25}%` }} />
            </ProgressBar>
            <Notice tone={tone ?? 'busy'}>{stateOfTask(task)}</Notice>
        </>
    );
}
