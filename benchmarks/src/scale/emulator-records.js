// A million records in one model of the emulator.
import { runScript } from './run-script.js';

/** @returns seconds to save and to read all, bytes a record, and CPU µs of pages of 100 at ten places, after a change and by ids */
export const measureEmulatorRecords = ({ total = 1_000_000, each = 10_000 } = {}) =>
    runScript('./emulator-records-process.js', [total, each]);
