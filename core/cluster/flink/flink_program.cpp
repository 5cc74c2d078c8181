#include "core/cluster/flink/flink_program.h"

#include <algorithm>
#include <filesystem>

#include "core/deploy/flink/dialect.h"
#include "core/deploy/flink/script.h"
#include "core/deploy/flink/sql_text.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace {

std::string quotedName(std::string_view name) {
    return flinkDialect().words().identifier(name);
}

bool hasScheme(std::string_view folder) {
    const std::size_t colon = folder.find(':');
    return colon != std::string_view::npos && colon > 0 && folder.find('/') > colon;
}

/// Where relative paths start as the cluster sees them, without the slash behind.
std::string folderOnCluster(const ProgramOptions& options) {
    std::string folder = options.folder.empty() ? options.validate.folder : options.folder;
    if (!hasScheme(folder)) {
        std::error_code ignored;
        if (folder.empty()) folder = ".";
        folder = std::filesystem::absolute(folder, ignored).lexically_normal().string();
    }
    if (folder.ends_with('/')) folder.pop_back();
    return folder;
}

Status statusOfIssue(const Issue& issue) {
    Error error;
    error.code = ErrorCode::Invalid;
    error.message = issue.message;
    error.fix = issue.fix;
    error.node = issue.node;
    error.param = issue.param;
    return Status(std::move(error));
}

/// Validates for a cluster: files of this computer say nothing of those that it reads elsewhere.
Validated validateForCluster(const Pipeline& pipeline, const Catalogue& catalogue,
                             const ProgramOptions& options) {
    ValidateOptions how = options.validate;
    if (!options.folder.empty() && how.files) {
        std::vector<Issue> later;                                    // validate() finds them once more
        static_cast<void>(expand(pipeline, catalogue, how, later));  // reads the files of subflows
        how.files = false;
    }
    return validate(pipeline, catalogue, how);
}

Status firstProblem(const Validated& validated) {
    for (const Issue& issue : validated.issues) {
        if (issue.severity == Severity::Error) return statusOfIssue(issue);
    }
    if (!validated.order.empty()) return {};
    return {ErrorCode::Invalid, RW_TEXT("run", "The pipeline has no node that could run."),
            RW_TEXT("run", "Add a source and something that takes its rows.")};
}

/// Of a node inside a subflow the subflow tells.
Status firstRefusal(const Pipeline& pipeline, const Translation& translation) {
    for (const Node& node : pipeline.nodes) {
        const auto verdict = translation.nodes.find(node.id);
        if (verdict == translation.nodes.end()) continue;
        for (const Remark& remark : verdict->second.findings) {
            if (remark.verdict != Verdict::Refused) continue;
            Error error;
            error.code = ErrorCode::Invalid;
            error.message = remark.what;
            error.fix = remark.fix;
            error.node = node.id;
            error.param = remark.param;
            return Status(std::move(error));
        }
    }
    return {};
}

SchemaRef rowsThatReach(const Validated& validated, const NodeId& node) {
    const auto typed = validated.nodes.find(node);
    if (typed == validated.nodes.end() || typed->second.inputs.empty() ||
        typed->second.inputs.front().empty())
        return nullptr;
    return typed->second.inputs.front().front().schema;
}

// As STRING a DECIMAL has all digits of its scale (10.50), a DOUBLE is as Java writes it (1.0, 1.05E11, NaN,
// Infinity), a BOOLEAN is TRUE or FALSE, a TIMESTAMP(3) always has its milliseconds (2024-03-01
// 00:00:00.000), a DATE is 2024-03-01; seen of Flink 2.3.0.
std::string shownRows(const ClusterChart& chart, std::size_t columns) {
    std::vector<std::string> cells{"CAST(" + flinkText(chart.node) + " AS STRING) AS `node`"};
    std::vector<std::string> names;
    if (chart.schema) {
        for (const Field& field : chart.schema->fields) names.push_back(quotedName(field.name));
    }
    for (std::size_t i = 0; i < columns; ++i) {
        cells.push_back(
            fmt::format("CAST({} AS STRING) AS `c{}`", i < names.size() ? names[i] : "NULL", i + 1));
    }
    return fmt::format("SELECT {}\nFROM ({}) AS `rows` ({})", fmt::join(cells, ", "), chart.query,
                       fmt::join(names, ", "));
}

