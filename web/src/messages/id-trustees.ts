// Texts of the trustees' page and of the page that shows opened ballots, in Indonesian.

export const idTrustees = {
  'title.check': 'Periksa',
  'title.trustee': 'Wali kunci',

  // an opened ballot
  'opened.title': 'Periksa surat suara yang dibuka',
  'opened.lead':
    'Anda membuka surat suara sebelum mengirimnya? Di sini terlihat apa isinya, dan apakah isi itu benar-benar yang tersegel.',
  'opened.what':
    'Halaman ini menghitung ulang penyegelan di perangkat Anda. Isi berkas tidak dikirim dan tidak disimpan.',
  'opened.file': 'Berkas pembuka (.json)',
  'opened.fileHelp': 'Pilih berkas yang disimpan halaman surat suara, atau seret ke sini.',
  'opened.checking': 'Menghitung ulang…',
  'opened.verdict.right': 'Penyegelannya benar',
  'opened.verdict.unrecorded': 'Isinya cocok, tetapi tidak tercatat sebagai dibuka',
  'opened.verdict.counted': 'Surat suara ini dibuka, padahal tercatat sebagai suara',
  'opened.verdict.wrong': 'Penyegelannya tidak benar',
  'opened.verdict.unreadable': 'Belum ada yang dapat diperiksa',
  'opened.compare':
    'Bandingkan dengan yang Anda pilih. Bila berbeda, perangkat tempat Anda memilih tidak dapat dipercaya.',
  'opened.report': 'Jangan memilih di perangkat itu. Simpan berkasnya dan laporkan kepada panitia atau pengawas.',
  'opened.held': 'Isi surat suara: {name}',
  'opened.inLedger': 'Di buku besar',
  'opened.challenged': 'Tercatat sebagai dibuka pada entri {seq}, {time}. Tidak dihitung.',
  'opened.counted':
    'Entri {seq} memuatnya sebagai suara. Laporkan kepada panitia: surat suara yang dibuka tidak boleh dihitung.',
  'opened.absent':
    'Buku besar pemilihan ini tidak memuatnya. Bila baru saja dibuka, coba lagi; bila tetap begitu, laporkan kepada panitia.',
  'opened.elsewhere': 'Server ini tidak menyimpan pemilihan itu, jadi buku besarnya tidak dapat ditanya.',
  'opened.unreachable': 'Buku besar tidak dapat ditanya. Periksa sambungan, lalu buka berkas sekali lagi.',
  'opened.fault.notAFile':
    'Ini bukan berkas atau tautan pembuka, atau terpotong. Simpan lagi dari halaman surat suara.',
  'opened.fault.noBallot': 'Buku besar tidak memuat surat suara dari tautan ini. Periksa apakah tautannya lengkap.',
  'opened.fault.unpublished':
    'Surat suara ini sudah diterima, tetapi belum terbit di buku besar. Coba lagi sebentar lagi.',
  'opened.fault.network': 'Server tidak terjangkau atau peramban ini terlalu lama. Periksa sambungan, lalu coba lagi.',
  'opened.fault.election': 'Keterangan pemilihan di dalamnya tidak terbaca.',
  'opened.fault.ballot': 'Surat suara di dalamnya tidak terbaca.',
  'opened.fault.proofs': 'Bukti atau tanda tangan surat suara ini tidak sah untuk pemilihan ini.',
  'opened.fault.randomness':
    'Pertanyaan {question}, pilihan ke-{choice}: yang tersegel bukan yang dikatakan berkas pembuka.',

  // trustees
  'trustee.lead':
    'Para wali kunci bersama-sama memegang kunci yang membuka hasil. Tidak seorang pun dapat membukanya sendiri, juga server ini tidak.',
  'trustee.noElection': 'Panitia belum membuat rancangan pemilihan.',
  'trustee.live': 'Pemilihan ini dihitung berkala oleh server dan tidak memiliki wali kunci.',
  'trustee.who': 'wali {n} ({login})',
  'trustee.unknown': '{n} wali yang belum dikenal',
  'trustee.anyOf': '{n} lagi dari {of}',
  'trustee.missing': 'Ditunggu: {who}.',
  'trustee.done': '{n} dari {all} selesai.',
  'trustee.has': 'sudah',
  'trustee.hasNot': 'belum',
  'trustee.group': 'Kelompok wali: {needed} dari {all}',
  'trustee.groupText':
    'Bersama-sama {all} wali membuat satu kunci dalam tiga langkah. Sesudah penutupan, {needed} di antaranya cukup untuk membuka hasil.',
  'trustee.singles': 'Wali wajib: {n}',
  'trustee.singlesText': 'Setiap wali wajib memiliki kunci sendiri. Tanpa salah satunya hasil tidak dapat dibuka.',
  'trustee.step.certificates': 'Sertifikat',
  'trustee.step.coefexps': 'Bagian rahasia',
  'trustee.step.confirmations': 'Konfirmasi',
  'trustee.step.done': 'Selesai',
  'trustee.about.certificates': 'Setiap wali membuat berkas kunci dan memperkenalkan diri dengan sertifikatnya.',
  'trustee.about.coefexps':
    'Setiap wali mengirim satu bagian rahasia kepada tiap wali, tersegel sehingga hanya penerimanya yang dapat membacanya.',
  'trustee.about.confirmations': 'Setiap wali memeriksa bagian yang diterimanya dan menyatakan kuncinya utuh.',
  'trustee.members': 'Siapa sudah sampai mana',
  'trustee.column.trustee': 'Wali',
  'trustee.ceremonyDone': 'Kunci bersama selesai. {needed} dari {all} wali dapat membuka hasil.',
  'trustee.make': '1. Buat berkas kunci dan simpan',
  'trustee.makeText':
    'Kunci dibuat di perangkat ini dan hanya ada di berkas Anda. Simpan di tempat yang hanya Anda kuasai, dengan satu salinan: tanpa berkas ini Anda tidak dapat ikut membuka hasil.',
  'trustee.makeGroup': 'Buat dan simpan kunci kelompok',
  'trustee.makeSingle': 'Buat dan simpan kunci wajib',
  'trustee.made': '{name} disimpan. Belum ada yang diterbitkan: buka berkas itu di bawah ini untuk melanjutkan.',
  'trustee.open': '2. Buka berkas kunci',
  'trustee.openOnly': 'Buka berkas kunci',
  'trustee.file': 'Berkas kunci (.json)',
  'trustee.fileHelp': 'Dibaca di perangkat ini saja, lalu dilupakan. Rahasianya tidak pernah dikirim.',
  'trustee.opened': 'Berkas yang dibuka: {name}',
  'trustee.publishKey': 'Terbitkan kunci publik',
  'trustee.publishKeyText':
    'Yang diterbitkan hanya bagian umum kunci Anda, beserta bukti bahwa Anda memiliki rahasianya.',
  'trustee.keyIsThere': 'Kunci Anda sudah terbit',
  'trustee.keepFile': 'Simpan berkas ini baik-baik: sesudah pemungutan suara ditutup, berkas ini membuka hasil.',
  'trustee.certificate': 'Langkah 1: terbitkan sertifikat',
  'trustee.certificateText':
    'Sertifikat memperkenalkan Anda kepada wali lain. Sekaligus Anda terikat pada langkah berikutnya, tanpa memperlihatkannya.',
  'trustee.coefexps': 'Langkah 2: kirim bagian rahasia',
  'trustee.coefexpsText':
    'Tiap wali mendapat satu bagian, tersegel untuknya sendiri. Bersamanya terbit nilai-nilai yang dengannya setiap bagian dapat diperiksa.',
  'trustee.confirm': 'Langkah 3: periksa dan konfirmasi',
  'trustee.confirmText':
    'Halaman ini membuka bagian-bagian yang dikirim kepada Anda dan memeriksanya satu per satu. Sesudahnya Anda menyimpan berkas kunci yang lengkap.',
  'trustee.complete': 'Lengkapi berkas kunci',
  'trustee.completeText':
    'Berkas ini berasal dari sebelum konfirmasi. Halaman ini mengambil lagi bagian-bagian Anda dan melengkapinya; tidak ada yang diterbitkan.',
  'trustee.wait': 'Bagian Anda selesai (wali {n})',
  'trustee.waitText': 'Tunggu wali yang lain, lalu buka berkas ini lagi untuk langkah berikutnya.',
  'trustee.isDone': 'Kunci bersama selesai (wali {n})',
  'trustee.foreign': 'Kunci ini tidak termasuk',
  'trustee.foreignText':
    'Berkas ini bukan milik salah satu wali pemilihan ini. Periksa apakah Anda memilih berkas yang benar; bila kuncinya dibuat ulang, pakai berkas yang terakhir.',
  'trustee.otherElection': 'Kunci untuk pemilihan lain',
  'trustee.otherElectionText':
    'Berkas ini dibuat untuk pemilihan lain. Pilih pemilihannya di atas, atau buka berkas yang benar.',
  'trustee.notYet': 'Belum waktunya',
  'trustee.notYetText': 'Kunci sudah siap. Wali diperlukan lagi sesudah pemungutan suara ditutup.',
  'trustee.counting': 'Suara masih dijumlahkan',
  'trustee.countingText':
    'Pemungutan suara sudah ditutup; server masih menjumlahkan suara tersegel. Sebentar lagi dapat dibuka.',
  'trustee.opening': 'Membuka hasil',
  'trustee.openingText':
    'Setiap wali membuka bagiannya dari jumlah suara. Satu suara pun tidak pernah dibuka tersendiri.',
  'trustee.isSingle': 'wajib',
  'trustee.isMember': 'anggota kelompok',
  'trustee.hasOpened': 'sudah membuka',
  'trustee.notOpened': 'belum',
  'trustee.allOpened': 'Semua yang diperlukan sudah ada. Panitia dapat mengumumkan hasil.',
  'trustee.decrypt': 'Buka bagian Anda (wali {n})',
  'trustee.decryptText':
    'Halaman ini lebih dulu memeriksa seluruh buku besar, karena hanya jumlah yang benar boleh dibuka. Lalu bagian Anda dihitung dan dikirim beserta buktinya.',
  'trustee.submitted': 'Bagian wali {n} ({login}) sudah diterima',
  'trustee.submittedText': 'Tidak ada lagi yang perlu Anda lakukan.',
  'trustee.notNeeded': 'Tidak diperlukan lagi',
  'trustee.notNeededText': 'Sudah cukup wali dari kelompok Anda yang membuka. Tidak ada yang perlu Anda lakukan.',
  'trustee.over': 'Hasil sudah dibuka',
  'trustee.overText': 'Hasil sudah dibuka dan diumumkan. Tidak ada lagi yang perlu dilakukan para wali.',
  'trustee.cancelledText': 'Pemilihan ini dibatalkan. Tidak ada lagi yang perlu dikerjakan wali kunci.',
  'trustee.auditing': 'Memeriksa buku besar…',
  'trustee.auditingShare': 'Memeriksa buku besar… {share}',
  'trustee.do.publishKey': 'Terbitkan kunci',
  'trustee.do.certificate': 'Terbitkan sertifikat',
  'trustee.do.coefexps': 'Kirim bagian-bagian tersegel',
  'trustee.do.confirm': 'Periksa dan konfirmasi',
  'trustee.do.complete': 'Lengkapi berkas',
  'trustee.do.decrypt': 'Periksa buku besar, lalu buka',
  'trustee.did.publishKey': 'Kunci Anda sudah terbit. Simpan berkasnya untuk membuka hasil nanti.',
  'trustee.did.certificate': 'Sertifikat terbit. Bila semua wali sudah ada, buka berkas kunci lagi untuk langkah 2.',
  'trustee.did.coefexps': 'Bagian-bagian terkirim. Bila semua wali selesai, buka berkas kunci lagi untuk langkah 3.',
  'trustee.did.confirm': 'Semua bagian benar dan konfirmasi tercatat. Simpan sekarang berkas kunci yang lengkap.',
  'trustee.did.complete': 'Semua bagian benar. Simpan sekarang berkas kunci yang lengkap.',
  'trustee.did.decrypt': 'Buku besar utuh, dan bagian Anda sudah diterima. Terima kasih.',
  'trustee.completed': 'Simpan berkas kunci yang lengkap',
  'trustee.completedText':
    'Pakai berkas ini untuk membuka hasil nanti. Ia menggantikan berkas yang lama; simpan di tempat yang sama amannya.',
  'trustee.saveCompleted': 'Simpan berkas kunci lengkap',
  'trustee.goOn': 'Lanjutkan',
  'trustee.usedBefore':
    'Berkas ini dari pembuatan kunci yang sudah dibatalkan dan tidak boleh dipakai lagi. Buat berkas kunci baru.',
  'trustee.notAKey':
    'Ini bukan berkas kunci, atau berkasnya rusak. Pilih berkas .json yang disimpan halaman ini atau perintah suara.',
  'trustee.noWorker':
    'Peramban ini tidak dapat menghitung kunci. Perbarui peramban atau pakai perangkat lain, lalu coba lagi.',
  'trustee.fault.certificate':
    'Sertifikat wali {n} tidak sah. Tidak ada yang dikirim. Minta panitia mengulang pembuatan kunci.',
  'trustee.fault.coefexps':
    'Nilai yang diterbitkan wali {n} tidak sama dengan yang dijanjikannya. Tidak ada yang dikirim. Minta panitia mengulang pembuatan kunci.',
  'trustee.fault.share':
    'Bagian dari wali {n} tidak cocok dengan yang diterbitkannya. Tidak ada yang dikirim. Minta panitia mengulang pembuatan kunci.',
  'trustee.audit.unreadable': 'Buku besar tidak dapat diunduh sampai selesai, jadi tidak ada yang dibuka. Coba lagi.',
  'trustee.audit.broken': 'Tidak dibuka: buku besar tidak utuh ({n} cacat; {first}). Laporkan kepada pengawas.',
  'trustee.audit.other':
    'Tidak dibuka: jumlah yang diberikan server bukan yang ada di buku besar. Laporkan kepada pengawas.',
  'trustee.audit.pending': 'Jumlah suara belum terbit di buku besar. Tunggu sebentar, lalu coba lagi.',
  'restart.offer': 'Ulangi pembuatan kunci',
  'restart.explain':
    'Semua sertifikat, bagian, dan konfirmasi dibatalkan, dan setiap wali membuat berkas kunci baru. Berkas yang lama tidak boleh dipakai lagi. Alasannya tercatat di buku besar.',
  'restart.reason': 'Alasan',
  'restart.noReason': 'Isi alasannya.',
  'restart.done': 'Pembuatan kunci dimulai dari awal.',
  'restart.do': 'Ulangi dari awal',
};
