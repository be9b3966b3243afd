// Texts of the receipt and bulletin board pages, and of witnesses, in Indonesian. en-receipt.ts has the same keys.
export const idReceipt = {
  'title.board': 'Papan suara',
  'title.receipt': 'Bukti suara',

  // looking a tracker up
  'tracker.help': '43 karakter seperti tertulis pada bukti, atau sedikitnya 6 karakter pertama.',
  'tracker.many': '{n} suara diawali demikian. Masukkan karakter lebih banyak, atau pilih:',
  'tracker.manyMore': 'Lebih dari {n} suara diawali demikian. Masukkan karakter lebih banyak. Yang pertama:',
  'tracker.entry': 'Lihat entri dan simpan berkas buktinya',
  'tracker.toBoard': 'Semua suara pada papan',
  'tracker.toReceipt': 'Periksa berkas bukti',

  // what became of a ballot
  'fate.counted': 'Suara ini tercatat sebagai entri {seq}, {time}, dan dihitung.',
  'fate.replaced':
    'Suara ini tercatat sebagai entri {seq}, {time}, dan sudah diganti dengan suara yang lebih baru dari pemilih yang sama.',
  'fate.challenged': 'Surat suara ini dibuka untuk diperiksa pada entri {seq}, {time}, dan tidak dihitung.',

  // bulletin board
  'board.lead':
    'Setiap suara yang diterima, menurut buktinya. Suara itu terenkripsi: papan ini tidak menunjukkan pilihan maupun nama.',
  'board.list': 'Semua suara menurut waktu',
  'board.caption': 'Suara menurut waktu: entri, bukti, status, dan waktu',
  'board.none': 'Belum ada suara.',
  'board.range': '{n|suara|suara}, entri {from} sampai {to}',
  'board.entry': 'Entri',
  'board.tracker': 'Bukti',
  'board.statusColumn': 'Status',
  'board.time': 'Waktu',
  'board.open': 'Lihat entri {seq}',
  'board.pages': 'Halaman papan suara',
  'board.turn.first': 'Awal',
  'board.turn.earlier': 'Sebelumnya',
  'board.turn.later': 'Berikutnya',
  'board.turn.last': 'Terakhir',
  'board.status.counted': 'dihitung',
  'board.status.replaced': 'diganti suara berikutnya',
  'board.status.challenged': 'dibuka, tidak dihitung',
  'board.entryTitle': 'Entri {seq}',
  'board.close': 'Tutup',
  'board.raw': 'Entri seperti tercatat',
  'board.included':
    'Ya. Diperiksa oleh perangkat ini: suara itu adalah entri {seq} dalam buku besar bertanda tangan dengan {size} entri.',

  // a receipt file
  'receipt.toBoard': 'Lihat pada papan suara',
  'proof.title': 'Periksa berkas bukti suara',
  'proof.lead':
    'Berkas bukti (.tlog-proof) menunjukkan bahwa sebuah suara tercatat dalam buku besar yang sudah ditandatangani. Perangkat ini memeriksanya sendiri; berkas tidak dikirim ke mana pun.',
  'proof.file': 'Berkas bukti (.tlog-proof)',
  'proof.fileHelp': 'Pilih berkas atau letakkan di sini.',
  'proof.paste': 'Tempel isi berkas',
  'proof.text': 'Isi berkas bukti',
  'proof.check': 'Periksa',
  'proof.checkAgain': 'Periksa dengan kunci ini',
  'proof.checking': 'Memeriksa bukti…',
  'proof.ownKeys': 'Periksa dengan kunci sendiri',
  'proof.keys': 'Kunci buku besar dan saksi',
  'proof.keysHelp':
    'Satu kunci per baris, atau isi keys.json; semua saksi yang kuncinya ditulis per baris harus sudah menandatangani. Kosongkan untuk memakai kunci dari server ini. Lebih kuat: kunci dari papan pengumuman atau berita acara.',
  'proof.badKeys': 'Kunci tidak dapat dibaca. Diperlukan sedikitnya satu kunci buku besar, satu kunci per baris.',
  'proof.offline':
    'Setelah halaman ini dimuat, pemeriksaan tidak memerlukan jaringan. Hanya status suara saat ini yang ditanyakan kepada server.',
  'proof.verdict.valid': 'Bukti ini asli',
  'proof.verdict.unwitnessed': 'Bukti ini asli, tetapi belum disaksikan',
  'proof.verdict.forged': 'Bukti ini tidak benar',
  'proof.verdict.unreadable': 'Bukti ini tidak dapat diperiksa',
  'proof.verdict.missing': 'Buku besar ini tidak lagi memuat suara yang dahulu ditandatangani olehnya',
  'proof.says':
    'Suara ini adalah entri {seq}, dicatat {time}. Buku besar dengan {size} entri yang memuatnya ditandatangani dengan kuncinya.',
  'proof.saysOther':
    'Entri {seq}, dicatat {time}, bukan surat suara melainkan {type}. Buku besar dengan {size} entri yang memuatnya ditandatangani dengan kuncinya.',
  'proof.unwitnessed':
    'Diperlukan {needed} saksi, tetapi baru {k} yang menandatangani buku besar itu. Jadi bukti ini belum menunjukkan bahwa semua orang melihat buku besar yang sama. Simpan lagi berkas bukti nanti.',
  'proof.otherKeyNow':
    'Buku besar di server ini kini ditandatangani dengan kunci lain, yang tidak terbukti menggantikan kunci yang dipakai di sini. Jadi tidak diketahui apakah suara itu kini ada di dalamnya. Periksa lagi dengan kunci dari berita acara atau papan pengumuman.',
  'proof.unknownLedger': 'Kunci buku besar {origin} tidak ada di server ini.',
  'proof.addKeys': 'Tempelkan kunci buku besar itu di bawah ini, lalu periksa lagi.',
  'proof.fault.notAFile': 'Ini bukan berkas bukti, atau isinya tidak lengkap.',
  'proof.fault.noEntry': 'Berkas ini tidak memuat entrinya (baris “extra”), sehingga tidak dapat diperiksa sendirian.',
  'proof.fault.entry': 'Entri di dalam berkas ini tidak terbaca.',
  'proof.fault.checkpoint': 'Kepala buku besar di dalam berkas ini tidak terbaca.',
  'proof.fault.otherKey': 'Kepala buku besar di dalamnya tidak ditandatangani dengan kunci yang dipakai di sini, dan tidak pula dengan kunci yang terbukti menggantikannya.',
  'proof.fault.checkpointSignature': 'Tanda tangan pada kepala buku besar di dalamnya tidak cocok: isinya diubah.',
  'proof.fault.tree':
    'Entri di dalamnya tidak termasuk dalam buku besar yang ditandatangani: entri atau jalurnya diubah.',
  'proof.fault.otherEntry': 'Entri di dalamnya menyebut nomor atau buku besar lain.',
  'proof.fault.entrySignature': 'Tanda tangan pada entri di dalamnya tidak cocok.',
  'proof.fault.witness': 'Tanda tangan salah seorang saksi di dalamnya tidak cocok.',
  'proof.forgedWhat':
    'Jika Anda menerima berkas ini dari orang lain, mintalah berkas aslinya. Jika kunci server ini yang berubah, periksa lagi dengan kunci dari berita acara atau papan pengumuman.',
  'proof.gone.replaced':
    'Bukti ini asli, tetapi pada entri {seq} buku besar di server ini kini ada isi lain. Suara itu dihapus atau diganti setelah ditandatangani.',
  'proof.gone.lost':
    'Bukti ini asli: buku besar dengan {signed} entri pernah ditandatangani. Buku besar di server ini kini hanya {size} entri.',
  'proof.gone.rewritten':
    'Bukti ini asli dan suara itu masih ada, tetapi {signed} entri pertama di server ini bukan lagi yang pernah ditandatangani.',
  'proof.gone.incomplete':
    'Bukti ini asli, tetapi buku besar di server ini rusak atau tidak lengkap sehingga suara itu tidak dapat ditemukan di dalamnya.',
  'proof.evidence': 'Simpan buktinya',
  'proof.evidenceText':
    'Kedua berkas ini adalah barang bukti bahwa buku besar bukan lagi yang pernah ditandatangani. Simpan keduanya dan tunjukkan kepada pengawas. Jangan menghapus apa pun.',
  'proof.saveReceipt': 'Simpan berkas bukti',
  'proof.saveHead': 'Simpan kepala buku besar saat ini',
  'proof.election': 'Pemilihan',
  'proof.ledger': 'Buku besar',
  'proof.type': 'Jenis entri',
  'proof.entryOf': '{seq}, dari {size} yang ditandatangani',
  'proof.now': 'Saat ini',
  'proof.copyTracker': 'Salin bukti',
  'proof.claims': 'Papan suara server ini mengatakan: “{said}” Buku besarnya tidak mendukung itu.',
  'proof.claimsUnproven':
    'Papan suara server ini mengatakan: “{said}” Dengan kunci yang dipakai di sini, itu tidak dapat diperiksa.',
  'proof.now.checking': 'Menanyakan kepada server…',
  'proof.now.none': 'Entri ini bukan surat suara.',
  'proof.now.absent': 'Papan suara di server ini tidak mengenal suara ini. Tunjukkan berkas ini kepada pengawas.',
  'proof.now.elsewhere': 'Server ini tidak menyimpan buku besar itu, jadi status saat ini tidak diketahui.',
  'proof.now.unreachable': 'Server tidak dapat ditanya. Bukti tetap berlaku.',

  // witnesses of the ledger
  'witness.title': 'Saksi',
  'witness.none': 'Pemilihan ini tidak menunjuk saksi bagi buku besar.',
  'witness.notAsked':
    'Tidak ada saksi yang diperiksa: hanya pemegang buku besar yang menjamin bahwa orang lain melihat buku besar yang sama. Tempelkan juga kunci para saksi, atau keys.json.',
  'witness.waiting': 'Dilihat {k} dari {n} saksi; diperlukan {needed}.',
  'witness.enough': 'Dilihat {k} dari {n} saksi; diperlukan {needed}, terpenuhi.',
  'witness.names': 'Yaitu: {names}.',
  'witness.watchedBy': 'Disaksikan {names}; diperlukan {needed} dari {n}.',
  'witness.through': 'Cukup banyak saksi sudah melihat {n} entri pertama ({time}).',
  'witness.notYet': 'Belum cukup saksi yang melihat buku besar ini.',
  'witness.saw': 'melihat {n|entri|entri}',
  'witness.sawNothing': 'belum melihat apa pun',
  'witness.refused':
    'Saksi menolak buku besar ini: {names}. Entah kuncinya belum dikenal, entah yang dilihat saksi dahulu tidak cocok dengan yang sekarang; alasannya ada di bawah, pada Saksi. Beri tahu pengawas dan saksi itu.',
  'witness.state.current': 'mengikuti',
  'witness.state.behind': 'sedikit tertinggal',
  'witness.state.unreachable': 'tidak terhubung',
  'witness.state.refused': 'menolak menandatangani',
};
