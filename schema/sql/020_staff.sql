-- Who may sign in. Personal data: outside the ledger, so that it can be erased.
CREATE TABLE IF NOT EXISTS staff (
  login         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  role          VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  password_hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,  -- argon2id
  PRIMARY KEY (login)
) ENGINE=InnoDB;
