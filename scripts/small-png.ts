/** Makes a browser's picture small enough for a repository: at most 256 colours, packed as tightly as zlib can. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

interface Picture {
  width: number
  height: number
  /** Red, green and blue of each pixel, row by row. */
  colours: Uint32Array
}

/** Packs a PNG anew, with colours that are nearly alike made one. */
export function smallPng(png: Buffer): Buffer {
  const { width, height, colours } = decode(png)
  const palette = paletteOf(colours)
  const rows = Buffer.alloc((width + 1) * height)
  for (const [pixel, colour] of colours.entries()) {
    const row = Math.floor(pixel / width)
    rows[row * (width + 1) + 1 + (pixel % width)] = palette.indexOf(colour)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits for each pixel, which index a palette.
  head.set([8, 3, 0, 0, 0], 8)
  const entries = Buffer.from(
    palette.entries.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]),
  )
  const data = deflateSync(rows, { level: 9, memLevel: 9 })
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('PLTE', entries),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Reads what Chromium writes: eight bits, RGB or RGBA, not interlaced. */
function decode(png: Buffer): Picture {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = png[25] === 6 ? 4 : 3
  const data: Buffer[] = []
  for (let place = 8; place < png.length; ) {
    const length = png.readUInt32BE(place)
    if (png.toString('latin1', place + 4, place + 8) === 'IDAT')
      data.push(png.subarray(place + 8, place + 8 + length))
    place += length + 12
  }
  const raw = inflateSync(Buffer.concat(data))
  const stride = width * channels
  const bytes = Buffer.alloc(stride * height)
  const byte = (index: number) => bytes[index] ?? 0
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)] ?? 0
    for (let column = 0; column < stride; column += 1) {
      const place = row * stride + column
      const left = column < channels ? 0 : byte(place - channels)
      const up = row === 0 ? 0 : byte(place - stride)
      const corner = row === 0 || column < channels ? 0 : byte(place - stride - channels)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      bytes[place] = (raw[row * (stride + 1) + 1 + column] ?? 0) + guess
    }
  }
  const colours = new Uint32Array(width * height)
  for (const pixel of colours.keys()) colours[pixel] = bytes.readUIntBE(pixel * channels, 3)
  return { width, height, colours }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [byLeft, byUp, byCorner] = [left, up, corner].map((value) => Math.abs(guess - value)) as [
    number,
    number,
    number,
  ]
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

/** The most frequent colour of each group; the groups grow until there are no more than 256. */
function paletteOf(colours: Uint32Array): { entries: number[]; indexOf: (colour: number) => number } {
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const frequent = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour)
  for (let bits = 8; ; bits -= 1) {
    const mask = ((255 << (8 - bits)) & 255) * 0x010101
    const groups = new Map<number, number>()
    const entries: number[] = []
    for (const colour of frequent) {
      const group = colour & mask
      if (groups.has(group)) continue
      groups.set(group, entries.length)
      entries.push(colour)
    }
    if (entries.length <= 256) return { entries, indexOf: (colour) => groups.get(colour & mask) ?? 0 }
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}
