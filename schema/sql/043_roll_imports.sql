-- Imports of the roll whose rows were written before the ledger was asked to record them, and that nobody has settled yet:
-- an entry holds the first row's commitment (the note goes) or none will (the rows go too). Usually empty.
CREATE TABLE IF NOT EXISTS roll_imports (
  ledger_id INT UNSIGNED    NOT NULL,
  first     BINARY(32)      NOT NULL,  -- commitment
  from_seq  BIGINT UNSIGNED NOT NULL,  -- the ledger's size when it was noted
  noted     BIGINT          NOT NULL,  -- milliseconds since 1970, UTC
  PRIMARY KEY (ledger_id, first),
  CONSTRAINT roll_imports_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (id)
) ENGINE=InnoDB;
