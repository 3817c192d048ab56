import type { Config } from '../../config.ts'
import type { Voice } from '../../engines/generator.ts'

/** How drafts begin and end. */
export function houseVoice({ VOICE_GREETING, VOICE_SIGN_OFF }: Pick<Config, 'VOICE_GREETING' | 'VOICE_SIGN_OFF'>): Voice {
  return { greeting: VOICE_GREETING, signOff: VOICE_SIGN_OFF }
}
