/**
 * How onnxruntime runs a model. By default its threads spin for a while after each run, waiting for the next one: on a machine of two cores that
 * took more than twice the CPU of the run itself, from the main thread above all. And its arena keeps the memory of the largest batch for ever.
 */
export const sessionOptions = { enableCpuMemArena: false, extra: { session: { intra_op: { allow_spinning: '0' } } } }
