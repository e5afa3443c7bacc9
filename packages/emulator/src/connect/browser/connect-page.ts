import { runConnectPage } from './run-connect-page.js';

runConnectPage();
