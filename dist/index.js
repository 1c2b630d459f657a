/** The main step's entry. */
import { start } from './main.js';
await start();
