/** Times, durations and amounts, for people and for programs. Pure. */

const units: [letter: 'd' | 'h' | 'm' | 's', seconds: number][] = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
]

/**
 * `1h 11m 17s`, of seconds. By hand: the first use of Intl costs 16 ms of CPU, half of a start of Node, and each
 * Intl.DurationFormat 0.2 ms, of which a fleet has thousands (measured).
 */
export function forPeople(seconds: number): string {
  return (
    split(seconds)
      .map(([letter, count]) => `${count}${letter}`)
      .join(' ') || '0s'
  )
}

/** ISO 8601, rounded to seconds: `PT1H11M17S`. */
export function isoDuration(seconds: number): string {
  const parts = split(seconds).map(([letter, count]) => `${count}${letter.toUpperCase()}`)
  const date = parts.filter((part) => part.endsWith('D')).join('')
  const time = parts.filter((part) => !part.endsWith('D')).join('')
  if (parts.length === 0) return 'PT0S'
  return `P${date}${time === '' ? '' : `T${time}`}`
}

/** The units that there is something of, the largest first. */
function split(seconds: number): [letter: string, count: number][] {
  let left = Math.round(seconds)
  return units.flatMap(([letter, length]) => {
    const count = Math.floor(left / length)
    left -= count * length
    return count === 0 ? [] : [[letter, count] as [string, number]]
  })
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