std::string statementSetOf(std::string_view head, const std::vector<Statement>& inserts) {
    if (inserts.empty()) return {};
    std::string out = std::string(head) + " STATEMENT SET BEGIN\n";
    for (const Statement& insert : inserts) out += insert.text + ";\n";
    return out + "END";
}

}  // namespace

std::vector<NodeId> FlinkProgram::sinks() const {
    std::vector<NodeId> nodes;
    for (const Statement& insert : inserts) nodes.push_back(insert.node);
    return nodes;
}

Result<FlinkTable> FlinkProgram::send(FlinkSession& session, const Statement& statement) const {
    if (secrets.empty()) return session.run(statement.text);
    RW_TRY_ASSIGN(std::string text, secrets.in(statement.text));
    Result<FlinkTable> answer = session.run(text);
    wipe(text);
    return answer;
}

std::string FlinkProgram::statementSet() const {
    return statementSetOf("EXECUTE", inserts);
}

std::string FlinkProgram::compiledSet(const std::string& address) const {
    return statementSetOf("COMPILE PLAN " + flinkText(address) + " FOR", inserts);
}

std::string FlinkProgram::explainedSet() const {
    return statementSetOf("EXPLAIN JSON_EXECUTION_PLAN", inserts);
}

std::string FlinkProgram::chartQuery() const {
    const std::size_t columns = chartColumns();
    std::string out;
    for (const ClusterChart& chart : charts)
        out += (out.empty() ? "" : "\nUNION ALL\n") + shownRows(chart, columns);
    return out;
}

std::size_t FlinkProgram::chartColumns() const {
    std::size_t most = 0;
    for (const ClusterChart& chart : charts) {
        if (chart.schema) most = std::max(most, chart.schema->size());
    }
    return most;
}

Result<FlinkProgram> flinkProgram(const Pipeline& pipeline, const Catalogue& catalogue,
                                  const ProgramOptions& options, Translation* verdicts) {
    const Validated validated = validateForCluster(pipeline, catalogue, options);
    RW_TRY(firstProblem(validated));
    TranslateOptions how;
    how.validate = options.validate;
    // One that has a value for this run does not stay open.
    for (const Variable& variable : pipeline.variables)
        how.validate.variables.emplace(variable.name, variable.value);
    how.results = Results::SinksAndCharts;
    how.folder = folderOnCluster(options);
    how.outputs = options.outputs;
    Translation translation = translate(pipeline, catalogue, validated, Engine::Flink, how);
    if (verdicts) *verdicts = translation;
    RW_TRY(firstRefusal(pipeline, translation));
    RW_TRY(blanksAreKnown(translation.blanks));
    fillKnownBlanks(translation);

    FlinkProgram program;
    program.secrets = ProgramSecrets(translation.blanks, options.connections);
    for (const auto& [key, value] : flinkSettings(pipeline)) program.settings[key] = value;
    // A cluster may be set up for jobs that end, or to answer an INSERT at the end of its job.
    program.settings["execution.runtime-mode"] = "streaming";
    program.settings["table.dml-sync"] = "false";
    for (Statement& statement : translation.statements) {
        if (!statement.output.empty()) program.outputs.emplace(statement.node, statement.output);
        switch (statement.kind) {
            case Statement::Kind::Setting:
            case Statement::Kind::Function:  // there are none: the gateway takes SQL alone
                break;
            case Statement::Kind::Table:
            case Statement::Kind::View:
                program.statements.push_back(std::move(statement));
                break;
            case Statement::Kind::Insert:
                program.inserts.push_back(std::move(statement));
                break;
            case Statement::Kind::Select:
                program.charts.push_back(
                    {statement.node, rowsThatReach(validated, statement.node), std::move(statement.text)});
                break;
        }
    }
    if (program.inserts.empty() && program.charts.empty())
        return Status(ErrorCode::Invalid, RW_TEXT("cluster", "No node writes rows or shows them."),
                      RW_TEXT("cluster", "Add a sink or a chart, and wire it."));
    return program;
}

}  // namespace rw
