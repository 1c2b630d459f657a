import type { Answer, Request } from '../../src/azure/http/resource-manager.ts'
import { singleJobReader } from '../../src/azure/read-job.ts'
import type { Job, JobReference } from '../../src/domain/job.ts'
import type { AwaitedItems, WaitOptions } from '../../src/wait/reads.ts'
import { FakeClock } from './fake-clock.ts'
import { type FakeLog, fakeLog } from './fake-log.ts'
import { answer, type FakeResourceManager, fakeResourceManager } from './fake-resource-manager.ts'
import { type FakePatience, fakePatience } from './patience.ts'

export interface Waiting {
  options: WaitOptions
  patience: FakePatience
  clock: FakeClock
  log: FakeLog
  resourceManager: FakeResourceManager
  /** When each request came, in seconds since the start. */
  times: number[]
  /** What the watcher was told of, by status. */
  watched: { job: string[]; operation: string[] }
  /** What was said of jobs that have yet to start. */
  awaited: AwaitedItems[]
  /** The jobs that were said to be followed. */
  found: JobReference[]
}

/**
 * What the loop works with, on a fake clock.
 *
 * @param respond answers by the request and the seconds since the start
 */
export function waiting(
  respond: (request: Request, seconds: number, count: number) => Answer | Error,
  { seconds = 21_000, ...given }: Partial<WaitOptions> & { seconds?: number } = {},
): Waiting {
  const clock = new FakeClock()
  const patience = fakePatience(seconds, 0.5, clock)
  const log = fakeLog()
  const times: number[] = []
  const watched: Waiting['watched'] = { job: [], operation: [] }
  const awaited: AwaitedItems[] = []
  const found: JobReference[] = []
  const resourceManager = fakeResourceManager((request, count) => {
    times.push(clock.elapsed())
    return respond(request, clock.elapsed(), count)
  }, clock)
  const options: WaitOptions = {
    resourceManager,
    jobs: singleJobReader(resourceManager),
    patience,
    waitFor: 'completion',
    pollInterval: 30,
    log,
    verifyRecoveryPoint: 'false',
    watcher: {
      jobRead: (job: Job) => watched.job.push(job.status),
      operationRead: (job: Job) => watched.operation.push(job.status),
      itemsAwaited: (items) => awaited.push(items),
    },
    found: (references) => found.push(...references),
    ...given,
  }
  return { options, patience, clock, log, resourceManager, times, watched, awaited, found }
}

/** The body that holds at a time: the last one whose second has come. */
export function at(seconds: number, ...bodies: [number, unknown][]): Answer {
  const [, body] = bodies.findLast(([from]) => from <= seconds) ?? []
  return answer(body)
}
