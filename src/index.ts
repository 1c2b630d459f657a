/** The main step's entry. */
import { run } from './main.ts'

await run()
