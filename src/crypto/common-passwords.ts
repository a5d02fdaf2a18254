/**
 * Words that begin most guesses, in the languages of our offices: written for Kembali, not taken from a leaked list.
 * At least four letters each, so that they are not found by accident inside other words.
 */
const COMMON = `
password passwort passcode passphrase passw pass1 secret secrets rahasia rahsia lihim sandi katasandi katalaluan kata laluan
welcome selamat datang maligayang mabuhay marhaba salaam salam hello halo hallo helo hola good morning pagi siang malam night
login logon signin masuk keluar open buka letmein enter admin administrator root user users guest tamu test testing tester
testuser demo sample example contoh temp temporary sementara default standard change changeme ganti gantisaya please tolong
computer komputer laptop internet wifi android iphone samsung nokia oppo vivo xiaomi google gmail yahoo facebook instagram
whatsapp telegram tiktok youtube twitter microsoft windows office server system sistem database account akun akaun phone
telepon telefon handphone number nomor nombor email mail surat website online offline service servis support help bantuan
qwerty qwert werty qwertyuiop asdf asdfg asdfgh asdfghjkl zxcv zxcvb zxcvbn zxcvbnm qazwsx wsxedc qaz1 1qaz azerty yuiop hjkl
abcd abcde abcdef abcdefg abcdefgh abc123 aaaa xxxx zzzz
love loveyou iloveyou ilove sayang sayangku cinta cintaku kasih kasihku rindu mahal mahalkita aking mine forever selamanya
kekasih honey baby bebi sweet sweetheart darling princess putri puteri prince king queen raja ratu star
bintang moon bulan sunshine matahari rainbow pelangi flower bunga rose mawar melati summer winter spring autumn musim
monkey dragon naga tiger harimau macan lion singa eagle garuda elang kitty kucing puppy dogs anjing horse kuda bird burung
fish ikan butterfly panda bear lumba dolphin shadow ninja batman superman spiderman pokemon naruto doraemon barbie mickey
football soccer bola sepakbola basketball badminton futsal ronaldo messi michael jordan hunter master boss hacker matrix pepper cheese chocolate coklat
coffee kopi cookie banana pisang orange jeruk apple apel mango mangga durian rice nasi goreng
mother mama ibuku bunda emak father papa ayah bapak bapa tatay nanay inay family keluarga pamilya anakku brother sister kakak
adik abang friend friends teman kawan kaibigan sahabat
number nomer satu empat lima enam tujuh delapan sembilan isang dalawa tatlo apat anim pito walo siyam three four five seven
eight nine zero
january february march april june july august september october november december januari februari maret juni juli agustus
oktober desember senin selasa rabu kamis jumat sabtu minggu monday tuesday wednesday thursday friday saturday sunday today
tomorrow yesterday hari tahun happy bahagia lucky birthday ulang year
money uang duit wang pera rich kaya success sukses berjaya winner juara champion number1
kembali child children anak anakanak bata protection perlindungan ministry kementerian social sosial worker pekerja justice
kasus case cases file berkas pusat unit team kerja work working project rumah home house sekolah school student kelas class
teacher guru doctor dokter hospital police polisi
indonesia malaysia maldives philippines pilipinas nusantara merdeka bhinneka bangsa negara country nation
`
  .split(/\s+/)
  .filter((word) => word.length >= 4)
  // Long ones first: `qwertyuiop` is gone before `qwerty` is looked for.
  .toSorted((a, b) => b.length - a.length)

/** Signs people put for letters, so that `p@ssw0rd` is read as what it is. */
const LOOKALIKES: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
}

/** How many letters must be left when the common words are taken out: fewer add next to nothing to guess. */
const LEFT_AT_LEAST = 6
const DIFFERENT_AT_LEAST = 6

/** Whether a passphrase is among the first guesses: numbers only, few different signs, or common words with little around them. */
export function isGuessable(text: string): boolean {
  const lower = text.normalize('NFKC').toLowerCase()
  if (new Set(lower).size < DIFFERENT_AT_LEAST) return true
  if (!/\p{L}/u.test(lower)) return true
  return [lower, lower.replaceAll(/[@431!0$5]/g, (sign) => LOOKALIKES[sign] ?? sign)].some(isMadeOfCommonWords)
}

function isMadeOfCommonWords(lower: string): boolean {
  const joined = lower.replaceAll(/[^\p{L}\p{N}]/gu, '')
  let rest = joined
  for (const word of COMMON) rest = rest.replaceAll(word, ' ')
  return rest !== joined && rest.replaceAll(/[^\p{L}]/gu, '').length < LEFT_AT_LEAST
}
