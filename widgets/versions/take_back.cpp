#include "widgets/versions/take_back.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/pipeline/diff.h"
#include "core/pipeline/json/saved_queries.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

using Taken = VersionChange::Kind;

bool isAt(const Wire& wire, const NodeId& node) {
    return wire.from.node == node || wire.to.node == node;
}

/// Puts an item where it stands in another list, behind the nearest before it that is here, too.
template <class T, class Same>
void putAsIn(const std::vector<T>& other, const T& item, std::vector<T>& list, Same same) {
    auto place = list.begin();
    for (const T& each : other) {
        if (same(each, item)) break;
        const auto found =
            std::find_if(list.begin(), list.end(), [&](const T& here) { return same(here, each); });
        if (found != list.end()) place = found + 1;
    }
    list.insert(place, item);
}

bool isSameNode(const Node& one, const Node& other) {
    return one.id == other.id;
}

bool isSameWire(const Wire& one, const Wire& other) {
    return one.from == other.from && one.to == other.to;
}

bool isSameVariable(const Variable& one, const Variable& other) {
    return one.name == other.name;
}

/// Several edits as one step; without any there is none.
class OneStep {
 public:
    explicit OneStep(PipelineDocument& document) : m_stack(document.undoStack()) {
        m_stack.beginMacro(QCoreApplication::translate("versions", "Take back a change"));
    }
    ~OneStep() { m_stack.endMacro(); }
    OneStep(const OneStep&) = delete;
    OneStep& operator=(const OneStep&) = delete;

 private:
    QUndoStack& m_stack;
};

class TakingBack {
 public:
    TakingBack(PipelineDocument& document, const Pipeline& before, const VersionChange& change)
        : m_document(document), m_before(before), m_change(change), m_next(document.pipeline()) {}

    QString act() {
        if (m_change.kind == Taken::Looks) return looks();
        QString why;
        if (m_change.of == "node") {
            why = node();
        } else if (m_change.of == "wire") {
            why = wire();
        } else if (m_change.of == "variable") {
            return variables();
        } else {
            return settings();
        }
        if (!why.isEmpty()) return why;
        const std::size_t steps = static_cast<std::size_t>(m_document.undoStack().index());
        m_document.revertTo(m_next, QCoreApplication::translate("versions", "Take back a change"));
        return steps == static_cast<std::size_t>(m_document.undoStack().index())
                   ? QCoreApplication::translate("versions", "Nothing was to be taken back.")
                   : QString();
    }

 private:
    static QString goneWords(const std::string& node) {
        return QCoreApplication::translate("versions", "“%1” is not in the pipeline any more.")
            .arg(shownText(QString::fromStdString(node)));
    }

    QString node() {
        if (m_change.kind == Taken::Added) {
            if (m_next.find(m_change.name) == nullptr) return goneWords(m_change.name);
            erase(m_change.name);
            return {};
        }
        const Node* const was = m_before.find(m_change.name);
        if (was == nullptr) return goneWords(m_change.name);
        if (m_change.kind == Taken::Removed) {
            erase(was->id);  // another one may be called so by now
            putAsIn(m_before.nodes, *was, m_next.nodes, isSameNode);
            for (const Wire& each : m_before.wires) {
                if (isAt(each, was->id)) put(each);
            }
            return {};
        }
        Node* const now = m_next.find(m_change.name);
        if (now == nullptr || now->type != was->type) return goneWords(m_change.name);
        for (const PipelineDifference& part : m_change.parts) {
            if (!part.parameter) {
                now->disabled = was->disabled;
            } else if (part.before.is_null()) {
                now->params.erase(part.part);
            } else {
                now->params[part.part] = part.before;
            }
        }
        return {};
    }

    void erase(const NodeId& id) {
        std::erase_if(m_next.nodes, [&id](const Node& each) { return each.id == id; });
        std::erase_if(m_next.wires, [&id](const Wire& each) { return isAt(each, id); });
        std::erase_if(m_next.cards, [&id](const DashboardCard& each) { return each.node == id; });
    }

