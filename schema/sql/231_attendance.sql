-- Projection: whom an officer marked as present, by the commitment in the ledger; no names. Not those whose mark was
-- corrected away.
CREATE TABLE IF NOT EXISTS attendance (
  ledger_id  INT UNSIGNED    NOT NULL,
  seq        BIGINT UNSIGNED NOT NULL,  -- of the VoterVerified
  commitment BINARY(32)      NOT NULL,
  time       BIGINT          NOT NULL,  -- milliseconds since 1970, UTC
  position   INT UNSIGNED    NOT NULL,  -- of the place in turnout_places
  PRIMARY KEY (ledger_id, seq),
  UNIQUE KEY commitment (ledger_id, commitment)
) ENGINE=InnoDB;
