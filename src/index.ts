import { tuneEngine } from './engine.ts'
import { cleanUp, run } from './main.ts'
import { isPostStep } from './state.ts'

tuneEngine()
await (isPostStep() ? cleanUp() : run())
