import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cloudOf } from '../src/azure/http/cloud.ts'
import { parsePath, vaultPath } from '../src/azure/paths.ts'
import { parseJobId, parseOperationUrl } from '../src/azure/target.ts'
import { InputError } from '../src/base/errors.ts'
import { isoDuration, isoTime } from '../src/base/format.ts'
import {
  cutSignatures,
  durationSeconds,
  number,
  retryAfterSeconds,
  size,
  sizeIn,
  text,
  time,
} from '../src/base/read.ts'
import { anyText, odd } from './support/arbitrary.ts'
import { namedVault, noVault } from './support/inputs.ts'
import { jobId, vaultRoot } from './support/job-body.ts'
import { sameCases } from './support/seed.ts'

sameCases(300)

const two = (value: number) => String(value).padStart(2, '0')

describe('durations', () => {
  const parts = fc.record({
    days: fc.nat(400),
    hours: fc.nat(23),
    minutes: fc.nat(59),
    seconds: fc.nat(59),
    ticks: fc.nat(9_999_999),
  })

  it('are the same in both spellings', () => {
    fc.assert(
      fc.property(parts, ({ days, hours, minutes, seconds, ticks }) => {
        const fraction = String(ticks).padStart(7, '0')
        const expected = days * 86_400 + hours * 3_600 + minutes * 60 + seconds + ticks / 1e7
        const span = `${days > 0 ? `${days}.` : ''}${two(hours)}:${two(minutes)}:${two(seconds)}.${fraction}`
        expect(durationSeconds(`P${days}DT${hours}H${minutes}M${seconds}.${fraction}S`)).toBeCloseTo(
          expected,
          5,
        )
        expect(durationSeconds(span)).toBeCloseTo(expected, 5)
      }),
    )
  })

  it('are read again as they are written in outputs', () => {
    fc.assert(
      fc.property(fc.nat(), (seconds) => {
        expect(durationSeconds(isoDuration(seconds))).toBe(seconds)
      }),
    )
  })
})

describe('times', () => {
  const date = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })

  it('are read to the millisecond, however many digits they have, with or without the Z', () => {
    fc.assert(
      fc.property(date, fc.stringMatching(/^\d{0,4}$/), fc.constantFrom('Z', 'z', ''), (when, more, zone) => {
        const given = `${when.toISOString().slice(0, -1)}${more}${zone}`
        expect(time(given)).toBe(when.getTime())
        expect(isoTime(time(given))).toBe(when.toISOString())
      }),
    )
  })

  it('are counted in UTC, whatever their zone', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -14, max: 14 }), (when, hours) => {
        const shifted = when.getTime() + hours * 3_600_000
        fc.pre(shifted >= 0 && shifted < Date.parse('9999-12-31T00:00:00Z'))
        const zone = `${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}:00`
        expect(time(`${new Date(shifted).toISOString().slice(0, -1)}${zone}`)).toBe(when.getTime())
      }),
    )
  })
})

describe('sizes', () => {
  it('are whole bytes of 1,024 to the next unit', () => {
    const units = ['B', 'KB', 'MB', 'GB']
    fc.assert(
      fc.property(
        fc.nat(8_000_000),
        fc.constantFrom(...units),
        fc.constantFrom('', ' '),
        (amount, unit, blank) => {
          const bytes = amount * 1024 ** units.indexOf(unit)
          expect(size(`${amount}${blank}${unit.toLowerCase()}`)?.bytes).toBe(bytes)
          expect(sizeIn(unit, String(amount))).toEqual({ text: `${amount} ${unit}`, bytes })
        },
      ),
    )
  })
})

