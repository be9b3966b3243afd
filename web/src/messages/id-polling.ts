// Texts of polling day in Indonesian: live figures, projector, officers, kiosks, incident notes.

export const idPolling = {
  // phases and roles that polling day added
  'phase.cancelled': 'Dibatalkan',
  'stage.cancelled': 'Pemilihan ini dibatalkan. Tidak ada tindakan lagi, dan kunci para wali tidak diperlukan lagi.',
  'lead.cancelled': 'Pemilihan ini dibatalkan oleh panitia.',
  'role.officer': 'petugas TPS',
  'role.witness': 'saksi',
  'role.auditor': 'auditor',
  'error.already_verified': 'Kehadiran pemilih ini sudah tercatat.',
};
