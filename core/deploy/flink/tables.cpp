// Tables of PostgreSQL, by Flink's JDBC connector.
#include "core/deploy/flink/clauses.h"
#include "core/deploy/flink/forms.h"
#include "core/deploy/flink/outside.h"
#include "core/deploy/flink/source_rows.h"
#include "core/deploy/flink/sql_text.h"
#include "core/deploy/outside_text.h"
#include "core/nodes/table_key.h"

namespace rw {

namespace {

constexpr const char* const kJdbcPackages[] = {"org.apache.flink:flink-connector-jdbc-core:4.0.0-2.0",
                                               "org.apache.flink:flink-connector-jdbc-postgres:4.0.0-2.0",
                                               "org.postgresql:postgresql:42.7.7"};

bool refuseDatabase(NodeForm& form, const FormConnection& connection) {
    return refuseOtherDatabase(
               form, connection, RW_TEXT("deploy", "Flink 2.3 has no connector for MariaDB."),
               RW_TEXT(
                   "deploy",
                   "Use a table of PostgreSQL; or let the rows go through a topic of Kafka, and take them "
                   "from there, or to there, with a pipeline that runs here.")) ||
           refuseClientCertificate(form, connection);
}

/// Where the database is, and how one signs in.
std::string databaseOptions(NodeForm& form, FormConnection& connection) {
    for (const char* const package : kJdbcPackages) form.needs(package);
    form.needsCheckpoints();
    std::string out = "'url' = " + flinkText(postgresqlUrl(connection)) +
                      ", 'username' = " + flinkText(connection.text("user"));
    // The connector takes both or none.
    const bool asked = !connection.known() || connection.hasSecret("password");
    return out + ", 'password' = " + (asked ? flinkText(connection.secret("password")) : "''");
}

/// Times with a zone are moved to that of Java.
void sayTimes(NodeForm& form, const Schema& columns) {
    for (const Field& field : columns.fields) {
        if (!field.type.is(TypeId::Timestamp)) continue;
        form.when(RW_TEXT("deploy", "no column of the table has a time zone, or Java there runs in UTC"));
        return;
    }
}

bool refuseMode(NodeForm& form) {
    const std::string mode = form.params().text("mode");
    if (mode == "snapshot") return false;
    form.find(Verdict::Refused, RW_TEXT("deploy", "JDBC reads the rows that are there, and no later ones."),
              "mode")
        .fix =
        RW_TEXT("deploy",
                "Read the rows that are there; or let Debezium send the changes to Kafka, or a pipeline "
                "that runs here send the new rows there, and read that topic.");
    return true;
}

/// The connector writes names into its statements as they are.
bool refuseNames(NodeForm& form) {
    bool refused = false;
    for (const Field& field : form.input().schema->fields) {
        if (isPlainPostgresqlName(field.name)) continue;
        form.find(Verdict::Refused,
                  RW_TEXT("deploy",
                          "Flink writes into columns whose names are small letters, digits and underscores, "
                          "and no word of SQL: not into “%1”.")
                      .with(field.name))
            .fix = RW_TEXT("deploy", "Rename the column, in a select node and in the table.");
        refused = true;
    }
    return refused;
}

std::vector<std::string> databaseKey(NodeForm& form) {
    std::vector<std::string> key;
    for (const int column : bindTableKey(form.params()))
        key.push_back(flinkColumn(form, *form.input().schema, column));
    return key;
}

}  // namespace

void flinkSqlSource(NodeForm& form) {
    if (flinkReadCopy(form)) return;
    FormConnection connection(form);
    if (refuseDatabase(form, connection) || refuseMode(form)) return;
    if (!form.params().text("arrival_time").empty()) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "The time of arrival there is another one, in every run."),
                  "arrival_time")
            .fix = RW_TEXT("deploy", "Take the column away, or record the rows with it once and read those.");
        return;
    }
    const Schema& columns = *form.output().schema;
    sayWaiting(form);
    sayTimes(form, columns);
    form.when(RW_TEXT("deploy", "every value is of the type of its column"));
    if (flinkTimeColumn(form) >= 0)
        form.when(RW_TEXT("deploy", "the table gives its rows in the order of their time, or none is late"),
                  Verdict::Approximated);
    std::vector<std::string> names;
    for (const Field& field : columns.fields) names.push_back(form.quoted(postgresqlName(field.name)));
    const std::string options = databaseOptions(form, connection) + ", 'table-name' = " +
                                flinkText("(" + postgresqlRows(form, columns, false) + ") AS \"rows\"") +
                                ", 'scan.fetch-size' = '1000'";
    flinkWriteTyped(form, names, "jdbc", options);
}

void flinkSqlSink(NodeForm& form) {
    if (flinkWriteSelect(form)) return;
    FormConnection connection(form);
    const std::string mode = form.params().text("mode");
    if (refuseDatabase(form, connection)) return;
    if (mode == "replace") {
        form.find(Verdict::Refused, RW_TEXT("deploy", "No table is emptied from there."), "mode").fix =
            RW_TEXT("deploy", "Choose append or upsert, and empty the table before the job starts.");
    }
    if (refuseNames(form) || form.refused()) return;
    const Schema& schema = *form.input().schema;
    sayTimes(form, schema);
    std::vector<std::string> columns = flinkColumns(form, schema);
    if (mode == "upsert") {
        columns.push_back("PRIMARY KEY (" + flinkLine(databaseKey(form)) + ") NOT ENFORCED");
        form.when(RW_TEXT("deploy", "no key is NULL"));
    } else if (form.params().text("delivery") == "exactly_once") {
        form.when(RW_TEXT("deploy",
                          "the job never restarts, for the rows since its last checkpoint would come twice"),
                  Verdict::Equivalent);
    }
    if (form.params().flag("create")) {
        form.find(Verdict::Equivalent,
                  RW_TEXT("deploy",
                          "Flink makes no table: it must be there before the job starts, with a "
                          "unique index on the key."));
    }
    const std::string options = databaseOptions(form, connection) +
                                ", 'table-name' = " + flinkText(postgresqlTable(form)) +
                                ", 'sink.buffer-flush.interval' = '1 s'";
    form.statement(Statement::Kind::Table, form.id(), flinkTable(form, form.id(), columns, "jdbc", options));
    form.statement(Statement::Kind::Insert, form.id(),
                   "INSERT INTO " + form.quoted(form.id()) + " SELECT " + form.columnList(schema) + " FROM " +
                       flinkOneTime(form));
}

}  // namespace rw
