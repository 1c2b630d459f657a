import type { Outcome } from '../../src/domain/outcome.ts'
import { fleet, hostile } from './hostile.ts'
import {
  cancelled,
  failed,
  good,
  looked,
  nested,
  notFresh,
  operationFailed,
  operationWithoutJob,
  refused,
  snapshotTaken,
  stopped,
  timedOut,
  unverified,
  verified,
  warned,
  withoutPoint,
} from './samples.ts'

/** What the preview and the browser's tests show. */
export const samples: Record<string, Outcome[]> = {
  good: [good],
  failed: [failed],
  nested: [nested],
  warned: [warned],
  cancelled: [cancelled],
  'timed-out': [timedOut],
  stopped: [stopped],
  looked: [looked],
  snapshot: [snapshotTaken],
  verified: [verified],
  'without-point': [withoutPoint],
  unverified: [unverified],
  'not-fresh': [notFresh],
  refused: [refused],
  'operation-failed': [operationFailed],
  'operation-without-job': [operationWithoutJob],
  several: [good, { ...failed, job: { ...failed.job, item: 'vm-web-2' } }, nested, timedOut],
  fleet: fleet(100, 20),
  hostile: [hostile],
}
