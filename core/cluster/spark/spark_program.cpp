#include "core/cluster/spark/spark_program.h"

#include <algorithm>

#include "core/cluster/json_members.h"
#include "core/cluster/spark/spark_said.h"
#include "core/deploy/spark/python.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace {

Status refusedNode(const Pipeline& pipeline, const Translation& translation) {
    for (const Node& node : pipeline.nodes) {
        const auto found = translation.nodes.find(node.id);
        if (found == translation.nodes.end()) continue;
        for (const Remark& remark : found->second.findings) {
            if (remark.verdict == Verdict::Refused)
                return Status(ErrorCode::Invalid, remark.what, remark.fix).at(node.id, remark.param);
        }
    }
    return {};
}

Status invalid(const Validated& validated) {
    for (const Issue& issue : validated.issues) {
        if (issue.severity == Severity::Error)
            return Status(ErrorCode::Invalid, issue.message, issue.fix).at(issue.node, issue.param);
    }
    if (!validated.order.empty()) return {};
    return {ErrorCode::Invalid, RW_TEXT("run", "The pipeline has no node that could run."),
            RW_TEXT("run", "Add a source and something that takes its rows.")};
}

void addNodeOnce(std::vector<NodeId>& nodes, const NodeId& node) {
    if (std::find(nodes.begin(), nodes.end(), node) == nodes.end()) nodes.push_back(node);
}

/// Spark counts rows that it drops; a row in several windows would count several times.
bool countsRowsOnce(const Pipeline& pipeline, const NodeId& id) {
    const Node* const node = pipeline.find(id);
    const std::string window = node != nullptr ? textIn(node->params, "window") : std::string();
    return window != "hop" && window != "cumulate";
}

bool judgesLateness(const ClusterRequest& request, const Pipeline& pipeline, const NodeId& id) {
    const Node* const node = pipeline.find(id);
    const NodeKind* const kind = node != nullptr ? request.catalogue->of(*node) : nullptr;
    if (kind == nullptr) return false;
    return std::any_of(kind->outputs.begin(), kind->outputs.end(),
                       [](const PortSpec& port) { return port.role == PortRole::Late; });
}

/// The nodes before each sink, and which of them a report on that sink's query is about.
void fillQueries(const ClusterRequest& request, const Validated& validated, SparkProgram& out) {
    std::map<NodeId, std::vector<NodeId>> reach;
    for (const NodeId& id : validated.order) {
        std::vector<NodeId>& own = reach[id];
        bool fed = false, feeds = false;
        for (const RunWire& wire : validated.wires) {
            feeds = feeds || wire.from.node == id;
            if (wire.to.node != id) continue;
            fed = true;
            for (const NodeId& above : reach[wire.from.node]) addNodeOnce(own, above);
        }
        addNodeOnce(own, id);
        if (fed && !feeds) out.above[id] = own;
    }
    const Pipeline& flat = validated.expanded ? validated.expanded->pipeline : request.pipeline;
    for (const auto& [sink, nodes] : out.above) {
        std::vector<NodeId> judges;
        for (const NodeId& node : nodes) {
            const bool source = std::none_of(validated.wires.begin(), validated.wires.end(),
                                             [&node](const RunWire& wire) { return wire.to.node == node; });
            if (source) out.sources[sink].push_back(node);
            if (judgesLateness(request, flat, node)) judges.push_back(node);
        }
        if (judges.size() == 1 && countsRowsOnce(flat, judges.front())) out.late[sink] = judges.front();
    }
}

}  // namespace

Result<SparkProgram> sparkProgramOf(const ClusterRequest& request, Translation* verdicts) {
    const Pipeline& pipeline = request.pipeline;
    TranslateOptions options;
    options.validate = request.validate;
    for (const Variable& variable : pipeline.variables)
        options.validate.variables.try_emplace(variable.name, variable.value);
    const Validated validated = validate(pipeline, *request.catalogue, options.validate);
    RW_TRY(invalid(validated));
    const Translation translation =
        translate(pipeline, *request.catalogue, validated, Engine::Spark, options);
    if (verdicts != nullptr) *verdicts = translation;
    RW_TRY(refusedNode(pipeline, translation));
    RW_TRY(blanksAreKnown(translation.blanks));
    SparkProgram out;
    out.secrets = ProgramSecrets(translation.blanks, connectionsOf(request));
    RW_TRY_ASSIGN(out.text, writeArtefact(pipeline, translation, *artefactOf("pyspark"), options));
    fillQueries(request, validated, out);
    for (const Statement& statement : translation.statements) {
        if (!statement.node.empty()) out.texts[statement.node] += statement.text + "\n";
        if (!statement.output.empty()) out.outputs.emplace(statement.node, statement.output);
    }
    out.bounded = true;
    for (const auto& [id, node] : validated.nodes)
        out.bounded = out.bounded && !(node.bound && node.bound->live);
    for (const Statement& statement : translation.statements) {
        if (statement.kind != Statement::Kind::Select) continue;
        const auto typed = validated.nodes.find(statement.node);
        if (typed == validated.nodes.end() || typed->second.inputs.empty() || typed->second.inputs[0].empty())
            continue;
        const StreamType& type = typed->second.inputs[0][0];
        ClusterChart& chart = out.charts.emplace_back();
        chart.node = statement.node;
        chart.schema = type.schema;
        out.rows.emplace(chart.node, SparkRows(chart.node, type.key));
    }
    return out;
}

NodeId failedNodeOf(const SparkProgram& program, const NodeId& sink, const std::string& error) {
    const std::string fragment = sparkFragment(error);
    const auto above = program.above.find(sink);
    if (fragment.empty() || above == program.above.end()) return sink;
    // As a literal of Python has it, without its quotes.
    const std::string quoted = pyText(fragment);
    const std::string words = quoted.substr(1, quoted.size() - 2);
    NodeId found;
    for (const NodeId& node : above->second) {
        const auto text = program.texts.find(node);
        if (text == program.texts.end() || text->second.find(words) == std::string::npos) continue;
        if (!found.empty()) return sink;  // it may be the other one
        found = node;
    }
    return found.empty() ? sink : found;
}

std::string sparkFolderOf(const ClusterRequest& request) {
    const std::string& folder =
        request.target.folder.empty() ? request.validate.folder : request.target.folder;
    return folder.empty() ? std::string(".") : folder;
}

std::vector<std::string> sparkCommand(const ClusterRequest& request, const SparkProgram& program,
                                      const std::string& file, const std::string& checkpoint,
                                      const std::string& secrets) {
    const SparkAddress& place = request.target.spark;
    // Said, for the Spark's own settings may say otherwise: a driver on the cluster tells us nothing.
    std::vector<std::string> words{place.submit, "--master", place.master, "--deploy-mode", "client"};
    // A query that was stopped while it wrote its first offsets leaves a part of them, and is refused for
    // that. No other run has written into the folder: the lock is ours.
    if (!request.savepoint.empty())
        for (const char* word : {"--conf", "spark.sql.streaming.verifyCheckpointDirectoryEmptyOnStart=false"})
            words.emplace_back(word);
    words.insert(words.end(), place.options.begin(), place.options.end());
    for (const std::string& word :
         {file, std::string("--folder"), sparkFolderOf(request), std::string("--checkpoint"), checkpoint})
        words.push_back(word);
    // A query that waits for more rows of finished files would never end.
    if (program.bounded) words.emplace_back("--once");
    if (!secrets.empty()) words.insert(words.end(), {"--secrets", secrets});
    if (request.checkOnly) words.emplace_back("--dry-run");
    return words;
}

}  // namespace rw
