/** What of an outcome is told first: the action's own problem, or the job's error. */
import { describe, expect, it } from 'vitest'
import {
  type Ending,
  groupBy,
  lastEnding,
  mainError,
  mainProblem,
  type Outcome,
  outcomeOf,
  type Problem,
  problemOf,
  unproved,
  type Verification,
} from '../../src/domain/outcome.ts'
import { bareJob } from '../support/outcome.ts'

const first = { code: 'First', message: 'It failed.', recommendations: [] }
const second = { code: 'Second', message: 'So did this.', recommendations: [] }
const own: Problem = { code: 'Own', cause: 'Reads failed.' }
const atPoint: Problem = { code: 'Point', cause: 'Points cannot be read.' }

const given = (errors: boolean, ending: Ending, problem?: Problem, verification?: Verification) =>
  outcomeOf(bareJob('Failed', errors ? { errors: [first, second] } : {}), ending, 7, {
    problem,
    ...(verification && { verification }),
  })

describe('an outcome', () => {
  it('has nothing but what it is made of', () => {
    const job = bareJob('Completed')
    expect(outcomeOf(job, 'ended', 7)).toEqual({
      job,
      ending: 'ended',
      problem: undefined,
      seenAt: 7,
      observed: [],
    })
    expect(outcomeOf(job, 'error', 7, { problem: own, cancellation: 'asked' })).toEqual({
      job,
      ending: 'error',
      problem: own,
      seenAt: 7,
      observed: [],
      cancellation: 'asked',
    })
  })
})

describe('groups', () => {
  it('come in the order of their first outcomes, each with all of its own', () => {
    const [one, two, three] = ['Failed', 'Completed', 'Failed'].map((status) =>
      outcomeOf(bareJob(status), 'ended', 7),
    )
    expect(groupBy([one, two, three] as Outcome[], ({ job }) => job.status)).toEqual([[one, three], [two]])
    expect(groupBy([], () => '')).toEqual([])
  })
})

describe('what is told first', () => {
  it.each<[string, ReturnType<typeof given>, Problem | undefined, typeof first | undefined]>([
    ['the job’s first error', given(true, 'ended'), undefined, first],
    ['the error before a problem that did not decide', given(true, 'timed-out', own), undefined, first],
    ['the problem where the job tells of no error', given(false, 'timed-out', own), own, undefined],
    ['the problem that ended the wait', given(true, 'error', own), own, undefined],
    ['the problem with how fresh it is', given(true, 'not-fresh', own), own, undefined],
    ['nothing where nothing is wrong', given(false, 'ended'), undefined, undefined],
    [
      'the problem with its recovery point',
      given(true, 'ended', own, { state: 'error', problem: atPoint }),
      atPoint,
      undefined,
    ],
    [
      'the problem where the look for the point has none',
      given(true, 'ended', own, { state: 'looked' }),
      own,
      undefined,
    ],
    [
      'the error where the point is there',
      given(true, 'ended', own, { state: 'verified', problem: atPoint }),
      undefined,
      first,
    ],
  ])('is %s', (_name, outcome, problem, error) => {
    expect(mainProblem(outcome)).toEqual(problem)
    expect(mainError(outcome)).toEqual(error)
  })
})

describe('the look for the recovery point', () => {
  it('came to nothing that counts where it was not asked for', () => {
    const outcome = given(false, 'snapshot', own)
    expect([unproved(outcome), lastEnding(outcome), problemOf(outcome)]).toEqual([undefined, 'snapshot', own])
  })

  it.each(['missing', 'timed-out', 'stopped', 'looked', 'error'] as const)('came last: %s', (state) => {
    const outcome = given(false, 'ended', own, { state, problem: atPoint })
    expect(unproved(outcome)).toEqual({ state, problem: atPoint })
    expect([lastEnding(outcome), problemOf(outcome)]).toEqual([state, atPoint])
  })

  it('leaves the job’s own ending where the point is there', () => {
    const outcome = given(false, 'snapshot', own, { state: 'verified', problem: atPoint })
    expect([unproved(outcome), lastEnding(outcome), problemOf(outcome)]).toEqual([undefined, 'snapshot', own])
  })
})
