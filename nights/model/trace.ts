/** What happened in a night, as the service and the runner saw it: what the oracle judges by. */
import type { Time } from '../plan.ts'

/** One request, and what became of it. */
export interface Exchange {
  at: Time
  method: string
  url: URL
  /** The same for each request of the same thing. */
  key: string
  /** The bearer token that it was sent with; empty for none. */
  token: string
  /** When it was answered, broken off or given up. */
  endedAt?: Time
  /** Of an answer that came whole. */
  status?: number
  /** Seconds of silence that an answer asked for, ten minutes at the most. */
  retryAfter?: number
  /** Its api-version is one that the cloud lacks, and was told so. */
  lacking?: boolean
  /** What went wrong with it. */
  fault?: string
  /** Jobs that a whole answer told of. */
  tells: { id: string; status: string; by: 'single' | 'list' }[]
}

/** A request for a token. */
export interface Asking {
  at: Time
  endedAt?: Time
  fault?: string
}

/** Everything. */
export interface Trace {
  exchanges: Exchange[]
  askings: Asking[]
  /** Requests that are under way. */
  open: number
  closed: boolean
  signalledAt?: Time
}

export function newTrace(): Trace {
  return { exchanges: [], askings: [], open: 0, closed: false }
}
