#!/usr/bin/env node
// Not in `dist`: package managers link commands when they install, before anything is built.
import '../dist/cli.js';
