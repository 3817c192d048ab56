/**
 * "I want to talk to a person" as it is said in the languages that customers of an English shop write most. The other reasons are read off the
 * words in English only, and by meaning.
 */
const requests = [
  // German
  String.raw`\b(?:mit|zu) (?:eine[mr] |einem echten |einem richtigen )?(?:\p{L}+ )?(?:mensch(?:en)?|mitarbeiter(?:in|n)?|person|berater(?:in)?|kollegen|kollegin|kundendienst|kundenservice|jemandem)\b[^.?!]{0,20}\b(?:sprechen|reden|verbunden|verbinden|telefonieren|chatten)\b`,
  String.raw`\b(?:sprechen|reden|verbinden) sie mich mit\b|\brufen sie mich\b|\b(?:echten|richtigen) menschen\b`,
  // French
  String.raw`\b(?:parler|discuter|communiquer|échanger|mettre en (?:contact|relation)) (?:à|a|avec) (?:un |une |quelqu['’]un|l['’]un )?(?:\p{L}+ )?(?:humain|personne|conseiller|conseillère|agent|responsable|être humain|vrai|quelqu)`,
  String.raw`\bparler (?:à|a|avec) quelqu['’]un\b|\b(?:rappelez|appelez)[- ]moi\b|\bvraie personne\b`,
  // Spanish
  String.raw`\b(?:hablar|chatear|contactar|comunicarme|comunicar) con (?:un |una |el |la |alg[uú]n |alguna )?(?:\p{L}+ )?(?:humano|humana|persona|agente|alguien|representante|operador|operadora|asesor|asesora|encargado|supervisor)\b`,
  String.raw`\bhablar con alguien\b|\bll[aá]m(?:e|a)me\b|\bpersona real\b`,
  // Italian
  String.raw`\bparlare con (?:un |una |un['’]|il |qualche )?(?:\p{L}+ )?(?:umano|persona|operatore|operatrice|addetto|responsabile|qualcuno|essere umano)\b|\bpersona (?:reale|vera)\b|\brichiamatemi\b`,
  // Portuguese
  String.raw`\bfalar com (?:um |uma |o |a |algum |alguma )?(?:\p{L}+ )?(?:humano|pessoa|atendente|agente|algu[eé]m|representante|operador|supervisor)\b|\bpessoa (?:real|de verdade)\b`,
  // Dutch
  String.raw`\bmet (?:een |iemand)(?:\p{L}+ )?(?:mens|persoon|medewerker|echt persoon)?\b[^.?!]{0,20}\b(?:spreken|praten|bellen|chatten)\b|\b(?:spreken|praten) met (?:een |iemand)(?:\p{L}+ )?(?:mens|persoon|medewerker|iemand)?\b|\bbel (?:me|mij)\b|\becht(?:e)? (?:mens|persoon)\b`,
  // Polish
  String.raw`(?:rozmawia[cć]|porozmawia[cć]|po[lł][aą]cz(?:y[cć])?)[^.?!]{0,20} z (?:\p{L}+ )?(?:cz[lł]owiekiem|konsultantem|osob[aą]|pracownikiem|kim[sś]|doradc[aą])`,
].map((source) => new RegExp(source, 'u'))

export function asksInOtherLanguages(plain: string): boolean {
  return requests.some((request) => request.test(plain))
}
