/** Times, durations and amounts, for people and for programs. Pure. */

type Split = { days?: number; hours?: number; minutes?: number; seconds?: number }

const units: [keyof Split, number][] = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
  ['seconds', 1],
]

const durations = new Intl.DurationFormat('en', { style: 'narrow' })

/** `1h 11m 17s`, of seconds. */
export function forPeople(seconds: number): string {
  return durations.format({ seconds: 0, ...split(seconds) }) || '0s'
}

/** ISO 8601, rounded to seconds: `PT1H11M17S`. */
export function isoDuration(seconds: number): string {
  const { days = 0, hours = 0, minutes = 0, seconds: rest = 0 } = split(seconds)
  const date = days > 0 ? `${days}D` : ''
  const time = [
    hours > 0 ? `${hours}H` : '',
    minutes > 0 ? `${minutes}M` : '',
    rest > 0 ? `${rest}S` : '',
  ].join('')
  if (date === '' && time === '') return 'PT0S'
  return `P${date}${time === '' ? '' : `T${time}`}`
}

/** The units that there is something of. */
function split(seconds: number): Split {
  let left = Math.round(seconds)
  return Object.fromEntries(
    units.flatMap(([unit, length]) => {
      const count = Math.floor(left / length)
      left -= count * length
      return count === 0 ? [] : [[unit, count]]
    }),
  )
}

/** ISO 8601 in UTC, of milliseconds since 1970; empty for none. */
export function isoTime(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : new Date(milliseconds).toISOString()
}

/** `2022-02-11 02:18:36`, of milliseconds since 1970, in UTC. */
export function utcTime(milliseconds: number | undefined): string {
  return isoTime(milliseconds).slice(0, 19).replace('T', ' ')
}

const sizes = ['B', 'KB', 'MB', 'GB', 'TB', 'PB']

/** `1.5 GB`, of bytes, in the units of 1,024 that Azure Backup counts in. */
export function amount(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < sizes.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${Number(value.toFixed(1))} ${sizes[unit]}`
}
