#include "widgets/canvas/cards/card_model.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/pipeline/checks/param_check.h"
#include "widgets/canvas/cards/card_state.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/translated.h"
#include "widgets/document/verdict_appearance.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

QString valueText(const ParamSpec& spec, const Json& value) {
    const auto choice = std::find_if(spec.choices.begin(), spec.choices.end(),
                                     [&value](const Choice& each) { return value == each.value; });
    if (spec.kind == ParamKind::Choice && choice != spec.choices.end()) return translated(choice->label);
    if (value.is_string()) return QString::fromStdString(value.get<std::string>());
    if (!value.is_array()) return {};
    QStringList items;
    for (const Json& item : value) {
        if (item.is_string()) items << QString::fromStdString(item.get<std::string>());
    }
    return items.join(QStringLiteral(", "));
}

// While a node cannot be typed: its parameters' values in the words of its form, and in their order there.
QString summaryFromParams(const NodeKind& kind, const Node& node) {
    QStringList values;
    for (const ParamSpec& spec : kind.params) {
        const bool columns = spec.kind == ParamKind::ColumnDefs || spec.kind == ParamKind::GeneratorColumns;
        if (columns || spec.advanced || !node.params.contains(spec.name)) continue;
        if (!applies(spec, kind, node.params)) continue;
        const QString text = valueText(spec, node.params[spec.name]).simplified();
        if (!text.isEmpty()) values << text;
    }
    return values.join(QStringLiteral(" · "));
}

bool isCode(const NodeKind& kind) {
    return std::any_of(kind.params.begin(), kind.params.end(),
                       [](const ParamSpec& spec) { return spec.kind == ParamKind::Condition; });
}

using KindOf = std::function<const NodeKind*(const NodeId&)>;

/// That ends at this input, or begins at this output; the last of several.
const Wire* wireAt(const WireIndex& wires, const NodeId& node, const std::string& port, bool input) {
    const PortRef end{node, port};
    const Wire* wire = nullptr;
    for (const Wire* each : input ? wires.into(node) : wires.outOf(node)) {
        if ((input ? each->to : each->from) == end) wire = each;
    }
    return wire;
}

CardPort portOf(const KindOf& kindOf, const WireIndex& wires, const NodeId& node, const PortSpec& spec,
                bool input) {
    CardPort port{spec.name, translated(spec.label), input, spec.role, false, false};
    const Wire* const wire = wireAt(wires, node, spec.name, input);
    port.wired = wire != nullptr;
    if (!input || wire == nullptr) return port;
    const NodeKind* const from = kindOf(wire->from.node);
    const int index = from != nullptr ? from->outputPort(wire->from.port) : -1;
    if (index >= 0) port.role = from->outputs[static_cast<std::size_t>(index)].role;
    return port;
}

void fillStreams(CardModel& card, const PipelineDocument& document, const WireIndex& wires) {
    for (CardPort& port : card.ports) {
        const Wire* const wire = port.input ? wireAt(wires, card.id, port.name, true) : nullptr;
        if (port.input && wire == nullptr) continue;
        const StreamType* const stream =
            document.streamAt(port.input ? wire->from : PortRef{card.id, port.name});
        port.updating = stream != nullptr && stream->updating;
    }
}

/// The port at which a breakpoint is marked; one at rejected rows that no port gives at the first output.
CardPort* markedPort(CardModel& card, const Breakpoint& breakpoint) {
    const auto first =
        std::find_if(card.ports.begin(), card.ports.end(), [](const CardPort& port) { return !port.input; });
    const auto found = std::find_if(first, card.ports.end(), [&breakpoint](const CardPort& port) {
        switch (breakpoint.on) {
            case Breakpoint::On::Late:
                return port.role == PortRole::Late;
            case Breakpoint::On::Rejected:
                return port.role == PortRole::Rejected;
            case Breakpoint::On::Rows:
                break;
        }
        return port.name == breakpoint.port;
    });
    const auto place = found != card.ports.end() ? found : first;
    return place != card.ports.end() ? &*place : nullptr;
}

void fillMarks(CardModel& card, const CardFacts& facts) {
    for (const Breakpoint& each : facts.breakpoints) {
        CardPort* const port = markedPort(card, each);
        if (port == nullptr) continue;
        const BreakMark mark = facts.standsAt && samePlace(*facts.standsAt, each) ? BreakMark::Stands
                               : each.enabled                                     ? BreakMark::On
                                                                                  : BreakMark::Off;
        port->mark = std::max(port->mark, mark);
    }
}

