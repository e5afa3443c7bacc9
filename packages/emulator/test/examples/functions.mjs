export default function define(emulator, { ActionError }) {
    emulator.defineSync('crm', 'contacts', { model: 'Contact', frequency: 'every hour', run: () => [{ id: '1', name: 'Ada' }] });
    emulator.defineAction('crm', 'rename', (input) => {
        if (!input?.name) throw new ActionError({ field: 'name' });
        return { renamed: input.name };
    });
}
