/** The main step's entry. */
import { run } from './main.js';
await run();
