// Texts of the administration centre, its set-up and one's own account, in Indonesian.

export const idCommittee = {
  // roles
  'role.officer': 'petugas TPS',
  'role.witness': 'saksi',
  'role.auditor': 'auditor',
  'role.none': 'tanpa peran dalam pemilihan ini',

  // log-in
  'login.codeTitle': 'Kode kedua',
  'login.codeLead': 'Akun ini dilindungi kode dari aplikasi autentikator.',
  'login.code': 'Kode 6 angka',
  'login.codeHelp': 'Setiap kode berlaku satu kali.',
  'login.codeShape': 'Isi 6 angka yang terlihat di aplikasi.',

  // errors
  'error.second_factor_needed': 'Kode salah atau sudah terpakai. Tunggu kode berikutnya.',
  'error.approval_needed': 'Langkah ini perlu persetujuan anggota panitia lain. Usulkan dulu.',
};
