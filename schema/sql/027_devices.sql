-- The polling places' devices: the code that a device is claimed with, once, and then the hash of its cookie's token.
-- Which devices there are, where, and whether one was revoked stands in the ledger.
CREATE TABLE IF NOT EXISTS devices (
  ledger_id     INT UNSIGNED NOT NULL,
  device        CHAR(8)      CHARACTER SET ascii COLLATE ascii_nopad_bin NOT NULL,
  code_hash     BINARY(32)   NULL,  -- SHA-256
  code_expires  BIGINT       NOT NULL DEFAULT 0,  -- milliseconds since 1970, UTC
  token_hash    BINARY(32)   NULL,  -- SHA-256
  token_expires BIGINT       NOT NULL DEFAULT 0,
  PRIMARY KEY (ledger_id, device),
  UNIQUE KEY code_hash (code_hash),
  UNIQUE KEY token_hash (token_hash),
  CONSTRAINT devices_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (id)
) ENGINE=InnoDB;
