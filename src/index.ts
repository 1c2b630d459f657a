import { cleanUp, run } from './main.ts'
import { isPostStep } from './state.ts'

await (isPostStep() ? cleanUp() : run())
