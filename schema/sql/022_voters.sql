-- The roll. The ledger holds only the salted commitments. Nothing here tells which credential or ballot is whose.
CREATE TABLE IF NOT EXISTS voters (
  ledger_id  INT UNSIGNED  NOT NULL,
  id         VARCHAR(100)  CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,  -- the roll's own number
  name       VARCHAR(300)  CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  class      VARCHAR(300)  CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  place      VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  salt       VARBINARY(32) NOT NULL,
  commitment BINARY(32)    NOT NULL,
  PRIMARY KEY (ledger_id, id),
  CONSTRAINT voters_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (id)
) ENGINE=InnoDB;
