import type { Voice } from '../../engines/generator.ts'
import type { Resources } from '../../resources.ts'

/** How drafts begin and end: as agents do, once a retraining has learned it, else as configured. */
export function houseVoice({ config, learned }: Pick<Resources, 'config' | 'learned'>): Voice {
  return learned.current().voice ?? { greeting: config.VOICE_GREETING, signOff: config.VOICE_SIGN_OFF }
}
