/** The table: a row for each thing that is measured, ratios first. */

export interface Row {
  what: string
  beside: string
  /** This action by the other; or, where there is no other, the figure itself. */
  ratio: string
  aim: string
  /** Whether the aim is met; undefined where there is none. */
  met: boolean | undefined
  action: string
  other: string
}

/** Of several, the one in the middle. */
export function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Three figures that count: `0.31`, `3.14`, `31.4`, `314`. */
export function short(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0
  return value.toFixed(digits)
}

/** A row that compares: the aim is the most that the ratio may be. */
export function compared(
  what: string,
  beside: string,
  [action, other]: [number, number],
  most: number | undefined,
  show: (value: number) => string,
): Row {
  const ratio = action / other
  const aim = most === undefined ? '' : `≤ ${most}`
  return {
    what,
    beside,
    ratio: short(ratio),
    aim,
    met: most === undefined ? undefined : ratio <= most,
    action: show(action),
    other: show(other),
  }
}

/** A row that stands for itself. */
export function absolute(what: string, value: number, most: number, show: (value: number) => string): Row {
  return {
    what,
    beside: '',
    ratio: '',
    aim: `≤ ${show(most)}`,
    met: value <= most,
    action: show(value),
    other: '',
  }
}

/** Markdown, its columns aligned so that it can be read as it is. */
export function tableOf(rows: Row[]): string {
  const verdict = ({ met }: Row) => (met === undefined ? '' : met ? 'yes' : '**no**')
  const lines = [
    ['What', 'Beside', 'Ratio', 'Aim', 'Met', 'This action', 'The other'],
    ...rows.map((row) => [row.what, row.beside, row.ratio, row.aim, verdict(row), row.action, row.other]),
  ]
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  const [head = '', ...body] = lines.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  )
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n')
}
