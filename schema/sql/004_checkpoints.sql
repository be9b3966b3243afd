-- Every signed head that was published (C2SP signed notes). Only ever appended to.
CREATE TABLE IF NOT EXISTS checkpoints (
  ledger_id INT UNSIGNED    NOT NULL,
  size      BIGINT UNSIGNED NOT NULL,
  note      TEXT            CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  PRIMARY KEY (ledger_id, size),
  CONSTRAINT checkpoints_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (id)
) ENGINE=InnoDB;
