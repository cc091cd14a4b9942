/** `국민` is also searched for as `ㄱㅁ`. */
const initials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ';

const initialsOf = (name: string) =>
  name.replace(/[가-힣]/g, (syllable) => initials[Math.floor((syllable.charCodeAt(0) - 0xac00) / 588)]!);

const letters = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');

/** What people say and banking apps print instead of the official name. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  '002': ['KDB산업'],
  '003': ['IBK기업'],
  '004': ['KB국민'],
  '007': ['SH수협'],
  '011': ['농협'],
  '012': ['단위농협', '지역농협', '축협'],
  '023': ['제일', 'SC제일'],
  '027': ['씨티'],
  '031': ['아이엠뱅크', 'iM뱅크'],
  '032': ['BNK부산'],
  '039': ['BNK경남'],
  '045': ['MG새마을', '새마을'],
  '064': ['산림조합'],
  '071': ['우체국예금'],
  '089': ['케뱅', 'K뱅크'],
  '090': ['카뱅'],
  '092': ['토뱅'],
  '238': ['미래에셋대우'],
};

/**
 * The words by which a bank is found in what customers type or paste: its names in both languages, the same without
 * 은행 or Bank behind, other names, and the first consonants; NFKC, lower-case letters
 * alone. What a full name and a short
 * one share is found by either.
 */
export function bankWords(code: string, ko: string, en: string): string[] {
  const names = [ko, en, ...(otherNames[code] ?? [])].map(letters);
  const short = names.map((name) => name.replace(/(은행|증권|뱅크|bank|securities)$/, ''));
  return [...new Set([...names, ...short, letters(initialsOf(ko))])].filter(Boolean);
}
