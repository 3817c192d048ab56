// npm run eval -- NAME: how good the answers are, apart from pass or fail.
import { readdirSync } from 'node:fs'

const evaluations: Record<string, string> = {
  retrieval: 'is the right article found? For the sample and for any collection of yours: retrieval [FILE.jsonl]; see retrieval --help',
  fusion: 'how the weights of retrieval are chosen, and how they do on the base that was left out',
  evidence: 'does it know when the answer is not there?',
  drafts: 'what the extractive writer makes of the sample questions; --texts prints them',
  router: 'intents: accuracy, calibration, out of scope',
  escalation: 'when a person must take over',
  'train-escalation': 'trains the escalation model and writes its weights',
  support: 'are unsupported sentences and wrong facts found?',
  loop: 'does the desk get better by its corrections? learning curves, beside the same desk that learns nothing; loop --help',
  'few-shot': 'how alike questions about the same are: where the floor for showing a reply comes from',
  experiments: 'simulated: how often is an experiment fooled, how many drafts does it take, and does the sample-ratio alarm fire? experiments [RUNS]',
  pipeline: 'corrections become a model, which is compared, promoted and rolled back; the language model is scripted; pipeline --help',
  triage: 'does the kind of lesson that is read from a correction agree with what its author said?',
  gaps: 'are questions about the same missing knowledge grouped?',
  contradictions: 'are contradicting articles found, and only those?',
}

const [name] = process.argv.slice(2)
const usage = `Usage: npm run eval -- NAME\n\n${Object.entries(evaluations)
  .map(([key, text]) => `  ${key.padEnd(17)} ${text}`)
  .join('\n')}\n`
if (name === undefined || name === '--help' || name === '-h') process.stdout.write(usage)
else if (!(name in evaluations) || !readdirSync(import.meta.dirname).includes(`${name}.ts`)) {
  process.stderr.write(`There is no evaluation ${name}.\n\n${usage}`)
  process.exitCode = 2
} else {
  process.argv.splice(2, 1)
  await import(`./${name}.ts`)
}
