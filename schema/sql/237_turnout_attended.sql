-- Of those who showed their right to vote, whom an officer marked as present; the others signed in. With it comes kind 5
-- of turnout_alerts: more of them than voters on the roll.
ALTER TABLE turnout_places ADD COLUMN IF NOT EXISTS attended BIGINT UNSIGNED NOT NULL DEFAULT 0;
