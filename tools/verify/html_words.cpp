#include "tools/verify/html_words.hpp"

namespace suara::verify {
namespace {

using audit::Check;
using election::Phase;

const Words indonesian{
    .code = "id",
    .thousands = ".",
    .title = "Laporan pemeriksaan pemilihan",
    .verified = "TERVERIFIKASI",
    .not_verified = "TIDAK TERVERIFIKASI",
    .verified_line =
        "Semua pemeriksaan di bawah ini yang berlaku dijalankan atas seluruh berkas, dan tidak satu pun menemukan "
        "kesalahan.",
    .not_verified_line =
        "Jumlah kesalahan yang ditemukan: {}. Berkas ini tidak boleh dipercaya sebelum penyebabnya jelas.",
    .election = "Pemilihan",
    .name = "Nama",
    .uuid = "Nomor pemilihan",
    .phase = "Tahap",
    .ballots = "Surat suara yang diterima",
    .counted = "Surat suara yang dihitung (satu setiap pemilih)",
    .weight = "Jumlah bobot suara yang dihitung",
    .result = "Hasil",
    .no_result = "Berkas ini belum memuat hasil.",
    .number = "No.",
    .candidate = "Pilihan",
    .votes = "Suara",
    .blank = "Suara kosong",
    .checks = "Yang diperiksa",
    .checks_line = "Setiap baris adalah satu jenis pemeriksaan: aturannya, banyaknya hal yang diperiksa, dan hasilnya.",
    .rule = "Aturan",
    .looked_at = "Banyaknya",
    .outcome = "Hasil",
    .ok = "benar",
    .fault = "SALAH ({})",
    .none = "tidak ada",
    .does_not_apply = "tidak berlaku",
    .faults = "Kesalahan",
    .faults_line = "Kesalahan pertama dari setiap pemeriksaan, dalam bahasa Inggris sebagaimana dicatat program:",
    .at_entry = "entri {}",
    .at_event = "peristiwa {}",
    .at_whole = "seluruh berkas",
    .fingerprints = "Sidik jari",
    .fingerprints_line =
        "Bandingkan dengan yang diumumkan di tempat lain, misalnya di papan pengumuman atau oleh saksi. "
        "Kalau sama, semua orang memeriksa pemilihan yang sama.",
    .key = "Kunci buku besar",
    .key_given = "diberikan oleh pemeriksa",
    .key_own = "diambil dari berkas ini sendiri",
    .root = "Akar buku besar",
    .size = "Banyaknya entri",
    .events = "Banyaknya peristiwa",
    .fingerprint = "Sidik jari pemilihan",
    .no_key = "tidak ada: arsip .bel tidak ditandatangani",
    .not_proved = "Yang tidak dibuktikan",
    .never_proved =
        {"Bahwa daftar pemilih memuat orang yang berhak, dan bahwa setiap kode sampai kepada pemiliknya.",
         "Bahwa gawai pemilih menyandikan pilihan yang dimaksud pemilihnya; untuk itu pemilih dapat menguji "
         "surat suaranya.",
         "Bahwa pemilih memilih dengan bebas, tanpa paksaan atau imbalan.",
         "Bahwa para pemegang kunci tidak bersekongkol membuka suara satu per satu: kerahasiaan bergantung "
         "pada mereka."},
    .own_key =
        "Bahwa berkas ini dibuat oleh layanan yang sebenarnya: kunci buku besar diambil dari berkas ini sendiri. "
        "Bandingkan dengan kunci yang diumumkan di tempat lain.",
    .same_ledger = "Bahwa semua orang diperlihatkan buku besar yang sama: bandingkan akar buku besar.",
    .archive =
        "Asal berkas ini dan waktu setiap peristiwa: arsip .bel tidak ditandatangani. Bukti dekripsinya pun lebih "
        "lemah daripada yang ada di buku besar; periksa juga buku besarnya.",
    .not_over = "Apa pun yang terjadi setelah tahap ini: pemilihan belum selesai ketika berkas ini dibuat.",
    .footer =
        "Dibuat oleh suara-verify hanya dari berkas pemilihan, tanpa jaringan. Siapa pun dapat mengulanginya dengan "
        "berkas yang sama."};

const Words english{
    .code = "en",
    .thousands = ",",
    .title = "Report on the verification of an election",
    .verified = "VERIFIED",
    .not_verified = "NOT VERIFIED",
    .verified_line = "All checks below that apply were run over the whole record, and none found a fault.",
    .not_verified_line = "Faults found: {}. The record must not be relied on before their cause is known.",
    .election = "Election",
    .name = "Name",
    .uuid = "Number of the election",
    .phase = "Phase",
    .ballots = "Ballots accepted",
    .counted = "Ballots counted (one for each voter)",
    .weight = "Total weight of the ballots counted",
    .result = "Result",
    .no_result = "The record holds no result yet.",
    .number = "No.",
    .candidate = "Choice",
    .votes = "Votes",
    .blank = "Blank votes",
    .checks = "What was checked",
    .checks_line = "Each line is one kind of check: its rule, how many things were looked at, and the outcome.",
    .rule = "Rule",
    .looked_at = "How many",
    .outcome = "Outcome",
    .ok = "right",
    .fault = "WRONG ({})",
    .none = "none there",
    .does_not_apply = "does not apply",
    .faults = "Faults",
    .faults_line = "The first fault of each check, in the program's words:",
    .at_entry = "entry {}",
    .at_event = "event {}",
    .at_whole = "the whole record",
    .fingerprints = "Fingerprints",
    .fingerprints_line =
        "Compare them with what is published elsewhere, such as on a notice board or by witnesses. Where "
        "they are equal, everyone verifies the same election.",
    .key = "Key of the ledger",
    .key_given = "given by who ran the check",
    .key_own = "taken from the record itself",
    .root = "Root of the ledger",
    .size = "Number of entries",
    .events = "Number of events",
    .fingerprint = "Fingerprint of the election",
    .no_key = "none: a .bel archive is not signed",
    .not_proved = "What is not proved",
    .never_proved =
        {"That the roll holds those who may vote, and that each code reached its owner.",
         "That a voter's device encrypted what the voter meant; for this voters can challenge their ballots.",
         "That voters chose freely, without force or reward.",
         "That those who hold the keys did not open single votes together: secrecy rests on them."},
    .own_key =
        "That the record was made by the real service: the ledger's key was taken from the record itself. Compare it "
        "with the key published elsewhere.",
    .same_ledger = "That everyone was shown the same ledger: compare the ledger's root.",
    .archive =
        "Where the record comes from and when its events happened: a .bel archive is not signed. Its decryption "
        "proofs are weaker than those in the ledger, too; verify the ledger as well.",
    .not_over = "Anything that came after this phase: the election was not over when the record was made.",
    .footer =
        "Made by suara-verify from the election's record alone, without a network. Anyone can repeat it with the same "
        "record."};

CheckWords indonesian_check(Check check) {
  switch (check) {
    case Check::keys:
      return {"Kunci", "Kunci-kunci buku besar sambung-menyambung dan sama dengan yang diharapkan."};
    case Check::checkpoint:
      return {"Tanda periksa", "Keadaan akhir buku besar ditandatangani dengan kunci itu."};
    case Check::entries:
      return {"Entri", "Catatan lengkap, bernomor urut, dan ditulis dalam satu-satunya bentuk yang sah."};
    case Check::chain:
      return {"Rantai", "Setiap catatan memuat sidik jari catatan sebelumnya."};
    case Check::signatures:
      return {"Tanda tangan", "Setiap catatan ditandatangani dengan kunci buku besar."};
    case Check::tree:
      return {"Pohon", "Semua catatan bersama-sama menghasilkan akar yang ditandatangani."};
    case Check::legality:
      return {"Keabsahan", "Setiap peristiwa boleh terjadi pada tahapnya dan oleh pelakunya."};
    case Check::roll:
      return {"Daftar pemilih", "Daftar pemilih dan kredensial adalah yang disegel sebelum pemungutan."};
    case Check::trustees:
      return {"Pemegang kunci", "Kunci setiap pemegang terbukti, dan kunci pemilihan tersusun dari kunci mereka."};
    case Check::ballots:
      return {"Surat suara",
              "Setiap surat suara milik kredensial yang terdaftar, berisi pilihan yang sah, "
              "ditandatangani, dan bukan salinan."};
    case Check::tally:
      return {"Penjumlahan", "Jumlah tersandi adalah gabungan surat suara terakhir setiap pemilih."};
    case Check::live_tallies:
      return {"Hitungan berjalan", "Setiap hitungan berjalan cocok dengan surat suara yang disebutnya."};
    case Check::decryption:
      return {"Dekripsi", "Dekripsi setiap pemegang kunci disertai bukti yang benar."};
    case Check::result:
      return {"Hasil", "Hasil adalah yang diberikan oleh dekripsi itu."};
    case Check::trackers:
      return {"Nomor pelacak", "Setiap surat suara mempunyai nomor pelacak sendiri."};
    case Check::witnesses:
      return {"Saksi", "Cukup banyak saksi melihat riwayat yang sama ini."};
  }
  return {};
}

CheckWords english_check(Check check) {
  switch (check) {
    case Check::keys:
      return {"Key", "The ledger's keys follow one another and are those expected."};
    case Check::checkpoint:
      return {"Checkpoint", "The last state of the ledger is signed with that key."};
    case Check::entries:
      return {"Entries", "Records are complete, in order, and written in the one form allowed."};
    case Check::chain:
      return {"Chain", "Each record carries the fingerprint of the one before."};
    case Check::signatures:
      return {"Signatures", "Each record is signed with the ledger's key."};
    case Check::tree:
      return {"Tree", "All records together give the root that is signed."};
    case Check::legality:
      return {"Legality", "Each event was allowed in its phase and for who caused it."};
    case Check::roll:
      return {"Roll", "Roll and credentials are those sealed before the voting."};
    case Check::trustees:
      return {"Trustees", "Each trustee's key is proved, and the election's key is made of theirs."};
    case Check::ballots:
      return {"Ballots",
              "Each ballot belongs to a credential of the roll, holds a legal choice, is signed, and is no "
              "copy."};
    case Check::tally:
      return {"Tally", "The encrypted tally is the product of each voter's last ballot."};
    case Check::live_tallies:
      return {"Running counts", "Each running count fits the ballots it names."};
    case Check::decryption:
      return {"Decryption", "Each trustee's decryption carries a proof that is right."};
    case Check::result:
      return {"Result", "The result is what those decryptions give."};
    case Check::trackers:
      return {"Trackers", "Each ballot has a tracker of its own."};
    case Check::witnesses:
      return {"Witnesses", "Enough witnesses saw this same history."};
  }
  return {};
}

}  // namespace

const Words& words(Language language) { return language == Language::id ? indonesian : english; }

CheckWords check_words(Check check, Language language) {
  return language == Language::id ? indonesian_check(check) : english_check(check);
}

std::string_view phase_words(Phase phase, Language language) {
  const bool id = language == Language::id;
  switch (phase) {
    case Phase::draft:
      return id ? "disusun" : "draft";
    case Phase::sealed:
      return id ? "disegel" : "sealed";
    case Phase::open:
      return id ? "pemungutan suara" : "open for voting";
    case Phase::closed:
      return id ? "pemungutan ditutup" : "closed";
    case Phase::tallied:
      return id ? "hasil diumumkan" : "result published";
    case Phase::certified:
      return id ? "hasil disahkan" : "result certified";
    case Phase::cancelled:
      return id ? "dibatalkan" : "cancelled";
  }
  return {};
}

}  // namespace suara::verify
