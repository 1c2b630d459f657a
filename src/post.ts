/** The post step's entry, which runs when the workflow was cancelled. */
import { cleanUp } from './main.ts'

await cleanUp()
