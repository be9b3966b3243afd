-- That personal data was erased: when, at whose request, of how many voters; never of whom.
CREATE TABLE IF NOT EXISTS roll_erasures (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  ledger_id INT UNSIGNED    NOT NULL,
  time      BIGINT          NOT NULL,  -- milliseconds since 1970, UTC
  login     VARCHAR(32)     CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,  -- of the staff member
  voters    INT UNSIGNED    NOT NULL,
  reason    VARCHAR(500)    CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT roll_erasures_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (id)
) ENGINE=InnoDB;
