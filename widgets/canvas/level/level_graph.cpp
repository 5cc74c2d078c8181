#include "widgets/canvas/level/level_graph.h"

#include <QCoreApplication>
#include <algorithm>
#include <unordered_map>

#include "core/pipeline/subflow.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/inner_issue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

using Values = std::map<std::string, std::string>;

QString words(const char* text) {
    return QCoreApplication::translate("level", text);
}

NodeId lastOf(const NodeId& path) {
    return path.substr(path.rfind('/') + 1);
}

/// The file of the subflow as this pipeline has it in its place; null: its nodes are not in it.
SubflowFileRef fileIn(const PipelineDocument& document, const NodeId& subflow) {
    const auto& expanded = document.validated().expanded;
    if (!expanded) return nullptr;
    const auto found = expanded->subflows.find(subflow);
    return found != expanded->subflows.end() ? found->second : nullptr;
}

const Node* nodeAt(const PipelineDocument& document, const NodeId& path) {
    if (!isInside(path)) return document.node(path);
    const SubflowFileRef file = fileIn(document, GraphRef::around(path).subflow);
    return file != nullptr ? file->pipeline.find(lastOf(path)) : nullptr;
}

QString pathOf(const PipelineDocument& document, const NodeId& subflow) {
    if (!isInside(subflow)) return document.subflowPath(subflow);
    const auto& expanded = document.validated().expanded;
    const Node* node = expanded ? expanded->pipeline.find(subflow) : nullptr;
    if (node == nullptr) return {};
    const Json file = node->params.value(kSubflowFile, Json());
    return file.is_string() ? QString::fromStdString(substitute(file.get<std::string>(), {})) : QString();
}