    /// Where both its ends are there; one that ends at its input, which takes only one, gives way.
    bool put(const Wire& wire) {
        const Node* const to = m_next.find(wire.to.node);
        if (to == nullptr || m_next.find(wire.from.node) == nullptr) return false;
        const NodeKind* const kind = m_document.catalogue().of(*to);
        const auto many = [&] {
            if (kind == nullptr) return true;
            return std::any_of(kind->inputs.begin(), kind->inputs.end(), [&wire](const PortSpec& port) {
                return port.name == wire.to.port && port.many;
            });
        };
        if (!many()) std::erase_if(m_next.wires, [&wire](const Wire& each) { return each.to == wire.to; });
        putAsIn(m_before.wires, wire, m_next.wires, isSameWire);
        return true;
    }

    static std::string nameOf(const Wire& wire) {
        return writeOutput(wire.from) + " → " + writeInput(wire.to);
    }

    QString wire() {
        const auto isIt = [this](const Wire& each) { return nameOf(each) == m_change.name; };
        if (m_change.kind == Taken::Added) {
            const auto found = std::find_if(m_next.wires.begin(), m_next.wires.end(), isIt);
            if (found == m_next.wires.end())
                return QCoreApplication::translate("versions", "The wire is not in the pipeline any more.");
            m_next.wires.erase(found);
            return {};
        }
        if (m_change.kind == Taken::Changed) return order();
        const auto found = std::find_if(m_before.wires.begin(), m_before.wires.end(), isIt);
        if (found == m_before.wires.end())
            return QCoreApplication::translate("versions", "The wire is not in the version any more.");
        return put(*found) ? QString()
                           : QCoreApplication::translate(
                                 "versions", "An end of the wire is not in the pipeline any more.");
    }

    /// The wires that meet at one input stand where such wires stand, in the order of the version.
    QString order() {
        const auto meets = [this](const Wire& each) { return "→ " + writeInput(each.to) == m_change.name; };
        std::vector<std::size_t> places;
        std::vector<Wire> wires;
        for (std::size_t i = 0; i < m_next.wires.size(); ++i) {
            if (!meets(m_next.wires[i])) continue;
            places.push_back(i);
            wires.push_back(m_next.wires[i]);
        }
        const auto rank = [this](const Wire& each) {
            const auto found = std::find_if(
                m_before.wires.begin(), m_before.wires.end(),
                [&each](const Wire& other) { return other.from == each.from && other.to == each.to; });
            return found - m_before.wires.begin();
        };
        std::stable_sort(wires.begin(), wires.end(),
                         [&rank](const Wire& x, const Wire& y) { return rank(x) < rank(y); });
        for (std::size_t i = 0; i < places.size(); ++i) m_next.wires[places[i]] = wires[i];
        return {};
    }

    QString variables() {
        std::vector<Variable> all = m_next.variables;
        const auto named = [this](const Variable& each) { return each.name == m_change.name; };
        const auto was = std::find_if(m_before.variables.begin(), m_before.variables.end(), named);
        const auto is = std::find_if(all.begin(), all.end(), named);
        if (was == m_before.variables.end()) {
            if (is != all.end()) all.erase(is);
        } else if (is == all.end()) {
            putAsIn(m_before.variables, *was, all, isSameVariable);
        } else {
            is->value = was->value;
        }
        return changed([&] { m_document.setVariables(all); });
    }

    QString settings() {
        Settings all = m_next.settings;
        const Settings& was = m_before.settings;
        const std::string& name = m_change.name;
        if (name == "time_zone") {
            all.timeZone = was.timeZone;
        } else if (name == "parallelism") {
            all.parallelism = was.parallelism;
        } else if (name == "memory_limit") {
            all.memoryLimit = was.memoryLimit;
        } else if (name == "state_memory") {
            all.stateMemory = was.stateMemory;
        } else if (const auto found = was.unknown.find(name); found != was.unknown.end()) {
            all.unknown[name] = *found;
        } else {
            all.unknown.erase(name);
        }
        return changed([&] { m_document.setSettings(all); });
    }

