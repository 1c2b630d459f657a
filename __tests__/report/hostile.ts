/** Outcomes that nobody wants to see: hostile in every field, and very many. */

import { size } from '../../src/base/read.ts'
import { shellWord } from '../../src/base/text.ts'
import type { Outcome } from '../../src/domain/outcome.ts'
import { at, outcomeOf, vault } from './samples.ts'

const start = at('2026-02-11T02:18:36')
const end = at('2026-02-11T03:29:53')

/** Everything that could break out of its place, in one line; `alert` would show that it did. */
export const attack = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</summary></details><h1>owned</h1>',
  '| a | b | `code` ``` ~~~ **bold** _it_ ~~no~~',
  '@octo-org/team @octocat a@example.com #1 GH-2 octo-org/octo-repo#3 :tada: $a$ $$b$$',
  '[link](https://evil.test) ![image](https://evil.test/x.png) <https://evil.test> www.evil.test https://evil.test',
  '&lt;b&gt; &#64;octocat \\| \\',
  '::error::owned ##[set-output name=status]Completed',
  '--> <!-- wait-for-azure-backup digest {} -->',
  '\u202Egnp.exe\u202C \u2066\u200F\u0007\u001B[31m',
  '%%{init: {"theme":"forest"}}%% :done, t9; click t1 href "javascript:alert(1)"',
].join(' ')

/** Hostile in every field that the service sends, with line breaks of every kind. */
export function hostileOf(text: string): Outcome {
  const broken = `${text}\r\n\n# owned\n\n- [ ] owned\n\`\`\`\n::error::owned\n\u2028::error::owned`
  return outcomeOf(
    {
      id: broken,
      vault: { ...vault, name: broken, resourceGroup: broken },
      operation: broken,
      item: broken,
      status: 'Failed',
      size: { text: broken, bytes: 1 },
      phases: [{ name: broken, status: broken, details: broken }],
      errors: [
        {
          code: broken,
          message: broken,
          recommendations: [broken, broken],
          cause: { code: broken, message: broken },
        },
      ],
      properties: { [broken]: broken, nested: { [broken]: [broken] } },
      activityId: broken,
    },
    {
      problem: {
        code: broken,
        cause: broken,
        cure: broken,
        said: broken,
        facts: [[broken, broken]],
        commands: [shellWord(broken)],
      },
      recoveryPoint: {
        id: broken,
        time: end,
        type: broken,
        health: { status: broken, threats: [{ title: broken, severity: broken, state: broken, time: end }] },
      },
      observed: [
        { name: broken, status: 'Completed', startedAt: start, endedAt: end },
        { name: `title ${broken}`, status: broken, startedAt: start, endedAt: undefined },
        { name: '2026-01-01 section', status: 'Failed', startedAt: start, endedAt: end },
        { name: 'click done', status: 'InProgress', startedAt: start, endedAt: undefined },
        { name: 'crit, done, t1', status: 'Skipped', startedAt: end, endedAt: start },
      ],
    },
  )
}

export const hostile = hostileOf(attack)

/** So many jobs, of which every so-manieth failed, one in three of these for a reason of its own. */
export function fleet(count: number, failing: number, message = ''): Outcome[] {
  return Array.from({ length: count }, (_, index) => {
    const facts = {
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      item: `vm-${index}`,
      size: size('19306 MB'),
    }
    if (index % failing !== failing - 1) return outcomeOf(facts)
    const own = index % 3 === 0 ? ` on vm-${index}` : ''
    return outcomeOf({
      ...facts,
      status: 'Failed',
      errors: [
        {
          code: 'UserErrorVmNotReachable',
          message: `The VM cannot be reached${own}.${message}`,
          recommendations: [],
        },
      ],
    })
  })
}
