/**
 * Sums of products for 4 × 2 tiles, four lanes at a time: WebAssembly has the processor's vector instructions, JavaScript does not, and they are
 * eight times as fast as its best loops. The module is assembled here, instruction by instruction, so that there is neither a build step nor a binary to trust.
 *
 *   addTile(a, b, stride, length, out, outStride): out[i][j] += Σ a[i][k] · b[j][k] for 4 rows of a and 2 of b. All in bytes; length in steps of 16.
 */
export interface DotTiles {
  memory: WebAssembly.Memory
  addTile(a: number, b: number, stride: number, length: number, out: number, outStride: number): void
}

const [i32, v128] = [0x7f, 0x7b]
// Parameters come first among the locals.
const [a, b, stride, length, out, outStride, a1, a2, a3, b1, at] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const [x, y, row, firstSum] = [11, 12, 13, 14]
const rowsOfA = [a, a1, a2, a3]

const get = (local: number) => [0x20, local]
const set = (local: number) => [0x21, local]
const add = [0x6a]
const constant = (value: number) => [0x41, value]
const loadVector = (base: number) => [...get(base), ...get(at), ...add, 0xfd, 0x00, 4, 0]
const multiply = [0xfd, 0xe6, 0x01]
const addVectors = [0xfd, 0xe4, 0x01]
const lane = (sum: number, index: number) => [...get(sum), 0xfd, 0x1f, index]
const addFloats = [0x92]
const loadFloat = (offset: number) => [...get(out), 0x2a, 2, offset]
const storeFloat = (offset: number) => [0x38, 2, offset]

const sumsOf = (index: number) => [firstSum + 2 * index, firstSum + 2 * index + 1] as const
const addProduct = (sum: number, vector: number) => [...get(sum), ...get(row), ...get(vector), ...multiply, ...addVectors, ...set(sum)]
const total = (sum: number) => [0, 1, 2, 3].flatMap((index) => [...lane(sum, index), ...(index > 0 ? addFloats : [])])

const body = [
  // Two groups of locals after the parameters: 5 addresses, then 3 vectors and 8 sums.
  ...[2, 5, i32, 11, v128],
  ...[...get(a), ...get(stride), ...add, ...set(a1)],
  ...[...get(a1), ...get(stride), ...add, ...set(a2)],
  ...[...get(a2), ...get(stride), ...add, ...set(a3)],
  ...[...get(b), ...get(stride), ...add, ...set(b1)],
  ...[0x03, 0x40], // loop
  ...[...loadVector(b), ...set(x), ...loadVector(b1), ...set(y)],
  ...rowsOfA.flatMap((base, index) => {
    const [first, second] = sumsOf(index)
    return [...loadVector(base), ...set(row), ...addProduct(first, x), ...addProduct(second, y)]
  }),
  ...[...get(at), ...constant(16), ...add, 0x22, at, ...get(length), 0x49, 0x0d, 0x00], // at += 16; again while at < length
  0x0b,
  ...rowsOfA.flatMap((_, index) => [
    ...sumsOf(index).flatMap((sum, column) => [...get(out), ...loadFloat(4 * column), ...total(sum), ...addFloats, ...storeFloat(4 * column)]),
    ...[...get(out), ...get(outStride), ...add, ...set(out)],
  ]),
  0x0b,
]

/** Instances share nothing: each has a memory of so many bytes. */
export function createDotTiles(bytes: number): DotTiles {
  const module = new WebAssembly.Module(
    Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [1, 0x60, 6, i32, i32, i32, i32, i32, i32, 0]),
      ...section(2, [1, 1, 0x6d, 1, 0x6d, 0x02, 0x00, 0]), // import "m"."m": a memory
      ...section(3, [1, 0]),
      ...section(7, [1, 1, 0x66, 0x00, 0]), // export "f"
      ...section(10, [1, ...unsigned(body.length), ...body]),
    ]),
  )
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) })
  const { f } = new WebAssembly.Instance(module, { m: { m: memory } }).exports
  return { memory, addTile: f as DotTiles['addTile'] }
}

const section = (id: number, content: number[]) => [id, ...unsigned(content.length), ...content]

function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >> 7)]
}
