// A small writer of ONNX files, which are protocol buffers: just enough fields for the graphs of test models.

/** An operator: what it reads and writes by name, and integers as attributes. */
export interface OnnxNode {
  type: string
  inputs: string[]
  output: string
  attributes?: Record<string, number>
}

export interface OnnxGraph {
  /** int64 inputs of [batch, sequence]. */
  inputs: string[]
  output: { name: string; shape: (string | number)[] }
  /** Constants of the graph: the weights. */
  constants: Record<string, { shape: number[]; values: Float32Array | BigInt64Array }>
  nodes: OnnxNode[]
}

const type = { float: 1, int64: 7 }

/** The bytes of a .onnx file, opset 13. */
export function encodeOnnx({ inputs, output, constants, nodes }: OnnxGraph): Buffer {
  const graph = message(
    ...nodes.map((node) => field(1, encodeNode(node))),
    field(2, text('graph')),
    ...Object.entries(constants).map(([name, constant]) => field(5, encodeConstant(name, constant))),
    ...inputs.map((name) => field(11, encodeValue(name, type.int64, ['batch', 'sequence']))),
    field(12, encodeValue(output.name, type.float, output.shape)),
  )
  return message(number(1, 8), field(8, message(number(2, 13))), field(7, graph))
}

const encodeNode = (node: OnnxNode) =>
  message(
    ...node.inputs.map((name) => field(1, text(name))),
    field(2, text(node.output)),
    field(4, text(node.type)),
    ...Object.entries(node.attributes ?? {}).map(([name, value]) => field(5, message(field(1, text(name)), number(3, value), number(20, 2)))),
  )

const encodeConstant = (name: string, { shape, values }: OnnxGraph['constants'][string]) =>
  message(
    ...shape.map((size) => number(1, size)),
    number(2, values instanceof Float32Array ? type.float : type.int64),
    field(8, text(name)),
    field(9, Buffer.from(values.buffer, values.byteOffset, values.byteLength)),
  )

function encodeValue(name: string, elementType: number, shape: (string | number)[]): Buffer {
  const sizes = shape.map((size) => field(1, typeof size === 'number' ? message(number(1, size)) : message(field(2, text(size)))))
  const tensor = message(number(1, elementType), field(2, message(...sizes)))
  return message(field(1, text(name)), field(2, message(field(1, tensor))))
}

const message = (...fields: Buffer[]) => Buffer.concat(fields)
const text = (value: string) => Buffer.from(value, 'utf8')
const number = (id: number, value: number) => Buffer.concat([varint(id << 3), varint(value)])
const field = (id: number, bytes: Buffer) => Buffer.concat([varint((id << 3) | 2), varint(bytes.length), bytes])

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}
