import { expect, it } from 'vitest'
import { subjectWords } from '../../../src/azure/http/subject.ts'

it.each([
  ['job', '1', 'job 1'],
  ['job-list', 'v', 'jobs of vault v'],
  ['cancellation', '1', 'the cancellation of job 1'],
  ['operation', '1', 'operation 1'],
  ['vault', 'v', 'vault v'],
  ['recovery-points', 'vm', 'recovery points of vm'],
  ['resource-graph', '', 'protected items (Azure Resource Graph)'],
] as const)('what is asked for, in words: %s %s', (kind, name, expected) => {
  expect(subjectWords({ kind, name })).toBe(expected)
})
