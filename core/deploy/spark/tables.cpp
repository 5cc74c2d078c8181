// Tables of PostgreSQL, read by JDBC and written by the program itself.
#include "core/connect/postgresql/postgresql_types.h"
#include "core/deploy/outside_text.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/source_rows.h"
#include "core/deploy/spark/words.h"

namespace rw {

namespace {

constexpr const char* kPostgresqlPackage = "org.postgresql:postgresql:42.7.7";

bool refuseServer(NodeForm& form, const FormConnection& connection) {
    return refuseOtherDatabase(
               form, connection, RW_TEXT("deploy", "The program for Spark speaks to PostgreSQL alone."),
               RW_TEXT(
                   "deploy",
                   "Use a table of PostgreSQL; or let the rows go through a topic of Kafka, and take them "
                   "from there, or to there, with a pipeline that runs here.")) ||
           refuseClientCertificate(form, connection);
}

/// “database_options(…)”.
std::string databaseCall(NodeForm& form, FormConnection& connection) {
    form.needs(kPostgresqlPackage);
    form.needsCheckpoints();
    std::vector<std::string> arguments{pyText(postgresqlUrl(connection)), pyText(connection.text("user"))};
    if (!connection.known() || connection.hasSecret("password")) {
        const std::string blank = connection.secret("password");
        arguments.push_back(pyText(std::string_view(blank).substr(2, blank.size() - 3)));
    }
    return pyCall("database_options", arguments);
}

}  // namespace

void sparkSqlSource(NodeForm& form) {
    if (sparkAddStaged(form)) return;
    FormConnection connection(form);
    if (refuseServer(form, connection)) return;
    if (form.params().text("mode") != "snapshot") {
        sparkRefuse(form, RW_TEXT("deploy", "JDBC reads the rows that are there, and no later ones."),
                    RW_TEXT("deploy",
                            "Read the rows that are there; or let Debezium send the changes to Kafka, or a "
                            "pipeline that runs here send the new rows there, and read that topic."),
                    "mode");
        return;
    }
    sparkSayRows(form);
    sayWaiting(form);
    form.find(Verdict::Equivalent,
              RW_TEXT("deploy",
                      "The rows are read once, before the first micro-batch, into a folder beside the "
                      "checkpoints."));
    const Schema columns = sparkReadColumns(form);
    std::vector<std::string> names;
    for (const Field& field : columns.fields) names.push_back(field.name);
    sparkAddTyped(form,
                  pyCall("database_cells",
                         {pyText(form.id()), databaseCall(form, connection),
                          "put_in(" + pyText(postgresqlRows(form, columns, true)) + ")", pyTexts(names)}));
}

void sparkSqlSink(NodeForm& form) {
    if (sparkOnlyFetched(form)) return;
    FormConnection connection(form);
    const std::string mode = form.params().text("mode");
    if (refuseServer(form, connection)) return;
    if (mode == "replace") {
        sparkRefuse(form, RW_TEXT("deploy", "No table is emptied from there."),
                    RW_TEXT("deploy", "Choose append or upsert, and empty the table before the job starts."),
                    "mode");
        return;
    }
    form.find(Verdict::Equivalent,
              RW_TEXT("deploy", "The program itself writes the table, each micro-batch at once."));
    const std::vector<std::string> key = sparkUpsertKey(form);
    if (!key.empty()) {
        form.when(RW_TEXT("deploy", "no key is NULL"), Verdict::Equivalent);
        if (!form.input().updating)
            form.find(Verdict::Approximated,
                      RW_TEXT("deploy", "Of rows of one key in one micro-batch any is kept."));
    }
    std::vector<std::string> columns;
    for (const Field& field : form.input().schema->fields)
        columns.push_back(pyText(field.name) + ": " + pyText(postgresqlDeclaration(field.type)));
    std::vector<std::string> arguments{pyText(form.id()),
                                       sparkRows(form),
                                       databaseCall(form, connection),
                                       "put_in(" + pyText(postgresqlTable(form)) + ")",
                                       pyDict(columns),
                                       "mode=" + pyText(mode)};
    if (!key.empty()) arguments.push_back("key=" + pyTexts(key));
    if (form.params().flag("create")) arguments.emplace_back("create=True");
    form.statement(Statement::Kind::Insert, form.id(), pyCall("database_table", arguments));
}

}  // namespace rw
