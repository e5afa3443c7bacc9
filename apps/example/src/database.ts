import type { RecordsKey } from '@x/node';

/** Which connection of Nango belongs to which user. */
export interface Link {
    readonly userId: string;
    readonly integrationId: string;
    readonly connectionId: string;
}

/** A contact as the `contacts` sync of the HubSpot integration saves it. */
export interface Contact {
    id: string;
    name: string;
    email: string;
}

/** Stands in for your database: the four tables that a product with integrations needs. */
export class Database {
    readonly #links = new Map<string, Link>();
    readonly #contacts = new Map<string, Map<string, Contact>>();
    readonly #cursors = new Map<string, string>();
    readonly #needReconnect = new Set<string>();

    /** One connection for each user and integration: connecting again replaces it. */
    saveLink(link: Link): void {
        this.#links.set(key(link.userId, link.integrationId), link);
    }

    findLink(userId: string, integrationId: string): Link | undefined {
        return this.#links.get(key(userId, integrationId));
    }

    /** Whose connection it is, as far as this table knows. */
    userOf(integrationId: string, connectionId: string): string | undefined {
        const links = [...this.#links.values()];
        return links.find((link) => link.integrationId === integrationId && link.connectionId === connectionId)?.userId;
    }

    removeLink(link: Link): void {
        this.#links.delete(key(link.userId, link.integrationId));
        this.#contacts.delete(link.connectionId);
        this.#needReconnect.delete(link.connectionId);
    }

    /** Removes whatever was known of a connection, whoever's it was. */
    removeConnection(integrationId: string, connectionId: string): void {
        for (const link of [...this.#links.values()])
            if (link.integrationId === integrationId && link.connectionId === connectionId) this.removeLink(link);
    }

    /** The provider refused the credentials: only the user can repair that, by connecting again. */
    markBroken(connectionId: string): void {
        this.#needReconnect.add(connectionId);
    }

    markRepaired(connectionId: string): void {
        this.#needReconnect.delete(connectionId);
    }

    isBroken(connectionId: string): boolean {
        return this.#needReconnect.has(connectionId);
    }

    contactsOf(connectionId: string): Contact[] {
        return [...(this.#contacts.get(connectionId)?.values() ?? [])].sort((a, b) => a.name.localeCompare(b.name));
    }

    saveContacts(connectionId: string, saved: readonly Contact[]): void {
        const contacts = this.#contacts.get(connectionId) ?? new Map<string, Contact>();
        for (const { id, name, email } of saved) contacts.set(id, { id, name, email });
        this.#contacts.set(connectionId, contacts);
    }

    removeContacts(connectionId: string, ids: readonly string[]): void {
        for (const id of ids) this.#contacts.get(connectionId)?.delete(id);
    }

    loadCursor(of: RecordsKey): string | undefined {
        return this.#cursors.get(key(of.providerConfigKey, of.connectionId, of.model, of.variant));
    }

    saveCursor(cursor: string, of: RecordsKey): void {
        this.#cursors.set(key(of.providerConfigKey, of.connectionId, of.model, of.variant), cursor);
    }
}

function key(...parts: (string | undefined)[]): string {
    return JSON.stringify(parts);
}
