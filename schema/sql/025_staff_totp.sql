-- The second factor of an account (RFC 6238). A secret counts from its confirmation on; before, it is only offered.
ALTER TABLE staff
  ADD COLUMN IF NOT EXISTS totp_secret  VARBINARY(32)   NULL,
  ADD COLUMN IF NOT EXISTS totp_offered VARBINARY(32)   NULL,
  ADD COLUMN IF NOT EXISTS totp_step    BIGINT UNSIGNED NOT NULL DEFAULT 0;  -- of the last code used: each is good once
