import { sql } from "kysely";

const refuse = sql`begin select raise(abort, 'the audit log is append-only'); end`;

export const sqliteAuditTriggers = [
  sql`
    create trigger audit_entry_content before update of
      serial, transaction_number, at, actor_kind, actor_id, actor_name, address, reason, action, record_kind, record_id,
      application_id, before, after, request_id
    on audit_entry ${refuse}`,
  sql`
    create trigger audit_entry_sealed before update on audit_entry when old.position is not null ${refuse}`,
  sql`
    create trigger audit_entry_kept before delete on audit_entry
    when old.position is null or old.position > (select dropped_position from audit_head) ${refuse}`,
  sql`
    create trigger audit_head_kept before delete on audit_head ${refuse}`,
];
