import { describe, expect, it } from 'vitest'
import { readError, readJob } from '../../src/azure/job-body.ts'
import { jobId, vault, vmBody } from '../support/job-body.ts'

const errorsOf = (errorDetails: unknown, extended: Record<string, unknown> = {}) =>
  readJob(vmBody({ errorDetails }, extended), jobId, vault).errors

describe('errors of a Recovery Services job', () => {
  it('have code, title, text and recommendations', () => {
    const details = [
      {
        errorCode: 510008,
        errorTitle: 'OperationCancelled',
        errorString: 'Another operation was running.',
        recommendations: ['Wait.', ' Try again. ', ''],
      },
    ]
    expect(errorsOf(details)).toEqual([
      {
        code: '510008',
        message: 'OperationCancelled: Another operation was running.',
        recommendations: ['Wait.', 'Try again.'],
      },
    ])
  })

  it.each([
    [{ errorString: 'Text.' }, { code: '', message: 'Text.', recommendations: [] }],
    [{ errorTitle: 'Title' }, { code: '', message: 'Title', recommendations: [] }],
    [
      { errorTitle: 'Same', errorString: 'Same' },
      { code: '', message: 'Same', recommendations: [] },
    ],
    [{ errorCode: 0 }, { code: '0', message: '', recommendations: [] }],
    [
      { recommendations: ['Update the agent.'] },
      { code: '', message: '', recommendations: ['Update the agent.'] },
    ],
  ])('may lack any of them: %j', (given, expected) => {
    expect(errorsOf([given])).toEqual([expected])
  })

  it.each([null, undefined, [], [null], [{}], ['text'], 'text', 5, [{ errorString: ' ' }]])(
    'are none in %j',
    (given) => {
      expect(errorsOf(given)).toEqual([])
    },
  )

  it('may be one, without a list around it', () => {
    expect(errorsOf({ errorCode: 1, errorString: 'Text.' })).toEqual([
      { code: '1', message: 'Text.', recommendations: [] },
    ])
  })

  it('have the dynamic message as their cause', () => {
    expect(errorsOf([{ errorCode: 1, errorString: 'Text.' }], { dynamicErrorMessage: 'disk 3' })).toEqual([
      { code: '1', message: 'Text.', recommendations: [], cause: { code: '', message: 'disk 3' } },
    ])
  })

  it('do not repeat the dynamic message', () => {
    const [error] = errorsOf([{ errorString: 'Text of disk 3.' }], { dynamicErrorMessage: 'disk 3' })
    expect(error).toEqual({ code: '', message: 'Text of disk 3.', recommendations: [] })
  })

  it('are the dynamic message alone where there are no others', () => {
    expect(errorsOf(null, { dynamicErrorMessage: 'disk 3' })).toEqual([
      { code: '', message: 'disk 3', recommendations: [] },
    ])
    expect(errorsOf(null, { dynamicErrorMessage: '' })).toEqual([])
  })
})

describe('errors of a Backup vault’s job', () => {
  const nested = {
    code: 'UserErrorInvalidRestoreRequest',
    message: ' The restore request is invalid. ',
    recommendedAction: ['Check the request.'],
    isUserError: false,
    details: [
      {
        code: 'Middle',
        message: 'In between.',
        details: [{ code: 'InternalServerError', message: 'It broke.', details: null, innerError: null }],
      },
    ],
  }

  it('keep the outermost code and message, and the root cause beside them', () => {
    expect(errorsOf([nested])).toEqual([
      {
        code: 'UserErrorInvalidRestoreRequest',
        message: 'The restore request is invalid.',
        recommendations: ['Check the request.'],
        cause: { code: 'InternalServerError', message: 'It broke.' },
      },
    ])
  })

  it('find the cause in inner errors too', () => {
    const error = {
      code: 'Outer',
      message: 'Outer text.',
      innerError: {
        code: 'Inner',
        additionalInfo: { DetailedNonLocalisedMessage: 'Inner text.' },
        embeddedInnerError: null,
      },
    }
    expect(readError(error)[0]?.cause).toEqual({ code: 'Inner', message: 'Inner text.' })
    const embedded = { ...error, innerError: { code: 'Inner', embeddedInnerError: { code: 'Innermost' } } }
    expect(readError(embedded)[0]?.cause).toEqual({ code: 'Innermost', message: '' })
  })

  it('are all that there is, at times', () => {
    expect(readError({ details: [{ code: 'Inner', message: 'Inner text.' }] })).toEqual([
      { code: '', message: '', recommendations: [], cause: { code: 'Inner', message: 'Inner text.' } },
    ])
  })

  it.each([
    [{ message: 'Words alone.' }, { code: '', message: 'Words alone.' }],
    [{ code: 'CodeAlone' }, { code: 'CodeAlone', message: '' }],
  ])('may have a cause of one thing alone: %j', (inner, cause) => {
    for (const given of [{ details: [inner] }, { innerError: inner }, { embeddedInnerError: inner }])
      expect(readError(given)).toEqual([{ code: '', message: '', recommendations: [], cause }])
  })

  it('take an empty inner error for none', () => {
    expect(readError({ code: 'Outer', message: 'x', innerError: {}, details: [{}] })).toStrictEqual([
      { code: 'Outer', message: 'x', recommendations: [] },
    ])
  })

  it('are followed to some depth and no further', () => {
    let deep: Record<string, unknown> = { code: 'Bottom', message: 'x' }
    for (let level = 0; level < 10_000; level += 1) deep = { code: `L${level}`, details: [deep] }
    const [error] = readError(deep)
    expect(error?.code).toBe('L9999')
    // Twenty-one levels below it, where two were seen.
    expect(error?.cause?.code).toBe('L9978')
  })

  it('count warningDetails among them, wrapped or not', () => {
    const warning = { code: 'UserWarningSkipped', message: 'One disk was skipped.' }
    const expected = [{ ...warning, recommendations: [] }]
    expect(errorsOf(null, { warningDetails: [{ resourceName: 'r', warning }] })).toEqual(expected)
    expect(errorsOf(null, { warningDetails: [warning] })).toEqual(expected)
  })
})

describe('every text of an error', () => {
  it('has no signature', () => {
    const url = 'https://x/?sig=SECRETSECRET'
    const errors = errorsOf([
      {
        errorCode: url,
        errorTitle: url,
        errorString: `go to ${url}`,
        recommendations: [url],
        details: [{ code: url, message: url }],
      },
    ])
    expect(errors).toHaveLength(1)
    expect(JSON.stringify(errors)).not.toContain('SECRET')
  })
})
