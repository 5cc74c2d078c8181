// Pieces about systems outside that the forms of all engines share: those that no engine reaches, Kafka,
// PostgreSQL.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/deploy/form.h"
#include "core/nodes/column_defs.h"

namespace rw {

// ── What no engine reaches ──

/// What mends that: for sources whose rows end, for others, and for sinks.
Text recordOnce();
Text throughKafka();
Text onFromKafka();
/// A source, or a sink, of a system that the engine has no connector for, as `why` says.
NodeFormEntry noConnectorFrom(std::string_view type, Text why);
NodeFormEntry noConnectorTo(std::string_view type, Text why);
/// This computer's log, and alerts.
NodeFormEntry systemLogForm();
NodeFormEntry alertForm();
/// Scoring by a trained model, which `write` writes for an engine.
NodeFormEntry scoreForm(void (*write)(NodeForm& form));
/// Nodes that learn from rows.
std::vector<NodeFormEntry> learningForms();

/// Says of a source that is to give up after a time that it does not do so there.
void sayWaiting(NodeForm& form);

// ── Kafka ──

/// The parameter “topic” as the file has it: a name, or a regular expression without its slashes.
struct TopicText {
    std::string text{};
    bool isPattern = false;
};
TopicText topicOf(NodeForm& form);

/// Refuses a node of messages in another format than `taken`; true when it did.
bool refuseFormatBut(NodeForm& form, std::initializer_list<std::string_view> taken);
/// Refuses columns that need the bytes of a message as they are: there they become text. True when it did.
bool refuseBytesOfMessages(NodeForm& form, const MessageColumns& columns);
/// The columns of the key of the messages that a sink writes: those of the parameter, else of rows that
/// change their own.
std::vector<std::size_t> messageKey(NodeForm& form);
/// Refuses a partition by other columns than the key's; true when it did.
bool refusePartitionBy(NodeForm& form);

// ── PostgreSQL ──

/// “"name"”.
std::string postgresqlName(std::string_view name);
/// “"sales"."orders"” of the parameter “table”, as the file has it.
std::string postgresqlTable(NodeForm& form);
/// Whether PostgreSQL takes the name without quotes, and as it is.
bool isPlainPostgresqlName(std::string_view name);
/// “SELECT CAST("id" AS bigint) AS "id", … FROM …” of the node's columns and its table or query; with
/// `asText` every column as a text, as cells are written here.
std::string postgresqlRows(NodeForm& form, const Schema& columns, bool asText);
/// Refuses a connection to another database, of which `why` and `fix` tell, and one that nodes refuse here;
/// true when it did. One that is not known here is taken for PostgreSQL, on that condition.
bool refuseOtherDatabase(NodeForm& form, const FormConnection& connection, Text why, Text fix);
/// Refuses one that signs in with a client certificate; true when it did.
bool refuseClientCertificate(NodeForm& form, const FormConnection& connection);
/// “jdbc:postgresql://host/database?sslmode=verify-full…”, with blanks: with TLS as nodes have it here. Of a
/// connection that is not known here that is one of them.
std::string postgresqlUrl(FormConnection& connection);

}  // namespace rw
