// Imported by what starts a server. glibc gives each thread an arena of its own, up to eight a core, and an arena keeps what was freed in it: with the
// threads of Node, onnxruntime and LanceDB that is hundreds of MB which nobody uses, and it grows for as long as the server runs. The settings are read
// when a process begins, so it begins again with them, in its place: same id, same streams, same signals. Whoever sets one of them is left alone.
const settings = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' }
const isSet = Object.keys(settings).some((name) => process.env[name] !== undefined)

// A parent that talks to us over a channel would lose it.
if (process.platform === 'linux' && process.execve && !process.connected && !isSet)
  process.execve(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], { ...process.env, ...settings })
