-- Refuses REPLACE of a row that stands, too: it deletes first.
CREATE OR REPLACE TRIGGER entries_refuse_delete BEFORE DELETE ON entries FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Entries of a ledger are never deleted or replaced.';
