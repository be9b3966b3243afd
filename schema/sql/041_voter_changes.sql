-- What is about to become of a voter's row, noted before the ledger is asked to record it, and taken away once the ledger
-- has said yes (the row is changed with it) or no. Usually empty.
CREATE TABLE IF NOT EXISTS voter_changes (
  ledger_id  INT UNSIGNED     NOT NULL,
  commitment BINARY(32)       NOT NULL,  -- of the row as it will be; of a voter who is removed
  removal    TINYINT UNSIGNED NOT NULL,
  id         VARCHAR(100)  CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  name       VARCHAR(300)  CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  class      VARCHAR(300)  CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  place      VARCHAR(32)   CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  salt       VARBINARY(32)    NOT NULL,
  weight     INT UNSIGNED     NOT NULL,
  delivery   TINYINT UNSIGNED NOT NULL,
  from_seq   BIGINT UNSIGNED  NOT NULL,  -- the ledger's size when it was noted
  noted      BIGINT           NOT NULL,  -- milliseconds since 1970, UTC
  PRIMARY KEY (ledger_id, commitment, removal),
  CONSTRAINT voter_changes_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (id)
) ENGINE=InnoDB;
