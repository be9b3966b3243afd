-- The ledgers' entries, byte for byte as they were signed. Only ever appended to: see the triggers and grants.
-- `leaf_hash`, `type` and `time` repeat what the bytes say, for queries; the bytes are the truth.
-- No foreign key to ledgers: heads has one, and the head row is locked by every insert.
CREATE TABLE IF NOT EXISTS entries (
  ledger_id INT UNSIGNED    NOT NULL,
  seq       BIGINT UNSIGNED NOT NULL,  -- from 0, without holes
  entry     BLOB            NOT NULL,  -- at most 65,535 bytes, as the tile format has it
  leaf_hash BINARY(32)      NOT NULL,  -- SHA-256(0x00 entry)
  type      VARCHAR(64)     CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  time      BIGINT          NOT NULL,  -- milliseconds since 1970, UTC
  PRIMARY KEY (ledger_id, seq)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC;
