#include "core/cluster/spark_program.h"

#include <algorithm>

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

/// For each sink the sources that rows come to it from.
std::map<NodeId, std::vector<NodeId>> sourcesOfSinks(const Validated& validated) {
    std::map<NodeId, std::vector<NodeId>> reach;
    std::map<NodeId, std::vector<NodeId>> sinks;
    for (const NodeId& id : validated.order) {
        std::vector<NodeId>& own = reach[id];
        bool fed = false, feeds = false;
        for (const RunWire& wire : validated.wires) {
            feeds = feeds || wire.from.node == id;
            if (wire.to.node != id) continue;
            fed = true;
            for (const NodeId& source : reach[wire.from.node]) {
                if (std::find(own.begin(), own.end(), source) == own.end()) own.push_back(source);
            }
        }
        if (!fed) own.push_back(id);
        if (fed && !feeds) sinks[id] = own;
    }
    return sinks;
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
    SparkProgram out;
    RW_TRY_ASSIGN(out.text, writeArtefact(pipeline, translation, Artefact::PySpark, options));
    out.sources = sourcesOfSinks(validated);
    out.bounded = true;
    for (const auto& [id, node] : validated.nodes)
        out.bounded = out.bounded && !(node.bound && node.bound->live);
    for (const Statement& statement : translation.statements) {
        if (statement.kind != Statement::Kind::Select) continue;
        const auto typed = validated.nodes.find(statement.node);
        if (typed == validated.nodes.end() || typed->second.inputs.empty() || typed->second.inputs[0].empty())
            continue;
        const StreamType& type = typed->second.inputs[0][0];
        FlinkChart& chart = out.charts.emplace_back();
        chart.node = statement.node;
        chart.schema = type.schema;
        out.rows.emplace(chart.node, SparkRows(chart.node, type.key));
    }
    return out;
}

std::vector<std::string> sparkCommand(const ClusterRequest& request, const SparkProgram& program,
                                      const std::string& file, const std::string& checkpoint) {
    const SparkPlace& place = request.target.spark;
    std::vector<std::string> words{place.submit, "--master", place.master};
    words.insert(words.end(), place.options.begin(), place.options.end());
    const std::string& folder =
        request.target.folder.empty() ? request.validate.folder : request.target.folder;
    for (const std::string& word : {file, std::string("--folder"), folder.empty() ? std::string(".") : folder,
                                    std::string("--checkpoint"), checkpoint})
        words.push_back(word);
    // What waits for more rows of files that are whole would never end.
    if (program.bounded) words.emplace_back("--once");
    if (request.checkOnly) words.emplace_back("--dry-run");
    return words;
}

}  // namespace rw
