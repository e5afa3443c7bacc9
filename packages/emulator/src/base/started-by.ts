/** How the emulator was started: by the command, or by a program that calls the library. What it advises is worded for that. */
export type StartedBy = 'command' | 'library';
