-- Projection: ballots by polling place and hour.
CREATE TABLE IF NOT EXISTS turnout_hours (
  ledger_id INT UNSIGNED    NOT NULL,
  hour      BIGINT          NOT NULL,  -- its start, milliseconds since 1970, UTC
  position  INT UNSIGNED    NOT NULL,  -- of the place in turnout_places
  voted     BIGINT UNSIGNED NOT NULL,  -- first ballots
  ballots   BIGINT UNSIGNED NOT NULL,  -- all ballots
  PRIMARY KEY (ledger_id, hour, position)
) ENGINE=InnoDB;
