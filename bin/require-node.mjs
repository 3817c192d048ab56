import module from 'node:module'

// Loaded before everything else, and plain enough for any Node: the rest of the project does not even parse on an old one.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 15)) {
  console.error(
    `Understudy needs Node 22.15 or newer, and this is ${process.versions.node}. \`npm ci\` normally brings Node 24 along; that package could not be installed here, so install Node 24 from https://nodejs.org and run the command again.`,
  )
  process.exit(1)
}

// Keeps what Node has made of each source file, so that the next start need not: it is a third of a warm start.
module.enableCompileCache?.()
