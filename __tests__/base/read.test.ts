import { describe, expect, it } from 'vitest'
import {
  durationSeconds,
  fields,
  isFields,
  list,
  membersOf,
  number,
  retryAfterSeconds,
  sameWord,
  size,
  sizeIn,
  text,
  time,
  usTime,
  verbatim,
} from '../../src/base/read.ts'

const nothings = [undefined, null, 0, 7, '', 'text', true, [], {}, Number.NaN]

describe('fields and list', () => {
  it('gives an object as it is', () => {
    const object = { a: 1 }
    expect(fields(object)).toBe(object)
    expect(isFields(object)).toBe(true)
  })

  it.each([undefined, null, 3, 'text', true, ['a']])('takes %j for an object without fields', (value) => {
    expect(fields(value)).toEqual({})
    expect(isFields(value)).toBe(false)
  })

  it('gives a list as it is, and an empty one for anything else', () => {
    expect(list([1, 'b', null])).toEqual([1, 'b', null])
    for (const value of [undefined, null, 'abc', 5, { length: 2 }]) expect(list(value)).toEqual([])
  })
})

describe('text', () => {
  it.each([
    ['  stray blanks of Backup vaults ', 'stray blanks of Backup vaults'],
    ['', ''],
    [510008, '510008'],
    [0, '0'],
    [true, 'true'],
    ['half a \ud83d character', 'half a \ufffd character'],
    [null, ''],
    [undefined, ''],
    [{ message: 'x' }, ''],
    [['x'], ''],
  ])('reads %j as %j', (value, expected) => {
    expect(text(value)).toBe(expected)
  })
})

