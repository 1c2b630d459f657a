/** What the runner fetches for every job: the committed tree without what .gitattributes leaves out, gzipped. */
import { execFileSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import { absolute, type Row } from './table.ts'

export function downloadRows(): Row[] {
  const archive = execFileSync('git', ['archive', 'HEAD'], {
    cwd: import.meta.dirname + '/..',
    maxBuffer: 1 << 28,
  })
  const kilobytes = (value: number) => `${Math.round(value)} kB`
  return [absolute('Download: `git archive HEAD`, gzipped', gzipSync(archive).length / 1000, 700, kilobytes)]
}
