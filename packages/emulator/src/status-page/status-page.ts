import type { EmulatorContext } from '../context.js';

/** The page at `/`. */
export function statusPage(_context: EmulatorContext): Response {
    return new Response('<!doctype html><title>Nango emulator</title><h1>Nango emulator</h1>', {
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
    });
}
