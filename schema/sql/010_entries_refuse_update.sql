CREATE OR REPLACE TRIGGER entries_refuse_update BEFORE UPDATE ON entries FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Entries of a ledger are never changed.';
