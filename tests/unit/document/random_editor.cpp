#include "tests/unit/document/random_editor.h"

namespace rw::ui {

namespace {

constexpr int kNodeEdits = 11, kWireEdits = 5, kWholeEdits = 9;

}  // namespace

Point RandomEditor::somePlace() {
    const Point at{static_cast<double>(16 * below(60)), static_cast<double>(16 * below(40))};
    return below(8) == 0 ? Point{at.x * 1e5, at.y * -1e5} : at;
}

NodeId RandomEditor::someNode() {
    const auto& nodes = m_document.pipeline().nodes;
    if (nodes.empty()) return "nobody";
    return nodes[static_cast<std::size_t>(below(nodes.size()))].id;
}

std::vector<NodeId> RandomEditor::someNodes() {
    std::vector<NodeId> some;
    for (const Node& node : m_document.pipeline().nodes) {
        if (below(3) == 0) some.push_back(node.id);
    }
    return some;
}

NoteId RandomEditor::someNote() {
    const auto& notes = m_document.notes();
    return notes.empty() ? NoteId() : notes[static_cast<std::size_t>(below(notes.size()))];
}

std::vector<ItemRef> RandomEditor::someItems() {
    const std::vector<NodeId> nodes = someNodes();
    std::vector<ItemRef> some(nodes.begin(), nodes.end());
    for (const NoteId note : m_document.notes()) {
        if (below(3) == 0) some.emplace_back(note);
    }
    return some;
}

PortRef RandomEditor::somePort(bool input) {
    const NodeId node = someNode();
    const NodeKind* kind = m_document.kindOf(node);
    if (kind == nullptr) return {node, input ? "in" : "out"};
    const auto& ports = input ? kind->inputs : kind->outputs;
    if (ports.empty()) return {node, input ? "in" : "out"};
    return {node, ports[static_cast<std::size_t>(below(ports.size()))].name};
}

NodeTemplate RandomEditor::someTemplate() {
    const auto entries = templateEntries(m_document.catalogue());
    return entries[static_cast<std::size_t>(below(entries.size()))].node;
}

void RandomEditor::editNodes(int which) {
    const Point at = somePlace();
    switch (which) {
        case 0:
        case 1:
            m_document.addNode(someTemplate(), at);
            break;
        case 2:
            m_document.addNodeBehind(someTemplate(), at, somePort(false));
            break;
        case 3:
            m_document.addNodeBefore(someTemplate(), at, somePort(true));
            break;
        case 4:
            m_document.remove({someNode()});
            break;
        case 5:
            m_document.removeAndReconnect({someNode()});
            break;
        case 6:
            m_document.move({{someNode(), at}, {someNode(), at}}, coin());
            break;
        case 7:
            m_document.setTitle(someNode(), coin() ? QStringLiteral("Title") : QString());
            break;
        case 8: {
            static const char* const params[] = {"condition", "path", "keys", "every"};
            static const Json values[] = {nullptr, "load > 1", Json::array({"a", "b"}), 7, true};
            m_document.setParam(someNode(), params[below(4)], values[below(5)]);
            break;
        }
        case 9:
            m_document.setDisabled(someNodes(), coin());
            break;
        default:
            m_document.setCollapsed(someNodes(), coin());
    }
}

void RandomEditor::editWires(int which) {
    const auto& wires = m_document.pipeline().wires;
    const Wire some = wires.empty() ? Wire{} : wires[static_cast<std::size_t>(below(wires.size()))];
    switch (which) {
        case 0:
        case 1:
            m_document.connectPorts(somePort(false), somePort(true));
            break;
        case 2:
            m_document.moveWireEnd(some,
                                   coin() ? Wire{some.from, somePort(true)} : Wire{somePort(false), some.to});
            break;
        case 3:
            m_document.insertNode(someTemplate(), {}, some);
            break;
        default:
            m_document.remove({some});
    }
}

void RandomEditor::editWhole(int which) {
    const auto number = std::to_string(below(3));
    switch (which) {
        case 0:
            m_document.copy(someItems());
            m_document.paste(somePlace());
            break;
        case 1:
            m_document.duplicate(someItems());
            break;
        case 2:
            m_document.setVariables({{"folder", number}});
            break;
        case 3: {
            Settings settings;
            settings.parallelism = below(4);
            if (coin()) settings.memoryLimit = number + "MB";
            if (coin()) settings.stateMemory = number + "KB";
            m_document.setSettings(settings);
            break;
        }
        case 4: {
            DashboardCard card;
            card.node = someNode();
            card.row = below(3);
            m_document.setCards({card}, QStringLiteral("Arrange"));
            break;
        }
        case 5:
            m_document.addNote({number, {}});
            break;
        case 6:
            m_document.remove(someItems());
            break;
        case 7: {
            const Point at = somePlace();
            if (coin()) {
                m_document.sizeNotes({{someNote(), at}}, coin());
            } else {
                m_document.move({{someNote(), at}, {someNode(), at}}, coin());
            }
            break;
        }
        default:
            m_document.setNote(someNote(), {"changed " + number, {}}, QStringLiteral("Change"));
    }
}

void RandomEditor::edit() {
    const int kind = below(10);
    if (kind < 5) {
        editNodes(below(kNodeEdits));
    } else if (kind < 8) {
        editWires(below(kWireEdits));
    } else {
        editWhole(below(kWholeEdits));
    }
}

}  // namespace rw::ui