// Of a type of a newer version, or where the file of a subflow says it otherwise: ports that wires name.
void addPortsFromWires(std::vector<CardPort>& ports, const WireIndex& wires, const NodeId& node, bool input) {
    for (const Wire* wire : input ? wires.into(node) : wires.outOf(node)) {
        const std::string& name = input ? wire->to.port : wire->from.port;
        const bool there = std::any_of(ports.begin(), ports.end(), [&](const CardPort& port) {
            return port.input == input && port.name == name;
        });
        if (!there) ports.push_back({name, QString::fromStdString(name), input, PortRole::Rows, false, true});
    }
}

void fillVerdict(CardModel& card, const PortabilityCheck& portability) {
    const NodeVerdict* verdict = portability.verdictOf(card.id);
    if (verdict == nullptr || !portability.engine()) return;
    card.verdict = verdict->verdict();
    card.verdictLine = verdictLine(*portability.engine(), *card.verdict);
    card.verdictTip = verdictLines(*portability.engine(), *verdict);
}

}  // namespace

PortRole outputRole(const NodeKind* kind, const std::string& output) {
    const int port = kind != nullptr ? kind->outputPort(output) : -1;
    return port >= 0 ? kind->outputs[static_cast<std::size_t>(port)].role : PortRole::Rows;
}

CardModel nodeCard(const Catalogue& catalogue, const WireIndex& wires, const Node& node, const Text& summary,
                   const KindOf& kindOf) {
    CardModel card;
    card.id = node.id;
    card.title = titleOf(node);
    card.disabled = node.disabled;
    card.collapsed = node.collapsed;
    const NodeKind* kind = catalogue.of(node);
    card.known = kind != nullptr;
    if (kind != nullptr) {
        const PaletteEntry* entry = entryOf(*kind, node.params);
        card.typeName = translated(entry != nullptr ? entry->name : kind->name);
        card.icon = iconOf(*kind, node.params);
        card.group = kind->group;
        card.code = isCode(*kind);
        card.picture = kind->group == NodeGroup::Sink;
        card.summary = summary.empty() ? summaryFromParams(*kind, node) : translated(summary);
        for (const PortSpec& port : kind->inputs)
            card.ports.push_back(portOf(kindOf, wires, node.id, port, true));
        if (kind->subflow == SubflowRole::Whole) addPortsFromWires(card.ports, wires, node.id, true);
        for (const PortSpec& port : kind->outputs)
            card.ports.push_back(portOf(kindOf, wires, node.id, port, false));
        if (kind->subflow == SubflowRole::Whole) addPortsFromWires(card.ports, wires, node.id, false);
    } else {
        card.typeName = QString::fromStdString(node.type);
        card.icon = QStringLiteral("help");
        addPortsFromWires(card.ports, wires, node.id, true);
        addPortsFromWires(card.ports, wires, node.id, false);
    }
    return card;
}

CardModel cardModel(const PipelineDocument& document, const RunSession& session, const WireIndex& wires,
                    const Node& node, const CardFacts& facts) {
    const auto kindOf = [&document](const NodeId& id) { return document.kindOf(id); };
    CardModel card = nodeCard(document.catalogue(), wires, node, document.summary(node.id), kindOf);
    if (card.known) fillStreams(card, document, wires);
    fillMarks(card, facts);
    fillState(card, document, session, facts);
    fillVerdict(card, document.portability());
    return card;
}

QString spoken(const CardModel& card) {
    QStringList words{card.title, card.typeName};
    switch (card.dot) {
        case DotState::Idle:
            words << QCoreApplication::translate("card", "idle");
            break;
        case DotState::Running:
            words << QCoreApplication::translate("card", "running");
            break;
        case DotState::Paused:
            words << QCoreApplication::translate("card", "paused");
            break;
        case DotState::Look:
            words << QCoreApplication::translate("card", "look at it");
            break;
        case DotState::Failed:
            words << QCoreApplication::translate("card", "cannot run");
            break;
    }
    if (card.disabled) words << QCoreApplication::translate("card", "disabled");
    if (std::any_of(card.ports.begin(), card.ports.end(),
                    [](const CardPort& port) { return port.mark != BreakMark::None; }))
        words << QCoreApplication::translate("card", "breakpoint");
    if (!card.badge.isEmpty()) words << card.badge;
    if (!card.strip.isEmpty()) words << card.strip;
    if (card.verdict) words << card.verdictLine;
    return words.join(QCoreApplication::translate("card", ", "));
}

}  // namespace rw::ui
