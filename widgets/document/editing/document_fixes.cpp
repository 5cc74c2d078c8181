// Quick fixes and going back to another version, as undo steps of PipelineDocument.
#include <algorithm>
#include <cmath>

#include "core/pipeline/diff.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

// The wire that a fix is about: the one being drawn, the one it names, else the one into its input.
std::optional<Wire> wireOf(const Pipeline& pipeline, const QuickFix& fix, const std::optional<Wire>& drawn) {
    if (fix.kind == QuickFix::Kind::SetParam || fix.kind == QuickFix::Kind::AddNode) {
        if (drawn) return drawn;
    }
    const auto& wires = pipeline.wires;
    const auto found = std::find_if(wires.begin(), wires.end(), [&](const Wire& wire) {
        if (fix.kind != QuickFix::Kind::RemoveWire) {
            return wire.to.node == fix.node && (fix.port.empty() || wire.to.port == fix.port);
        }
        return fix.value.is_object() && fix.value.value("from", "") == writeOutput(wire.from) &&
               fix.value.value("to", "") == writeInput(wire.to);
    });
    return found != wires.end() ? std::optional(*found) : std::nullopt;
}

/// `wanted`, or the nearest place above or below where a card lies on no other. How large each is the canvas
/// alone knows: about as large as this, with a gap.
Point clearPlace(const Pipeline& pipeline, Point wanted) {
    constexpr double kWide = 224, kHigh = 176, kStep = 16;
    std::vector<double> taken;
    for (const Node& node : pipeline.nodes) {
        if (std::abs(node.at.x - wanted.x) < kWide) taken.push_back(node.at.y);
    }
    const auto isFree = [&taken](double y) {
        return std::none_of(taken.begin(), taken.end(),
                            [y](double other) { return std::abs(other - y) < kHigh; });
    };
    double away = 0;
    while (!isFree(wanted.y + away) && !isFree(wanted.y - away)) away += kStep;
    return {wanted.x, isFree(wanted.y + away) ? wanted.y + away : wanted.y - away};
}

// Half way between two nodes, or right of the first when the second is not there.
Point between(const Pipeline& pipeline, const Wire& wire) {
    const Node* from = pipeline.find(wire.from.node);
    const Node* to = pipeline.find(wire.to.node);
    if (from == nullptr) return {};
    if (to == nullptr) return clearPlace(pipeline, {from->at.x + 256, from->at.y});
    return clearPlace(pipeline, {(from->at.x + to->at.x) / 2, (from->at.y + to->at.y) / 2});
}

/// A button may still show a fix of a pipeline that has changed meanwhile.
bool isStale(const PipelineDocument& document, const Issue& issue, const QuickFix& fix,
             const std::optional<Wire>& wire, bool draws) {
    const Pipeline& pipeline = document.pipeline();
    const Node* node = document.node(fix.node.empty() ? issue.node : fix.node);
    const bool there =
        wire && std::find(pipeline.wires.begin(), pipeline.wires.end(), *wire) != pipeline.wires.end();
    const bool ends =
        wire && document.node(wire->from.node) != nullptr && document.node(wire->to.node) != nullptr;
    switch (fix.kind) {
        case QuickFix::Kind::SetParam:
            if (draws && !there && ends) return false;
            return node == nullptr || node->params.value(fix.param, Json()) == fix.value;
        case QuickFix::Kind::RenameParam:
            return node == nullptr || !fix.value.is_string() || !node->params.contains(fix.param);
        case QuickFix::Kind::AddNode:
            return !ends;
        case QuickFix::Kind::RemoveWire:
            return !there;
        case QuickFix::Kind::AddConnection:
        case QuickFix::Kind::TakeOffer:
            return node == nullptr;
        case QuickFix::Kind::ReplaceNode:
            break;
    }
    return node == nullptr || (node->type == fix.param && node->params == fix.value);
}

bool sameFix(const QuickFix& a, const QuickFix& b) {
    return a.kind == b.kind && a.node == b.node && a.param == b.param && a.value == b.value &&
           a.port == b.port;
}

}  // namespace

void PipelineDocument::applyFix(const Issue& issue, const QuickFix& fix, const std::optional<Wire>& drawn) {
    if (m_lastFixVersion == m_version && sameFix(m_lastFix, fix)) return;
    const std::optional<Wire> wire = wireOf(m_pipeline, fix, drawn);
    if (m_edits.isApplying() || isStale(*this, issue, fix, wire, drawn.has_value())) return;
    if (fix.kind == QuickFix::Kind::AddConnection) return requestConnection(fix);
    if (fix.kind == QuickFix::Kind::TakeOffer) return Q_EMIT offerTaken(QString::fromStdString(fix.param));
    const bool there =
        wire && std::find(m_pipeline.wires.begin(), m_pipeline.wires.end(), *wire) != m_pipeline.wires.end();
    m_undo.beginMacro(translated(fix.label));
    switch (fix.kind) {
        case QuickFix::Kind::SetParam:
            setParam(fix.node.empty() ? issue.node : fix.node, fix.param, fix.value);
            if (wire && drawn && !there && !checkWire(*wire)) connectPorts(wire->from, wire->to);
            break;
        case QuickFix::Kind::RenameParam:
            if (node(fix.node) == nullptr || !fix.value.is_string()) break;
            if (const Json& params = node(fix.node)->params; params.contains(fix.param)) {
                const Json value = params[fix.param];
                setParam(fix.node, fix.value.get<std::string>(), value);
                setParam(fix.node, fix.param, nullptr);
            }
            break;
        case QuickFix::Kind::AddNode:
            if (wire) {
                const NodeKind* kind = m_catalogue.find(fix.param);
                NodeTemplate added{.type = fix.param};
                if (kind != nullptr) added.title = translated(kind->name);
                if (fix.value.is_object()) added.params = fix.value;
                if (!there) connectPorts(wire->from, wire->to);
                insertNode(added, between(m_pipeline, *wire), *wire);
            }
            break;
        case QuickFix::Kind::RemoveWire:
            if (there) remove({*wire});
            break;
        case QuickFix::Kind::ReplaceNode: {
            Pipeline changed = m_pipeline;
            Node* replaced = changed.find(fix.node);
            if (replaced == nullptr) break;
            replaced->type = fix.param;
            replaced->params = fix.value;
            push(diff(m_pipeline, changed), translated(fix.label));
            break;
        }
        case QuickFix::Kind::AddConnection:
        case QuickFix::Kind::TakeOffer:
            break;
    }
    for (const QuickFix& next : fix.then) applyFix(issue, next);
    m_undo.endMacro();
    m_lastFix = fix;
    m_lastFixVersion = m_version;
}

void PipelineDocument::requestConnection(const QuickFix& fix) {
    QStringList kinds;
    for (const Json& kind : fix.value) {
        if (kind.is_string()) kinds << QString::fromStdString(kind.get<std::string>());
    }
    Q_EMIT connectionRequested(QString::fromStdString(fix.param), kinds);
}

void PipelineDocument::revertTo(const Pipeline& other, const QString& step) {
    Patch patch = diff(m_pipeline, other, DiffScope::WhatRuns);
    if (!patch.empty()) push(std::move(patch), step);
}

}  // namespace rw::ui
