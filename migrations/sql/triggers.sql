-- A record lies where its unit lies.
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON account
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON client
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON commendation
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON committee
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON deadline
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON document
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON exemplar
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON identity_request
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON model
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON model_host
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON model_recognition
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON outbox
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON role_grant
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON stated_tally
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON team
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON team_member
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON tip
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON tip_desk
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON tip_stub
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON tip_transfer
    FOR EACH ROW EXECUTE FUNCTION place_row();

-- The audit: a new entry waits for its place in the chain.
CREATE TRIGGER audit_wait AFTER INSERT ON audit_entry REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION audit_wait();

-- Deadlines: events are only ever added; a tip carries its earliest open deadline.
CREATE TRIGGER keep_deadline_event BEFORE UPDATE OR DELETE ON deadline_event
    FOR EACH ROW EXECUTE FUNCTION keep_deadline_event();
CREATE TRIGGER clock_of_tip AFTER INSERT OR UPDATE OF due_on, met_at ON deadline
    FOR EACH ROW WHEN (NEW.resource = 'tip') EXECUTE FUNCTION clock_of_tip();

-- Tips.
CREATE TRIGGER tell_stubs AFTER UPDATE OF state, outcome ON tip
    FOR EACH ROW EXECUTE FUNCTION tell_stubs();
CREATE TRIGGER keep_back BEFORE UPDATE OF unit_id, shared ON tip
    FOR EACH ROW WHEN (NEW.unit_id <> OLD.unit_id OR NEW.shared <> OLD.shared)
    EXECUTE FUNCTION keep_back();
CREATE TRIGGER tip_still_kept BEFORE INSERT ON tip_message
    FOR EACH ROW EXECUTE FUNCTION tip_still_kept();
CREATE TRIGGER tip_still_kept BEFORE INSERT ON tip_attachment
    FOR EACH ROW EXECUTE FUNCTION tip_still_kept();
