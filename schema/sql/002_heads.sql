-- The head of each ledger. Whoever appends locks its row (SELECT ... FOR UPDATE) first: that lock gives the order.
CREATE TABLE IF NOT EXISTS heads (
  ledger_id INT UNSIGNED    NOT NULL,
  size      BIGINT UNSIGNED NOT NULL,  -- entries
  last_leaf BINARY(32)      NOT NULL,  -- zeros while size is 0
  last_time BIGINT          NOT NULL,  -- milliseconds since 1970, UTC
  edge      VARBINARY(2048) NOT NULL,  -- roots of the complete subtrees, largest first, 32 bytes each
  PRIMARY KEY (ledger_id),
  CONSTRAINT heads_ledger FOREIGN KEY (ledger_id) REFERENCES ledgers (id)
) ENGINE=InnoDB;