describe('whatever a value is', () => {
  const anything = fc.oneof(fc.anything(), anyText, odd)

  it('it is read as text, a number, a duration, a time and a size, or as none', () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(typeof text(value)).toBe('string')
        for (const read of [number(value), durationSeconds(value), time(value)]) {
          expect(read === undefined || Number.isFinite(read)).toBe(true)
        }
        for (const read of [size(value), sizeIn('MB', value)]) {
          expect(read === undefined || (Number.isSafeInteger(read.bytes) && read.bytes >= 0)).toBe(true)
        }
      }),
    )
  })

  it('a time that is read can be written', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/),
        (value) => {
          const read = time(value)
          expect(read === undefined || /^\d{4,6}-.*Z$/.test(isoTime(read))).toBe(true)
        },
      ),
    )
  })

  it('a Retry-After asks for no negative time', () => {
    const header = fc.oneof(fc.string(), fc.date().map(String), fc.integer().map(String))
    fc.assert(
      fc.property(header, header, (retryAfter, date) => {
        expect(retryAfterSeconds(retryAfter, date, 0)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('a signature that follows a question mark or an ampersand is cut out, wherever it is', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('?sig=', '&sig=', '?SIG='),
        fc.string(),
        (before, name, after) => {
          expect(cutSignatures(`${before}${name}SECRET0123456789${after}`)).not.toContain('SECRET0123456789')
        },
      ),
    )
  })
})

describe('paths', () => {
  const name = fc.string({
    minLength: 1,
    unit: fc.constantFrom('a', 'B', '/', '%', '%2F', 'é', '😀', ' ', '.', '?', '#', ';', '\\'),
  })

  it('are taken apart into what they were put together from', () => {
    const kind = fc.constantFrom('recovery-services' as const, 'backup' as const)
    const vault = fc.record({ kind, subscriptionId: name, resourceGroup: name, name })
    fc.assert(
      fc.property(vault, name, (given, segment) => {
        const path = parsePath(`${vaultPath(given)}/backupJobs/${encodeURIComponent(segment)}`)
        expect(path).toMatchObject({ vault: given, rest: ['backupJobs', segment] })
      }),
    )
  })
})

describe('whatever a person gives', () => {
  const cloud = cloudOf('azurecloud')
  const signature = 'QUJDREVGR0hJSktMTU5PUA'
  const valid = `https://management.azure.com${vaultRoot}/backupOperations/${jobId}?api-version=1&s=${signature}`
  const inserted = fc
    .tuple(
      fc.nat(valid.length),
      fc.nat(40),
      fc.oneof(
        anyText,
        fc.constantFrom('@evil.test', '.evil.test', '//', '..', '%2e%2e', ':8443', 'evil.', '\\', '#', '?'),
      ),
    )
    .map(([at, cut, more]) => valid.slice(0, at) + more + valid.slice(at + (cut < 20 ? cut : 0)))
  const line = fc.oneof(inserted, inserted, fc.webUrl({ withQueryParameters: true }), anyText)

  /** What was accepted, or the message of the error. */
  function tried(parse: () => unknown): { target?: unknown; message: string } {
    try {
      return { target: parse(), message: '' }
    } catch (error) {
      if (error instanceof InputError) return { message: error.message }
      throw error
    }
  }

  it('an operation URL is followed to Resource Manager over https, to the letter, or refused without its query', () => {
    fc.assert(
      fc.property(line, fc.constantFrom(noVault, namedVault), (given, inputs) => {
        const { target, message } = tried(() => parseOperationUrl(given, inputs, cloud))
        const query = given.search(/[?&#]|%3F/i)
        const signed = query >= 0 && given.indexOf(signature) > query
        if (signed) expect(message).not.toContain(signature)
        if (target === undefined) return
        const url = new URL(given)
        expect(url.host).toMatch(/^([a-z0-9-]+\.)?management\.azure\.com$/)
        expect([url.protocol, url.username, url.password]).toEqual(['https:', '', ''])
        expect(url.pathname).toMatch(/\/providers\/Microsoft\.RecoveryServices\//i)
      }),
      { numRuns: 2_000 },
    )
  })

  it('neither a password nor a signature is shown, however often the URL was escaped', () => {
    const user = fc.tuple(anyText, anyText).map(([one, more]) => `${one}HUNTER2${more}`)
    const times = fc.nat(4)
    fc.assert(
      fc.property(
        fc.oneof(user, fc.constant('')),
        times,
        fc.constantFrom('', ' ', ';', '/x'),
        (before, escapes, more) => {
          const host = before === '' ? 'evil.test' : `${before.toWellFormed()}@evil.test`
          let given = `https://${host}${vaultRoot}/backupOperations/1${more}?api-version=1&s=${signature}`
          for (let left = escapes; left > 0; left -= 1) given = encodeURIComponent(given)
          for (const parse of [parseOperationUrl, parseJobId]) {
            const { message } = tried(() => parse(given, namedVault, cloud))
            expect(message).not.toBe('')
            expect(message).not.toContain('HUNTER2')
            expect(message).not.toContain(signature)
          }
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('a job ID is a name of letters, digits and hyphens, or refused without its query', () => {
    const armId = fc
      .string({ unit: 'binary' })
      .map((more) => `${vaultRoot}/backupJobs/${more}?sig=SECRETSECRET`)
    fc.assert(
      fc.property(fc.oneof(line, armId, fc.uuid()), fc.constantFrom(noVault, namedVault), (given, inputs) => {
        const { target, message } = tried(() => parseJobId(given, inputs, cloud))
        expect(message).not.toContain('SECRETSECRET')
        if (target !== undefined) {
          expect(target).toMatchObject({ reference: { id: expect.stringMatching(/^[A-Za-z0-9-]{1,64}$/) } })
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