    template <class Edit>
    QString changed(Edit edit) {
        const int steps = m_document.undoStack().index();
        edit();
        return steps == m_document.undoStack().index()
                   ? QCoreApplication::translate("versions", "Nothing was to be taken back.")
                   : QString();
    }

    QString looks() {
        const quint64 version = m_document.version();
        {
            const OneStep step(m_document);
            std::vector<std::pair<ItemRef, Point>> places;
            for (const PipelineDifference& part : m_change.parts) look(part, places);
            if (!places.empty()) m_document.move(places);
        }
        if (m_document.version() != version) return {};
        m_document.undoStack().undo();  // an empty step
        return QCoreApplication::translate("versions", "This can't be taken back one by one.");
    }

    void look(const PipelineDifference& part, std::vector<std::pair<ItemRef, Point>>& places) {
        const Node* const was = part.of == "node" || part.of == "card" ? m_before.find(part.name) : nullptr;
        if (part.of == "node" && was != nullptr && m_document.node(part.name) != nullptr) {
            if (part.kind == DifferenceKind::Moved) places.emplace_back(ItemRef(was->id), was->at);
            if (part.part == "title") m_document.setTitle(was->id, QString::fromStdString(was->title));
            if (part.part == "collapsed") m_document.setCollapsed({was->id}, was->collapsed);
        }
        if (part.of == "card") card(part.name);
        if (part.of == "comment") comment(part, places);
        if (part.of == "query") query(part);
    }

    void query(const PipelineDifference& part) {
        Pipeline next = m_document.pipeline();
        if (part.before.is_null()) {
            removeQuery(next, part.name);
        } else {
            saveQuery(next, {part.name, part.before.get<std::string>()});
        }
        m_document.change(next, QCoreApplication::translate("versions", "Take back a change"));
    }

    void card(const NodeId& node) {
        std::vector<DashboardCard> cards = m_document.pipeline().cards;
        std::erase_if(cards, [&node](const DashboardCard& each) { return each.node == node; });
        for (const DashboardCard& each : m_before.cards) {
            if (each.node == node && m_document.node(node) != nullptr) cards.push_back(each);
        }
        m_document.setCards(cards, QCoreApplication::translate("versions", "Take back a change"));
    }

    void comment(const PipelineDifference& part, std::vector<std::pair<ItemRef, Point>>& places) {
        const auto was = std::find_if(m_before.notes.begin(), m_before.notes.end(),
                                      [&part](const Note& each) { return each.text == part.name; });
        NoteId now{};
        for (const NoteId id : m_document.notes()) {
            const Note* const note = m_document.note(id);
            if (note != nullptr && note->text == part.name) now = id;
        }
        if (part.kind == DifferenceKind::Removed && was != m_before.notes.end()) m_document.addNote(*was);
        if (part.kind == DifferenceKind::Added && now != NoteId{}) m_document.remove({ItemRef(now)});
        if (part.kind != DifferenceKind::Moved || now == NoteId{} || was == m_before.notes.end()) return;
        places.emplace_back(ItemRef(now), was->at);
        m_document.sizeNotes({{now, was->size}});
        Note next = *m_document.note(now);
        next.unknown = was->unknown;  // its colour, too
        m_document.setNote(now, next, QCoreApplication::translate("versions", "Take back a change"));
    }

    PipelineDocument& m_document;
    const Pipeline& m_before;
    const VersionChange& m_change;
    Pipeline m_next;
};

}  // namespace

QString takeBack(PipelineDocument& document, const Pipeline& before, const VersionChange& change) {
    return TakingBack(document, before, change).act();
}

}  // namespace rw::ui
