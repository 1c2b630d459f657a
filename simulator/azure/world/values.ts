/** How the service writes instants, durations and IDs. */
import { randomBytes, randomUUID } from 'node:crypto'

/** .NET counts time in ticks of 100 nanoseconds. */
const TICKS_PER_MS = 10_000

/** Milliseconds between year 1, where .NET's ticks begin, and the epoch. */
const YEAR_ONE_MS = 62_135_596_800_000n

/** A point in time as the service keeps it: milliseconds since the epoch and ticks (0 to 9999) beyond them. */
export interface Instant {
  ms: number
  ticks: number
}

/** That time with random ticks, since the simulated clock knows whole milliseconds at best. */
export function instant(ms: number): Instant {
  return { ms: Math.floor(ms), ticks: Math.floor(Math.random() * TICKS_PER_MS) }
}

/** Ticks from one instant to another. */
export function ticksBetween(from: Instant, to: Instant): number {
  return Math.max(0, (to.ms - from.ms) * TICKS_PER_MS + to.ticks - from.ticks)
}

/** `2019-07-03T12:29:03.4864452Z`; trailing zeros are cut (recorded: `.044271Z`). */
export function isoInstant({ ms, ticks }: Instant): string {
  const [seconds = '', millis = ''] = new Date(ms).toISOString().slice(0, -1).split('.')
  const fraction = (millis + String(ticks).padStart(4, '0')).replace(/0+$/, '')
  return seconds + (fraction === '' ? '' : `.${fraction}`) + 'Z'
}

/** `2023-06-27T09:28:41Z`, as in the operations of Backup vaults and other regions (recorded). */
export function isoSeconds({ ms }: Instant): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`
}

/** `PT1H11M16.9352454S` (recorded), with days `P1DT2H3M4.5S` (as .NET writes it); `PT0S` for none. */
export function isoDuration(ticks: number): string {
  const { days, hours, minutes, seconds, fraction } = split(ticks)
  const time = [
    hours ? `${hours}H` : '',
    minutes ? `${minutes}M` : '',
    seconds || fraction ? `${seconds}${fraction.replace(/0+$/, '')}S` : '',
  ].join('')
  const day = days ? `${days}D` : ''
  return day + time === '' ? 'PT0S' : `P${day}${time === '' ? '' : `T${time}`}`
}

/** `00:20:23.0896697`, with days `1.02:03:04.5670000`: .NET's TimeSpan (Microsoft: older api-versions). */
export function timeSpan(ticks: number): string {
  const { days, hours, minutes, seconds, fraction } = split(ticks)
  const clock = [hours, minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':')
  return (days ? `${days}.` : '') + clock + fraction
}

/** `8/2/2019 12:00:00 AM`: how property bags spell a date, in UTC (recorded). */
export function usDate(ms: number): string {
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = date.getUTCHours()
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`
  const time = `${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${day} ${time} ${hours < 12 ? 'AM' : 'PM'}`
}

/** .NET ticks since year 1, 18 digits: the `t` of a signed URL (recorded). */
export function dotNetTicks(ms: number): string {
  return String((BigInt(Math.floor(ms)) + YEAR_ONE_MS) * BigInt(TICKS_PER_MS))
}

/** An operation ID of a Backup vault: base64 of `guid;guid`, which ends in `==` (recorded). */
export function backupVaultOperationId(): string {
  return Buffer.from(`${randomUUID()};${randomUUID()}`).toString('base64')
}

/** An operation ID in another region: base64 of `number;guid`, which ends in `=` (recorded). */
export function crossRegionOperationId(): string {
  const number = `8${(randomBytes(9).readBigUInt64BE() % 10n ** 18n).toString().padStart(18, '0')}`
  return Buffer.from(`${number};${randomUUID()}`).toString('base64')
}

function split(ticks: number) {
  const total = Math.floor(ticks / (1000 * TICKS_PER_MS))
  const fraction = ticks % (1000 * TICKS_PER_MS)
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor(total / 3600) % 24,
    minutes: Math.floor(total / 60) % 60,
    seconds: total % 60,
    fraction: fraction === 0 ? '' : `.${String(fraction).padStart(7, '0')}`,
  }
}