QString valueText(const Json& value, const Values& variables) {
    if (value.is_string()) return QString::fromStdString(substitute(value.get<std::string>(), variables));
    QStringList parts;
    if (value.is_array()) {
        for (const Json& each : value) parts << valueText(each, variables);
    } else if (value.is_object()) {
        for (const auto& each : value.items())
            parts << QStringLiteral("%1 = %2").arg(QString::fromStdString(each.key()),
                                                   valueText(each.value(), variables));
    } else {
        return QString::fromStdString(value.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    return parts.join(QStringLiteral(", "));
}

std::vector<LevelParam> paramsOf(const NodeKind& kind, const Node& node, const Values& variables) {
    std::vector<LevelParam> set;
    for (const ParamSpec& spec : kind.params) {
        const auto found = node.params.find(spec.name);
        if (found != node.params.end() && !found->is_null())
            set.push_back({translated(spec.label), valueText(*found, variables)});
    }
    return set;
}

void addIssues(const PipelineDocument& document, const GraphRef& graph, std::vector<LevelNode>& nodes) {
    for (const Issue* issue : document.issuesOf(outermost(graph.subflow))) {
        const NodeId at = innerNodeOf(*issue);
        for (LevelNode& each : nodes) {
            // What is deeper is told at the subflow that it is in, too.
            const bool its = at == each.node.id || at.starts_with(insideOf(each.node.id, {}));
            if (its) {
                auto& to = issue->severity == Severity::Error ? each.errors : each.warnings;
                to.push_back(at == each.node.id ? innerWordsOf(*issue) : issue->message);
            }
        }
    }
}

void fillNodes(const PipelineDocument& document, const GraphRef& graph, const SubflowFile& file,
               LevelGraph& level) {
    Values variables;
    std::unordered_map<NodeId, const Node*> running;
    if (const auto& expanded = document.validated().expanded) {
        for (const Variable& each : expanded->pipeline.variables) variables[each.name] = each.value;
        for (const Node& each : expanded->pipeline.nodes) running.emplace(each.id, &each);
    }
    for (const Node& inside : file.pipeline.nodes) {
        LevelNode each;
        each.node = inside;
        each.node.title = inside.shownTitle();
        each.node.id = insideOf(graph.subflow, inside.id);
        const auto found = running.find(each.node.id);
        if (found != running.end()) each.node.params = found->second->params;
        const NodeKind* kind = document.catalogue().of(each.node);
        if (kind != nullptr) {
            each.params = paramsOf(*kind, each.node, variables);
            each.isSubflow = kind->subflow == SubflowRole::Whole;
        }
        const TypedNode* typed = document.typed(each.node.id);
        if (typed != nullptr && typed->bound) each.summary = typed->bound->summary;
        level.nodes.push_back(std::move(each));
    }
    for (Wire wire : file.pipeline.wires) {
        wire.from.node = insideOf(graph.subflow, wire.from.node);
        wire.to.node = insideOf(graph.subflow, wire.to.node);
        level.wires.push_back(std::move(wire));
    }
    level.notes = file.pipeline.notes;
    addIssues(document, graph, level.nodes);
}

void fillReason(const PipelineDocument& document, const GraphRef& graph, LevelGraph& level) {
    for (const Issue* issue : document.issuesOf(outermost(graph.subflow))) {
        const NodeId at = innerNodeOf(*issue);
        const bool own =
            isInside(graph.subflow) ? at == graph.subflow : at.empty() && issue->param == kSubflowFile;
        if (!own) continue;
        level.reason = translated(innerWordsOf(*issue));
        level.remedy = translated(issue->fix);
        return;
    }
    if (level.file.isEmpty()) {
        level.reason = words(QT_TRANSLATE_NOOP("level", "No file is chosen yet."));
        level.remedy = words(QT_TRANSLATE_NOOP("level", "Choose the file in the form of the subflow."));
    } else if (!document.isValidated()) {
        level.reason = words(QT_TRANSLATE_NOOP("level", "Its file is being read."));
    } else {
        level.reason = words(QT_TRANSLATE_NOOP("level", "Its nodes are not part of this pipeline just now."));
        level.remedy = words(
            QT_TRANSLATE_NOOP("level", "Fix the problems of the subflow that are listed under Problems."));
    }
}

}  // namespace

GraphRef GraphRef::around(const NodeId& node) {
    const std::size_t end = node.rfind('/');
    return {end == std::string::npos ? NodeId() : node.substr(0, end)};
}

GraphRef GraphRef::outer() const {
    return around(subflow);
}

std::vector<GraphRef> GraphRef::chain() const {
    std::vector<GraphRef> all;
    for (GraphRef each = *this; !each.isDocument(); each = each.outer()) all.push_back(each);
    std::reverse(all.begin(), all.end());
    return all;
}

// What a check has not reached yet counts as there: it comes back with an undo before it is checked again.
bool exists(const PipelineDocument& document, const GraphRef& graph) {
    for (const GraphRef& each : graph.chain()) {
        const bool known = !isInside(each.subflow) || fileIn(document, each.outer().subflow) != nullptr;
        if (!known && !document.isValidated()) return true;
        const Node* node = nodeAt(document, each.subflow);
        const NodeKind* kind = node != nullptr ? document.catalogue().find(node->type) : nullptr;
        if (kind == nullptr || kind->subflow != SubflowRole::Whole) return false;
    }
    return true;
}

QString levelTitle(const PipelineDocument& document, const GraphRef& graph) {
    if (graph.isDocument()) return document.displayName();
    const Node* node = nodeAt(document, graph.subflow);
    return node != nullptr ? titleOf(*node) : QString::fromStdString(lastOf(graph.subflow));
}

LevelGraph levelGraph(const PipelineDocument& document, const GraphRef& graph) {
    LevelGraph level;
    level.file = pathOf(document, graph.subflow);
    SubflowFileRef file = fileIn(document, graph.subflow);
    // Disabled, it takes no part in the run, and is shown without one.
    const Node* node = nodeAt(document, graph.subflow);
    if (file == nullptr && node != nullptr && node->disabled && !level.file.isEmpty())
        file = document.catalogue().subflows().known(level.file.toStdString());
    if (file != nullptr) {
        fillNodes(document, graph, *file, level);
    } else {
        fillReason(document, graph, level);
    }
    return level;
}

}  // namespace rw::ui
