/** The main step's entry. */
import { start } from './main.ts'

await start()
