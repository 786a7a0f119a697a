import { sql } from "kysely";

export const postgresAuditTriggers = [
  sql`
    create function audit_refuse() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit log is append-only';
    end $$`,
  // A condition of a trigger cannot look into another table.
  sql`
    create function audit_keep() returns trigger language plpgsql as $$
    begin
      if old.position is null or old.position > (select dropped_position from audit_head) then
        raise exception 'the audit log is append-only';
      end if;
      return old;
    end $$`,
  sql`
    create trigger audit_entry_content before update of
      serial, transaction_number, at, actor_kind, actor_id, actor_name, address, reason, action, record_kind, record_id,
      application_id, before, after, request_id
    on audit_entry for each row execute function audit_refuse()`,
  sql`
    create trigger audit_entry_sealed before update on audit_entry for each row
    when (old.position is not null) execute function audit_refuse()`,
  sql`create trigger audit_entry_kept before delete on audit_entry for each row execute function audit_keep()`,
  sql`create trigger audit_entry_all before truncate on audit_entry execute function audit_refuse()`,
  sql`create trigger audit_head_kept before delete on audit_head for each row execute function audit_refuse()`,
  sql`create trigger audit_head_all before truncate on audit_head execute function audit_refuse()`,
];