describe('number', () => {
  it.each([
    [2063.0, 2063],
    ['0', 0],
    ['8442527', 8442527],
    [' 99.5 ', 99.5],
    ['-1', -1],
    ['', undefined],
    ['12 MB', undefined],
    ['1e3', undefined],
    ['0x10', undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [null, undefined],
    [[5], undefined],
    [true, undefined],
  ])('reads %j as %j', (value, expected) => {
    expect(number(value)).toBe(expected)
  })
})

describe('durationSeconds', () => {
  it.each([
    ['PT1H11M16.9352454S', 4276.9352454],
    ['PT2.1444349S', 2.1444349],
    ['PT2M', 120],
    ['PT0S', 0],
    ['P1DT2H3M4.5S', 93_784.5],
    ['P1D', 86_400],
    ['pt5s', 5],
    ['PT34M31.1059149S', 2071.1059149],
    ['00:20:23.0896697', 1223.0896697],
    ['1.02:03:04.5670000', 93_784.567],
    ['10.00:00:00', 864_000],
    ['00:00:00', 0],
    ['0:00:01.781847', 1.781847],
    [' 00:03:08.3166312 ', 188.3166312],
  ])('reads %s as %d seconds', (given, expected) => {
    expect(durationSeconds(given)).toBeCloseTo(expected, 6)
  })

  it.each([
    '',
    'P',
    'PT',
    '-PT5S',
    '-00:00:05',
    '5',
    '1 day, 2:03:04',
    'PT1H1',
    '00:00',
    'P1Y',
    'P1W',
    'abc',
    '١:٠٠:٠٠',
    'P99999999999999999999D',
    `PT${'9'.repeat(400)}S`,
  ])('does not guess at "%s"', (given) => {
    expect(durationSeconds(given)).toBeUndefined()
  })

  it('reads text alone', () => {
    for (const value of nothings) expect(durationSeconds(value)).toBeUndefined()
  })
})

describe('time', () => {
  it.each([
    ['2022-02-11T02:18:36.9219366Z', '2022-02-11T02:18:36.921Z'],
    ['2022-02-11T02:18:36.9219366', '2022-02-11T02:18:36.921Z'],
    ['2024-02-26T07:26:05Z', '2024-02-26T07:26:05.000Z'],
    ['2017-10-29T06:04:18.2Z', '2017-10-29T06:04:18.200Z'],
    ['2022-02-11t02:18:36z', '2022-02-11T02:18:36.000Z'],
    ['2022-02-11T02:18:36+05:30', '2022-02-10T20:48:36.000Z'],
    ['2022-02-11T02:18:36-0100', '2022-02-11T03:18:36.000Z'],
    [' 2022-02-11T02:18:36Z ', '2022-02-11T02:18:36.000Z'],
    ['2099-12-31T23:59:59.9999999Z', '2099-12-31T23:59:59.999Z'],
    ['2022-02-11T02:18:36.0577612124Z', '2022-02-11T02:18:36.057Z'],
  ])('reads %s as %s', (given, expected) => {
    expect(new Date(time(given) ?? Number.NaN).toISOString()).toBe(expected)
  })

  it.each([
    '0001-01-01T00:00:00',
    '0001-01-01T00:00:00Z',
    '1601-01-01T00:00:00Z',
    '2022-13-01T00:00:00Z',
    '2022-01-01T25:00:00Z',
    '2022-01-01',
    '2/11/2022 2:18:40 AM',
    '2022-02-20 19:34:50Z',
    '',
    'now',
  ])('takes "%s" for none', (given) => {
    expect(time(given)).toBeUndefined()
  })

  it('reads text alone', () => {
    for (const value of nothings) expect(time(value)).toBeUndefined()
  })
})

describe('usTime', () => {
  it.each([
    ['3/13/2022 12:00:00 AM', '2022-03-13T00:00:00.000Z'],
    ['12/26/2026 12:30:05 PM', '2026-12-26T12:30:05.000Z'],
    ['8/2/2019 1:00:00 pm', '2019-08-02T13:00:00.000Z'],
    [' 8/2/2019 11:59:59 AM ', '2019-08-02T11:59:59.000Z'],
  ])('reads %s', (given, expected) => {
    expect(new Date(usTime(given) ?? 0).toISOString()).toBe(expected)
  })

  it.each([
    '13/1/2022 12:00:00 AM',
    '1/1/0001 12:00:00 AM',
    '1/1/2022',
    '2022-01-01T00:00:00Z',
    '',
    undefined,
    5,
  ])('reads nothing in %j', (given) => {
    expect(usTime(given)).toBeUndefined()
  })
})

describe('size', () => {
  it.each([
    ['19306 MB', 19306 * 1_048_576],
    ['2332 MB', 2_445_279_232],
    ['32 GB', 34_359_738_368],
    ['512 B', 512],
    ['7 bytes', 7],
    ['1 KB', 1024],
    ['2TB', 2_199_023_255_552],
    ['1 pb', 1_125_899_906_842_624],
    ['1952.3086 MB', 2_047_143_943],
    ['1,5 GB', 1_610_612_736],
    ['1,500 MB', 1_572_864_000],
    ['12,345.5 MB', 12_945_195_008],
    ['0 MB', 0],
  ])('reads %s as %d bytes and keeps it as written', (given, bytes) => {
    expect(size(given)).toEqual({ text: given, bytes })
  })

  it.each([
    '',
    'MB',
    '12',
    '-5 MB',
    '5 XB',
    '5 constructor',
    '5 __proto__',
    '1.2.3 MB',
    'ten MB',
    '1,23,4 MB',
  ])('does not guess at "%s"', (given) => {
    expect(size(given)).toBeUndefined()
  })

  it('has no bytes that are no whole number, however long the number is', () => {
    expect(size(`${'9'.repeat(400)} MB`)).toBeUndefined()
  })

  it.each([
    ['MB', '20.1147', { text: '20.1147 MB', bytes: 21_091_792 }],
    ['MB', '0', { text: '0 MB', bytes: 0 }],
    ['MB', 1952.3086, { text: '1952.3086 MB', bytes: 2_047_143_943 }],
    ['MB', '', undefined],
    ['MB', null, undefined],
    ['MB', Number.NaN, undefined],
    ['parsecs', '5', undefined],
  ])('puts the unit %s of the key after %j', (unit, value, expected) => {
    expect(sizeIn(unit, value)).toEqual(expected)
  })
})

describe('retryAfterSeconds', () => {
  const now = Date.parse('2026-03-01T10:00:00Z')

  it.each([
    [undefined, undefined, 0],
    ['60', undefined, 60],
    [' 15 ', undefined, 15],
    ['0', undefined, 0],
    ['Sun, 01 Mar 2026 10:01:30 GMT', undefined, 90],
    ['Sun, 01 Mar 2026 10:01:30 GMT', 'Sun, 01 Mar 2026 10:01:00 GMT', 30],
    ['Sun, 01 Mar 2026 09:00:00 GMT', undefined, 0],
    ['Sun, 01 Mar 2026 10:01:30 GMT', 'no date', 90],
    ['soon', undefined, 0],
    ['', undefined, 0],
  ])('reads %j beside Date %j as %d', (header, date, expected) => {
    expect(retryAfterSeconds(header, date, now)).toBe(expected)
  })
})

describe('words of IDs', () => {
  it('are the same in any case', () => {
    expect([sameWord('VaultA', 'vaulta'), sameWord('vaultA', 'VAULTa')]).toEqual([true, true])
    expect([sameWord('vault', 'vault2'), sameWord('', 'a')]).toEqual([false, false])
    // Not the same, though they are in capitals.
    expect([sameWord('straße', 'strasse'), sameWord('strasse', 'straße')]).toEqual([false, false])
  })
})

describe('text to the letter', () => {
  it('is text alone', () => {
    expect([' https://x/?sig=a ', 3, null, {}].map(verbatim)).toEqual([' https://x/?sig=a ', '', '', ''])
  })
})

describe('what is nearly a value', () => {
  it.each(['.5 MB', '5 MB left', '1.1,000 MB', '1,000,5 MB', '1.2.3 MB', 'about 5 MB', 'MB', '5'])(
    '%s is no size',
    (given) => {
      expect(size(given)).toBeUndefined()
    },
  )

  it.each([
    ['1,000,000 KB', 1_024_000_000],
    ['1,000.25 KB', 1_024_256],
    ['1234,5 KB', 1_264_128],
  ])('%s is %d bytes', (text, bytes) => {
    expect(size(text)).toEqual({ text, bytes })
  })

  it('of numbers with a unit is a size or none', () => {
    expect([0, 1.5, '2', ' 3 '].map((given) => sizeIn('MB', given))).toEqual([
      { text: '0 MB', bytes: 0 },
      { text: '1.5 MB', bytes: 1_572_864 },
      { text: '2 MB', bytes: 2_097_152 },
      { text: '3 MB', bytes: 3_145_728 },
    ])
    expect(
      [Number.NaN, Number.POSITIVE_INFINITY, -1, '', null, {}].map((given) => sizeIn('MB', given)),
    ).toEqual(Array(6).fill(undefined))
  })

  it('of numbers is a number or none', () => {
    expect(['1.25', ' +7 ', '-0.5', '1.', '.5', '1.2.3', '1e3', '0x1', '1 2'].map(number)).toEqual([
      1.25,
      7,
      -0.5,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('of times is a time or none', () => {
    expect(
      [
        '1970-01-01T00:00:00Z',
        '1969-12-31T23:59:59Z',
        '2026-01-01T00:00:00.1z',
        '2026-01-01T02:00:00+0200',
      ].map(time),
    ).toEqual([0, undefined, 1_767_225_600_100, 1_767_225_600_000])
  })

  it('of a Retry-After is none', () => {
    const now = Date.UTC(2026, 0, 1)
    expect(['in 5', '5 s', '', 'soon'].map((given) => retryAfterSeconds(given, undefined, now))).toEqual([
      0, 0, 0, 0,
    ])
  })
})

describe('membersOf', () => {
  it('finds a field in whatever case its name is, as often as it is there', () => {
    expect(membersOf({ jobId: '1', name: 'x', JobId: '2', JOBID: null }, 'jobid')).toEqual(['1', '2', null])
    expect(membersOf({ job: '1' }, 'jobId')).toEqual([])
  })
})
