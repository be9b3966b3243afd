-- What the trustees of a key ceremony send one another; only the recipient can open it. The ledger holds the SHA-256 of
-- each, which tells the share that holds where a sender tried more than once. Removed when the ceremony is restarted.
CREATE TABLE IF NOT EXISTS sealed_shares (
  ledger_id INT UNSIGNED     NOT NULL,
  sender    TINYINT UNSIGNED NOT NULL,  -- threshold trustees, from 1
  recipient TINYINT UNSIGNED NOT NULL,
  sealed    VARBINARY(80)    NOT NULL,
  PRIMARY KEY (ledger_id, sender, recipient, sealed),
  CONSTRAINT sealed_shares_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (id)
) ENGINE=InnoDB;
