import fc from 'fast-check'

/** Any text, halves of characters and control characters included. (fast-check's own takes seconds to set up.) */
export const anyText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes))

/** Values that readers of JSON stumble over. */
export const odd = fc.constantFrom<unknown>(
  '',
  ' ',
  'null',
  'Completed',
  'COMPLETED',
  'Succeeded',
  'completed ',
  'Failed',
  'Hibernating',
  'constructor',
  '__proto__',
  'toString',
  '::error::x',
  'a\r\nb\u0000c',
  '\ud800',
  'P99999999999999999999D',
  '99999999999999999999.00:00:00',
  'PT0S',
  '0001-01-01T00:00:00',
  '9999-12-31T23:59:59.9999999Z',
  '2024-02-30T25:61:61Z',
  '1969-12-31T23:59:59Z',
  `${'9'.repeat(400)} MB`,
  '5 constructor',
  '-1 MB',
  '1e999',
  'https://x/?sig=SECRETSECRETSECRET',
  'x'.repeat(200_000),
  0,
  -0,
  -1,
  1e308,
  2 ** 53,
  true,
  null,
  [],
  {},
  [[[[]]]],
  { length: 3 },
  { status: 'Completed' },
  [{ status: 'Completed' }],
  deep(3_000),
)

/** A value that is nested deeper than any service's. */
function deep(levels: number): unknown {
  let value: unknown = 'bottom'
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { details: value }
  return value
}

type Change = {
  at: number
  kind: 'drop' | 'null' | 'rename' | 'case' | 'odd' | 'any'
  value: unknown
  name: string
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('drop', 'null', 'rename', 'case', 'odd', 'odd', 'any'),
  value: fc.oneof(odd, fc.jsonValue()),
  name: fc.oneof(
    fc.string(),
    fc.constantFrom('status', 'Status', 'properties', 'extendedInfo', '__proto__', ' '),
  ),
})

type Holder = Record<string, unknown>

/** How deep a value is changed. */
const deepestChange = 12

/** The same again: what is drawn once is drawn for many bodies, and may even come to be put into itself. */
function copied(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > deepestChange + 1) return value
  if (Array.isArray(value)) return value.map((one) => copied(one, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copied(one, depth + 1)]))
}

/** Every place in a value: what holds it, and by which key. */
function places(value: unknown, depth = 0): [Holder, string][] {
  if (typeof value !== 'object' || value === null || depth > deepestChange) return []
  const holder = value as Holder
  return Object.keys(holder).flatMap((key): [Holder, string][] => [
    [holder, key],
    ...places(holder[key], depth + 1),
  ])
}

function apply(body: unknown, { at, kind, value: drawn, name }: Change): unknown {
  const value = copied(drawn)
  const all = places(body)
  const [holder, key] = all[at % Math.max(1, all.length)] ?? []
  if (holder === undefined || key === undefined) return value
  const before = holder[key]
  if (kind === 'null') holder[key] = null
  else if (kind === 'odd' || kind === 'any') holder[key] = value
  else {
    delete holder[key]
    const renamed = kind === 'case' ? key.toUpperCase() : name
    if (kind !== 'drop' && !Array.isArray(holder)) Object.defineProperty(holder, renamed, own(before))
  }
  return body
}

function own(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true }
}

/** One of the bodies with some of its fields dropped, nulled, renamed, in another case or of another type. */
export function changed(bodies: unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...bodies), fc.array(change, { maxLength: 6 }))
    .map(([body, changes]) => changes.reduce<unknown>(apply, structuredClone(body)))
}

const root = '/subscriptions/6f9c1b8e-0d61-4b7c-9c0e-1a2b3c4d5e6f/resourceGroups/rg/providers'
const recovery = `${root}/Microsoft.RecoveryServices/vaults/v`
const container = (name: string) =>
  `${recovery}/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg;${name}/protectedItems/VM;iaasvmcontainerv2;rg;${name}`

/** One thing that an input takes, no two of which are the same. */
const thing: Record<'job-id' | 'operation-url' | 'protected-item', fc.Arbitrary<string>> = {
  'job-id': fc
    .tuple(fc.uuid(), fc.constantFrom('', `${recovery}/backupJobs/`, 'https://management.azure.com'))
    .map(([id, before]) =>
      before.startsWith('https') ? `${before}${recovery}/backupJobs/${id}` : before + id,
    ),
  'operation-url': fc
    .tuple(
      fc.uuid(),
      fc.constantFrom(
        `${recovery}/backupOperations`,
        `${container('vm,1')}/operationsStatus`,
        `${root}/Microsoft.DataProtection/backupVaults/v/operationStatus`,
      ),
      fc.constantFrom('', '?api-version=1', `?api-version=1&t=1&c=${'MIIHhz'.repeat(500)}&s=Q-_==&h=x`),
      fc.constantFrom('https://management.azure.com', 'https://westeurope.management.azure.com', ''),
    )
    .map(([id, path, query, host]) => `${host}${path}/${id}${query}`),
  'protected-item': fc
    .tuple(fc.uuid(), fc.constantFrom('name', 'a, b; c ', 'id'))
    .map(([id, kind]) => (kind === 'id' ? container(id) : `${kind}${id}`)),
}

const wrappings: ((value: string) => string)[] = [
  (value) => value,
  (value) => `"${value}"`,
  (value) => `'${value}'`,
  (value) => `<${value}>`,
  (value) => `{${value}}`,
  (value) => `[${value}]`,
  (value) => JSON.stringify({ id: value }),
  (value) => JSON.stringify({ JobId: value }),
  (value) => JSON.stringify({ Location: [value] }),
  (value) => `Location: ${value}`,
  (value) => encodeURIComponent(value),
  (value) => `\u200b${value}\ufeff`,
  (value) => value.replaceAll('&', '&amp;'),
]

const lists: ((values: string[]) => string)[] = [
  (values) => JSON.stringify(values),
  (values) => `[${values.join(', ')}]`,
  (values) => `"${values.join('","')}"`,
  (values) => `HTTP/2 202\n${values.map((value) => `Azure-AsyncOperation: ${value}`).join('\n')}`,
]

/** Different things, and the text that has all of them, put together as people and programs do, or worse. */
export function given(input: keyof typeof thing): fc.Arbitrary<{ things: string[]; text: string }> {
  const separator = fc.constantFrom(
    '\n',
    '\r\n',
    ' ',
    ',',
    ';',
    ', ',
    '; ',
    '\t',
    ' , ',
    ';;',
    '|',
    '%2C',
    '%3B',
    '#',
    '&',
    '',
  )
  const apart = fc
    .array(fc.tuple(fc.constantFrom(...wrappings), separator), { minLength: 5, maxLength: 5 })
    .map(
      (ways) => (values: string[]) =>
        values.map((value, at) => `${at === 0 ? '' : ways[at]?.[1]}${ways[at]?.[0](value)}`).join(''),
    )
  const join = fc.oneof({ arbitrary: apart, weight: 4 }, { arbitrary: fc.constantFrom(...lists), weight: 1 })
  const things = fc.uniqueArray(thing[input], {
    minLength: 1,
    maxLength: 4,
    selector: (one) => /[0-9a-f-]{36}(?!.*[0-9a-f-]{36})/.exec(one)?.[0],
  })
  return fc.tuple(things, join).map(([all, joined]) => ({ things: all, text: joined(all) }))
}
