/** The threats that Microsoft Defender for Cloud named with recovery points. Pure: Markdown as text. */

import { utcTime } from '../../base/format.ts'
import { counted } from '../../base/text.ts'
import type { Outcome } from '../../domain/outcome.ts'
import { asTextUpTo, table } from './markdown.ts'

/** How many are to be shown. */
export interface ThreatsExtent {
  threats: number
  cell: number
}

/** A table with a heading; empty where no threat was named. */
export function threatsPart(sorted: Outcome[], extent: ThreatsExtent): string {
  const all = sorted.flatMap(({ job, recoveryPoint }) =>
    (recoveryPoint?.health?.threats ?? []).map((threat) => ({ job, threat })),
  )
  const shown = all.slice(0, extent.threats)
  if (shown.length === 0) return ''
  const several = new Set(shown.map(({ job }) => job)).size > 1
  const head = [...(several ? ['Item'] : []), 'Threat', 'Severity', 'State', 'Since (UTC)']
  const rows = shown.map(({ job, threat: { title, severity, state, time } }) =>
    [...(several ? [job.item || job.id] : []), title, severity, state, utcTime(time)].map(
      (value) => asTextUpTo(value, extent.cell) || '–',
    ),
  )
  const left = all.length - shown.length
  return [
    '#### Threats named with the recovery point',
    table(head, rows),
    ...(left > 0 ? [`And ${counted(left, 'other threat')}.`] : []),
  ].join('\n\n')
}
