#include "core/deploy/flink/script.h"

#include <algorithm>

#include "core/deploy/artefact.h"
#include "core/deploy/flink/sql_text.h"
#include "core/pipeline/checks/settings_check.h"

namespace rw {

namespace {

bool isEnd(const Statement& statement) {
    return statement.kind == Statement::Kind::Insert || statement.kind == Statement::Kind::Select;
}

/// Whether a value can stand in the sed line of a comment as it is: nothing that sed, the shell or the SQL
/// client would read as their own.
bool isPlainForSed(std::string_view value) {
    return std::none_of(value.begin(), value.end(), [](char c) {
        return (c >= 0 && c < ' ') || c == '\x7f' ||
               std::string_view("'\";|&\\").find(c) != std::string_view::npos;
    });
}

/// How the variables of the script are put in. Not by envsubst, which takes `bids$read` for one, too.
std::vector<std::string> howToRun(std::vector<Variable> variables, const Translation& translation) {
    std::string secrets;
    for (const Blank& blank : translation.blanks) {
        if (blank.secret) {
            secrets += (secrets.empty() ? "$" : " $") + blank.name;
        } else {
            variables.push_back({blank.name, blank.value.empty() ? "VALUE" : blank.value});
        }
    }
    std::string command = "  sed -e 's|${folder}|/path/to/the/files|g'";
    bool left = false;
    for (const Variable& variable : variables) {
        // What sed puts in is read by envsubst, which must not take it for a secret.
        const bool plain = isPlainForSed(variable.value) &&
                           (secrets.empty() || variable.value.find('$') == std::string::npos);
        left = left || !plain;
        command += fmt::format(" -e 's|${{{}}}|{}|g'", variable.name, plain ? variable.value : "VALUE");
    }
    std::vector<std::string> out{
        "Relative paths start at ${folder}. Put the values in, and give the rest to the SQL client:"};
    if (secrets.empty()) {
        out.push_back(command + " THIS > run.sql && sql-client.sh -f run.sql");
    } else {
        out.push_back(command + " THIS > open.sql");
        out.push_back("  (umask 077 && envsubst '" + secrets + "' < open.sql > run.sql)");
        out.emplace_back("  sql-client.sh -f run.sql && rm run.sql");
        out.emplace_back(
            "Write a quote in a secret twice, and in the password of a Kafka a backslash before each");
        out.emplace_back("double quote and backslash.");
    }
    if (left)
        out.emplace_back(
            "Write the value of the variable for VALUE: it has characters that sed or the shell reads "
            "otherwise.");
    if (!variables.empty())
        out.emplace_back("Values stand in SQL texts: write a quote in one of them twice.");
    return out;
}

std::string setText(const std::string& key, const std::string& value) {
    return "SET " + flinkText(key) + " = " + flinkText(value);
}

std::string setLines(const std::vector<std::pair<std::string, std::string>>& settings) {
    std::string out;
    for (const auto& [key, value] : settings) out += setText(key, value) + ";\n";
    return out;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> flinkSettings(const Pipeline& pipeline) {
    std::vector<std::pair<std::string, std::string>> out;
    if (!pipeline.name.empty()) out.emplace_back("pipeline.name", pipeline.name);
    // A watermark behind every row: with one now and then, other rows are late in every run.
    out.emplace_back("pipeline.auto-watermark-interval", "0");
    // “local” is the zone of the cluster's machines, which is Flink's default.
    if (pipeline.settings.timeZone != "local")
        out.emplace_back("table.local-time-zone", pipeline.settings.timeZone);
    // In two phases rows are summed up before they are judged, in an order that is not theirs.
    out.emplace_back("table.optimizer.agg-phase-strategy", "ONE_PHASE");
    if (pipeline.settings.parallelism > 0)
        out.emplace_back("parallelism.default", std::to_string(pipeline.settings.parallelism));
    return out;
}

std::vector<std::pair<std::string, std::string>> flinkCheckpointSettings(const Pipeline& pipeline) {
    const Millis every = checkpointEveryOf(pipeline.settings);
    return {{"execution.checkpointing.interval", fmt::format("{} ms", every > 0 ? every : kCheckpointEvery)},
            {"execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION"},
            {"restart-strategy.type", "exponential-delay"}};
}

std::vector<std::pair<std::string, std::string>> flinkStateSettings() {
    return {{"state.backend.type", "rocksdb"}, {"execution.checkpointing.incremental", "true"}};
}

std::vector<std::string> flinkStateLines() {
    return {
        "State may be larger than memory: RocksDB, which comes with Flink, keeps it on the disks of the",
        "TaskManagers, in io.tmp.dirs, and a checkpoint writes only what has changed. Its memory is set in "
        "the",
        "configuration of the cluster, not here: taskmanager.memory.managed.size, which slots share.",
        "Remove the next two settings to keep state as the cluster does, and where a job goes on from a",
        "checkpoint that was taken without them: Flink reads it only with the state backend that wrote it."};
}

std::vector<std::string> flinkJarLines(const Translation& translation) {
    if (translation.packages.empty()) return {};
    std::vector<std::string> out{
        "These jars of Maven Central must be in Flink’s folder lib, on every machine and where the gateway",
        "runs. “app/cluster flink up” has them:"};
    for (const std::string& package : translation.packages) out.push_back("  " + package);
    return out;
}

std::vector<Statement> flinkSettingStatements(const Pipeline& pipeline) {
    std::vector<Statement> out;
    for (const auto& [key, value] : flinkSettings(pipeline)) {
        Statement& added = out.emplace_back();
        added.kind = Statement::Kind::Setting;
        added.name = key;
        added.text = setText(key, value);
    }
    return out;
}

std::string flinkStatementSet(const Translation& translation) {
    std::string inserts;
    for (const Statement& statement : translation.statements) {
        if (statement.kind == Statement::Kind::Insert) inserts += statement.text + ";\n";
    }
    return inserts.empty() ? inserts : "EXECUTE STATEMENT SET BEGIN\n" + inserts + "END";
}

std::string flinkScript(const Pipeline& pipeline, const Translation& translation,
                        const TranslateOptions& options) {
    std::vector<std::string> head = headLines(pipeline, translation, "Flink SQL 2.3");
    const std::vector<std::string> how = howToRun(usedVariables(pipeline, translation, options), translation);
    for (const std::vector<std::string>& lines :
         {flinkJarLines(translation), blankLines(translation, "put another one in with sed"), how})
        head.insert(head.end(), lines.begin(), lines.end());
    const std::string set = flinkStatementSet(translation);
    if (!set.empty())
        head.emplace_back("Empty the folders of the sinks before: Flink adds to what lies there.");
    head.emplace_back("A line “node: …” names the node of the statement below it.");
    std::string out = commented(head, "--");
    if (translation.keepsState)
        out += "\n" + commented(flinkStateLines(), "--") + setLines(flinkStateSettings());
    bool settings = false;
    if (translation.checkpoints) {
        out += "\n" + setLines(flinkCheckpointSettings(pipeline));
        settings = true;
    }
    for (const Statement& statement : translation.statements) {
        if (isEnd(statement)) continue;
        const bool setting = statement.kind == Statement::Kind::Setting;
        if (!setting || !settings) out += "\n";
        settings = setting;
        if (!setting) out += "-- " + nodeLine(statement) + "\n";
        out += statement.text + ";\n";
    }
    for (const Statement& statement : translation.statements) {
        if (statement.kind == Statement::Kind::Select)
            out += "\n-- " + nodeLine(statement) + "\n" + statement.text + ";\n";
    }
    if (!set.empty()) out += "\n" + set + ";\n";
    return out;
}

}  // namespace rw
