import { useTasks } from './queries.js';
import { stateOfTask } from './task-progress.js';
import { TimeAgo } from './time-ago.js';

/** What the user asked for and may take a while. It is kept by the back end: a page that is loaded again goes on where it was. */
export function Activity() {
    const tasks = useTasks();
    if (!tasks.data?.length) return null;
    return (
        <section aria-labelledby="activity">
            <h2 id="activity">Your activity</h2>
            <ul className="activity">
                {tasks.data.map((task) => (
                    <li key={task.id} className={task.state}>
                        <strong>{task.input.name}</strong> <TimeAgo at={task.createdAt} />
                        <br />
                        {stateOfTask(task)}
                    </li>
                ))}
            </ul>
        </section>
    );
}
