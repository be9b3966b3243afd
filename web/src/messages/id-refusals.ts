// What a refusal of the service means in one form, where the code alone says too little, in Indonesian.

export const idRefusals = {
  // people and devices
  'why.appoint.account':
    'Tidak ada akun dengan nama masuk ini. Periksa ejaannya, atau minta administrator menambahkan akunnya.',
  'why.appoint.accountOrPlace':
    'Tidak ada akun dengan nama masuk ini, atau TPS yang dipilih tidak ada lagi dalam rancangan. Periksa ejaannya dan pilih lagi TPS-nya; akun baru ditambahkan administrator.',
  'why.appoint.already': 'Orang ini sudah memegang peran itu. Tidak ada yang perlu dilakukan.',
  'why.revoke.gone': 'Orang ini tidak memegang peran itu lagi: anggota lain sudah mencabutnya.',
  'why.revoke.last':
    'Anggota panitia terakhir tidak dapat dicabut: tunjuk dulu anggota lain. Atau anggota lain sudah mencabut peran ini.',
  'why.enrol.place': 'TPS ini tidak ada lagi dalam rancangan. Pilih TPS lain.',
  'why.enrol.notYours':
    'Anda tidak dapat mendaftarkan perangkat di TPS ini: petugas TPS hanya dapat di TPS-nya sendiri, atau peran Anda sudah dicabut.',
  'why.enrol.name': 'Nama perangkat tidak diterima. Pakai nama yang pendek dalam satu baris, misalnya Bilik 1.',
  'why.device.notYours':
    'Anda tidak dapat mengurus perangkat ini: petugas TPS hanya mengurus perangkat TPS-nya sendiri, atau peran Anda sudah dicabut.',
  'why.device.revoked': 'Perangkat ini sudah dicabut. Daftarkan lagi bila akan dipakai.',

  // accounts
  'why.account.taken': 'Nama masuk ini sudah dipakai akun lain. Pilih nama lain.',
  'why.account.gone': 'Akun ini tidak ada lagi: administrator lain sudah menghapusnya.',
  'why.account.last':
    'Administrator terakhir tidak dapat dihapus, begitu juga akun sendiri. Tambahkan dulu administrator lain.',
  'why.password': 'Kata sandi salah. Periksa huruf besar dan kecilnya, lalu coba lagi.',
  'why.factor.on': 'Kode kedua akun ini sudah aktif. Muat ulang halaman.',
  'why.factor.again':
    'Kunci ini tidak berlaku lagi, karena penyiapan dimulai lagi di tempat lain. Batalkan, lalu mulai dari awal.',

  // roll
  'why.voter.taken':
    'Nomor ini sudah ada dalam daftar pemilih. Bila sebuah impor sedang berjalan atau terputus, tunggu satu menit, lalu coba lagi.',
  'why.voter.row':
    'Isian ini tidak diterima. Nomor, nama, dan kelas tidak boleh terlalu panjang atau diawali =, +, -, atau @; bobot paling banyak 1.000.000; TPS harus masih ada dalam rancangan.',
  'why.voter.same': 'Belum ada yang diubah.',
  'why.voter.gone': 'Pemilih ini tidak ada lagi dalam daftar: anggota lain sudah menghapusnya.',
  'why.voter.codes':
    'Kode untuk TPS ini sudah dibuat menurut daftarnya yang sekarang. Tarik dulu semua kode, perbaiki daftar, lalu buat kode lagi.',
  'why.import.taken':
    'Ada nomor dalam berkas ini yang sudah ada dalam daftar pemilih, jadi tidak ada yang diimpor. Hapus barisnya dari berkas. Bila impor lain sedang berjalan atau terputus, tunggu satu menit, lalu coba lagi.',
  'why.import.rows':
    'Ada baris yang tidak diterima, jadi tidak ada yang diimpor. Yang perlu diperbaiki tertulis di bawah, dalam bahasa Inggris.',
  'why.import.large': 'Berkas ini terlalu besar untuk satu impor. Bagi menjadi beberapa berkas.',

  // voters’ codes
  'why.code.key': 'Ini bukan tanda umum sebuah kode: ada angka atau huruf yang salah. Salin lagi dari tabel petugas.',
  'why.code.keys':
    'Salah satu isian bukan tanda umum sebuah kode: ada angka atau huruf yang salah. Salin lagi keduanya dari tabel petugas.',
  'why.code.lost':
    'Kode ini tidak sedang berlaku: bukan dari pemilihan ini, masih cadangan, atau sudah pernah diganti. “Periksa satu kode” di bawah memperlihatkan yang mana.',
  'why.code.replace':
    'Kode tidak diganti. Kode yang hilang mungkin sudah dipakai memilih, dan tidak dapat diganti lagi. Atau kode cadangan itu sudah diserahkan, untuk TPS lain, atau berbobot lain: ambil amplop lain. “Periksa satu kode” di bawah memperlihatkan yang mana.',
  'why.codes.none': 'Tidak ada kode lagi: anggota lain sudah menariknya.',

  // draft
  'why.draft.conflict':
    'Rancangan tidak dapat disimpan begini. TPS yang sudah punya pemilih atau kode harus tetap ada; setelah seorang wali menerbitkan kuncinya, hitungan dan wali kunci tidak dapat berubah; keharusan dua anggota panitia tidak dapat dicabut.',
  'why.draft.invalid':
    'Rancangan ini tidak diterima. Bila semua sudah terisi, ada teks yang terlalu panjang: ringkas visi, misi, atau nama. Rinciannya di bawah, dalam bahasa Inggris.',
  'why.draft.large': 'Rancangan ini terlalu besar. Ringkas visi dan misi para calon.',

  // steps of the committee
  'why.seal':
    'Pemilihan belum dapat disegel: daftar pemilih, kode, atau kunci wali belum lengkap. Lihat yang belum ada pada daftar di halaman ini.',
  'why.open':
    'Belum waktunya: pemilihan ini terbuka sendiri menurut jadwalnya. Atau tahapnya sudah berubah; muat ulang halaman.',
  'why.publish':
    'Hasil belum dapat diumumkan: suara masih dijumlahkan, atau masih ada wali yang harus membuka bagiannya.',
  'why.propose': 'Langkah ini sudah diusulkan anggota lain. Setujui usulannya, atau tolak dulu.',
  'why.propose.correct':
    'Koreksi lain sudah diusulkan: setujui atau tolak dulu. Atau kehadiran dalam entri ini sudah dikoreksi.',
  'why.approve':
    'Usulan ini tidak ada lagi, atau Anda sendiri yang membuatnya: yang menyetujui harus anggota panitia lain.',
  'why.withdraw': 'Usulan ini tidak ada lagi: sudah ditarik, atau langkahnya sudah dilakukan.',
  'why.correct.entry': 'Buku besar tidak memuat entri dengan nomor ini. Cocokkan dengan daftar peristiwa.',
  'why.correct.done': 'Kehadiran dalam entri ini sudah dikoreksi.',
  'why.extend':
    'Waktu ini tidak diterima. Tutup baru harus sesudah sekarang dan sesudah penutupan yang berlaku, paling lama 30 hari sesudahnya. Mungkin anggota lain sudah memperpanjang.',

  // ballot
  'why.ballot.elsewhere':
    'Perangkat ini bukan, atau bukan lagi, bilik suara TPS Anda, jadi surat suara tidak diterima dari sini. Panggil petugas TPS; Anda dapat memilih di bilik lain.',
  'why.ballot.closed': 'Pemungutan suara sudah ditutup. Surat suara tidak dapat lagi dikirim atau dibuka.',
  'why.ballot.code':
    'Kode ini tidak berlaku lagi: sudah diganti dengan kode lain. Pakai kode yang baru, atau hubungi panitia.',
  'why.ballot.opened':
    'Surat suara ini sudah dibuka untuk diperiksa, jadi tidak dapat dihitung. Mulai dari awal dengan surat suara baru.',
};
