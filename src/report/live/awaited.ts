/** What the log says of jobs that have yet to start. Pure. */
import { forPeople, utcTime } from '../../base/format.ts'
import { counted } from '../../base/text.ts'
import type { AwaitedItems } from '../../wait/reads.ts'
import { listed } from '../../wait/select-items.ts'

/**
 * `Waiting for a Backup job of web-01 to start, until 2026-03-01 11:00:00 UTC (1h left); none has within the last 12 h`.
 * Foreign text, not escaped.
 *
 * @param now milliseconds since 1970 by the service's clock
 * @param first whether a person has not been told of it yet
 */
export function awaitedLine(
  { names, operation, maxAgeHours, until }: AwaitedItems,
  now: number,
  first: boolean,
): string {
  const [only = ''] = names
  const one = names.length === 1
  const jobs = one ? `a ${operation} job of ${only}` : `${operation} jobs of ${counted(names.length, 'item')}`
  const time = `until ${utcTime(until)} UTC (${forPeople(Math.max(0, until - now) / 1000)} left)`
  const why = first ? `; none has within the last ${maxAgeHours} h` : ''
  return `${first ? 'Waiting' : 'Still waiting'} for ${jobs} to start, ${time}${why}${one ? '' : `: ${listed(names)}`}`
}
