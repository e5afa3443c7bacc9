import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { call, failureOf } from './api.js';
import { FailureNotice } from './notice.js';
import { type Connection, useChange } from './queries.js';

/** Asks first: what is gone here has to be connected again. */
export function Disconnect({ connection, onDone }: { connection: Connection; onDone: () => void }) {
    const { integrationId, name, contacts } = connection;
    const disconnect = useChange(() => call('DELETE', `/connections/${integrationId}`), 'connections', 'contacts');
    return (
        <DialogTrigger onOpenChange={() => disconnect.reset()}>
            <Button className="quiet">
                Disconnect<span className="unseen"> {name}</span>
            </Button>
            <ModalOverlay className="overlay" isDismissable>
                <Modal className="modal">
                    <Dialog role="alertdialog">
                        {({ close }) => (
                            <>
                                <Heading slot="title">Disconnect {name}?</Heading>
                                <p>
                                    {contacts} contacts disappear from this list, for everyone in your company. At {name} nothing
                                    is changed, and you can connect again.
                                </p>
                                {disconnect.error && <FailureNotice failure={failureOf(disconnect.error)} change />}
                                <p className="buttons">
                                    <Button
                                        className="danger"
                                        isPending={disconnect.isPending}
                                        onPress={() =>
                                            disconnect.mutate(undefined, {
                                                onSuccess() {
                                                    close();
                                                    // After the dialog has given the focus back to a button that is gone.
                                                    setTimeout(onDone, 50);
                                                },
                                            })
                                        }
                                    >
                                        Disconnect
                                    </Button>
                                    <Button className="quiet" slot="close" autoFocus>
                                        Keep it
                                    </Button>
                                </p>
                            </>
                        )}
                    </Dialog>
                </Modal>
            </ModalOverlay>
        </DialogTrigger>
    );
}
