-- A ballot that its voter opened instead of casting it: on the board, but never counted.
ALTER TABLE bulletin_board ADD COLUMN IF NOT EXISTS challenged TINYINT UNSIGNED NOT NULL DEFAULT 0;
