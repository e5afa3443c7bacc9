import { useState } from 'react';
import {
    Button,
    Dialog,
    DialogTrigger,
    FieldError,
    Form,
    Heading,
    Input,
    Label,
    Modal,
    ModalOverlay,
    Radio,
    RadioGroup,
    TextField,
} from 'react-aria-components';
import { call, failureOf } from './api.js';
import { FailureNotice } from './notice.js';
import { type Connection, useChange, useTasks } from './queries.js';
import { TaskProgress } from './task-progress.js';

/** Creates a contact at a provider; the dialog shows how far it is. */
export function NewContact({ connections }: { connections: readonly Connection[] }) {
    const [isOpen, setOpen] = useState(false);
    const usable = connections.filter(({ state }) => state === 'ok');
    return (
        <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
            <Button isDisabled={usable.length === 0}>New contact</Button>
            <ModalOverlay className="overlay" isDismissable>
                <Modal className="modal">
                    <Dialog>
                        <Heading slot="title">New contact</Heading>
                        <NewContactForm usable={usable} onClose={() => setOpen(false)} />
                    </Dialog>
                </Modal>
            </ModalOverlay>
        </DialogTrigger>
    );
}

function NewContactForm({ usable, onClose }: { usable: readonly Connection[]; onClose: () => void }) {
    const tasks = useTasks();
    const create = useChange((contact: object) => call<{ id: string }>('POST', '/contacts', contact), 'tasks');
    const task = tasks.data?.find(({ id }) => id === create.data?.id);
    const isUnderWay = create.isPending || (create.isSuccess && !['failed', 'unknown', 'done'].includes(task?.state ?? ''));
    return (
        <Form
            onSubmit={(event) => {
                event.preventDefault();
                if (!isUnderWay) create.mutate(Object.fromEntries(new FormData(event.currentTarget)));
            }}
        >
            <RadioGroup name="integrationId" defaultValue={usable[0]?.integrationId ?? null} isRequired>
                <Label>Where</Label>
                {usable.map(({ integrationId, name }) => (
                    <Radio key={integrationId} value={integrationId}>
                        {name}
                    </Radio>
                ))}
            </RadioGroup>
            <TextField name="name" isRequired maxLength={200} autoFocus>
                <Label>Name</Label>
                <Input />
                <FieldError />
            </TextField>
            <TextField name="email" type="email" isRequired maxLength={254}>
                <Label>Email</Label>
                <Input />
                <FieldError />
            </TextField>
            <TextField name="company" maxLength={200}>
                <Label>
                    Company <small>optional</small>
                </Label>
                <Input />
            </TextField>
            <p className="buttons">
                <Button type="submit" isPending={isUnderWay}>
                    Create
                </Button>
                <Button className="quiet" onPress={onClose}>
                    {create.isSuccess ? 'Close' : 'Cancel'}
                </Button>
            </p>
            {task && <TaskProgress task={task} />}
            {create.error && <FailureNotice failure={failureOf(create.error)} change />}
        </Form>
    );
}
