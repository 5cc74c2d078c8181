#include "widgets/versions/version_changes.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "core/base/figures.h"
#include "widgets/document/difference_text.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

using ChangeKind = VersionChange::Kind;
using Mark = DifferencePicture::Mark;

constexpr qsizetype kMostLines = 8, kLongestValue = 120;

bool isTextList(const Json& value) {
    return value.is_array() &&
           std::all_of(value.begin(), value.end(), [](const Json& each) { return each.is_string(); });
}

QString valueWords(const Json& value) {
    if (value.is_null()) return QCoreApplication::translate("versions", "not set");
    if (!isTextList(value)) return shownText(differenceValue(value), kLongestValue);
    QStringList elements;
    for (const Json& each : value) elements << differenceValue(each);
    return shownText(elements.join(QStringLiteral(", ")), kLongestValue);
}

/// The elements that only one of two lists has: “Aggregates: + P95(temp_c)”; none: their order differs.
QStringList elementLines(const QString& label, const Json& before, const Json& after) {
    QStringList lines;
    const auto only = [&](const Json& in, const Json& without, const QString& sign) {
        std::map<std::string, int> left;
        for (const Json& each : without) ++left[each.get<std::string>()];
        for (const Json& each : in) {
            if (left[each.get<std::string>()]-- <= 0)
                lines << QStringLiteral("%1: %2 %3").arg(label, sign, valueWords(each));
        }
    };
    only(before, after, differenceSign(DifferenceKind::Removed));
    only(after, before, differenceSign(DifferenceKind::Added));
    return lines;
}

/// “Size: 10s → 30s”.
QStringList valueLines(const QString& label, const Json& before, const Json& after) {
    if (isTextList(before) && isTextList(after)) {
        if (QStringList lines = elementLines(label, before, after); !lines.isEmpty()) return lines;
    }
    return {QStringLiteral("%1: %2 → %3").arg(label, valueWords(before), valueWords(after))};
}

QString labelOfParam(const NodeKind* kind, const std::string& param) {
    if (kind != nullptr) {
        for (const ParamSpec& spec : kind->params) {
            if (spec.name == param) return translated(spec.label);
        }
    }
    return shownText(QString::fromStdString(param));
}

std::string nameOfWire(const Wire& wire) {
    return writeOutput(wire.from) + " → " + writeInput(wire.to);
}

bool isOfLooks(const PipelineDifference& part) {
    if (part.kind == DifferenceKind::Moved || part.of == "card" || part.of == "comment" ||
        part.of == "pipeline" || part.of == "query")
        return true;
    return part.of == "node" && !part.part.empty() && !part.parameter && part.part != "disabled";
}

class Comparison {
 public:
    Comparison(const Pipeline& a, const Pipeline& b, const Catalogue& catalogue)
        : m_a(a), m_b(b), m_catalogue(catalogue) {
        for (const Node& node : a.nodes) m_before.emplace(node.id, &node);
        for (const Node& node : b.nodes) m_after.emplace(node.id, &node);
    }

    VersionDifference find() {
        sort(differencesBetween(m_a, m_b));
        tell();
        picture();
        return std::move(m_out);
    }

 private:
    using ById = std::unordered_map<std::string_view, const Node*>;
    static const Node* in(const ById& nodes, std::string_view id) {
        const auto found = nodes.find(id);
        return found != nodes.end() ? found->second : nullptr;
    }
    /// As it is now, else as it was.
    const Node* nodeOf(std::string_view id) const {
        const Node* const now = in(m_after, id);
        return now != nullptr ? now : in(m_before, id);
    }
    QString titleOfNode(const std::string& id) const {
        const Node* const node = nodeOf(id);
        return node != nullptr ? titleOf(*node) : shownText(QString::fromStdString(id));
    }

    VersionChange& changeOf(ChangeKind kind, const PipelineDifference& part) {
        for (VersionChange& change : m_out.changes) {
            if (kind == ChangeKind::Looks
                    ? change.kind == kind
                    : change.kind == kind && change.of == part.of && change.name == part.name)
                return change;
        }
        VersionChange& change = m_out.changes.emplace_back();
        change.kind = kind;
        if (kind != ChangeKind::Looks) {
            change.of = part.of;
            change.name = part.name;
        }
        return change;
    }

    /// A node that comes or goes brings its wires along: they are no changes of their own.
    bool isOfWholeNode(const PipelineDifference& part) const {
        const bool added = part.kind == DifferenceKind::Added;
        const auto& wires = added ? m_wiresAfter : m_wiresBefore;
        const auto& whole = added ? m_added : m_removed;
        const auto found = wires.find(part.name);
        return found != wires.end() &&
               (whole.contains(found->second->from.node) || whole.contains(found->second->to.node));
    }

    void sort(std::vector<PipelineDifference> parts) {
        for (const Wire& wire : m_a.wires) m_wiresBefore.emplace(nameOfWire(wire), &wire);
        for (const Wire& wire : m_b.wires) m_wiresAfter.emplace(nameOfWire(wire), &wire);
        for (const PipelineDifference& part : parts) {
            if (part.of != "node" || !part.part.empty()) continue;
            if (part.kind == DifferenceKind::Added) m_added.insert(part.name);
            if (part.kind == DifferenceKind::Removed) m_removed.insert(part.name);
        }
        // Those of one node follow each other: the last change is looked at first.
        for (PipelineDifference& part : parts) {
            const bool wire = part.of == "wire" && part.kind != DifferenceKind::Changed;
            if (wire && isOfWholeNode(part)) continue;
            ChangeKind kind = ChangeKind::Changed;
            if (isOfLooks(part)) {
                kind = ChangeKind::Looks;
            } else if (part.kind == DifferenceKind::Added) {
                kind = ChangeKind::Added;
            } else if (part.kind == DifferenceKind::Removed) {
                kind = ChangeKind::Removed;
            }
            const bool same = kind == ChangeKind::Changed && !m_out.changes.empty() &&
                              m_out.changes.back().kind == kind && m_out.changes.back().of == part.of &&
                              m_out.changes.back().name == part.name;
            VersionChange& change = same                        ? m_out.changes.back()
                                    : kind == ChangeKind::Looks ? changeOf(kind, part)
                                                                : added(kind, part);
            change.parts.push_back(std::move(part));
        }
        std::stable_sort(m_out.changes.begin(), m_out.changes.end(),
                         [](const VersionChange& x, const VersionChange& y) { return x.kind < y.kind; });
    }

    VersionChange& added(ChangeKind kind, const PipelineDifference& part) {
        // Between the parameters of a node stands where it moved to, which is of another change.
        if (kind == ChangeKind::Changed && !part.part.empty()) return changeOf(kind, part);
        VersionChange& change = m_out.changes.emplace_back();
        change.kind = kind;
        change.of = part.of;
        change.name = part.name;
        return change;
    }

    void tell() {
        for (VersionChange& change : m_out.changes) {
            if (change.kind == ChangeKind::Added) ++m_out.counts.added;
            if (change.kind == ChangeKind::Removed) ++m_out.counts.removed;
            if (change.kind == ChangeKind::Changed) ++m_out.counts.changed;
            if (change.kind == ChangeKind::Looks) {
                tellLooks(change);
            } else if (change.of == "node") {
                tellNode(change);
            } else {
                tellOther(change);
            }
            if (change.lines.size() > kMostLines) {
                const auto more = static_cast<std::uint64_t>(change.lines.size() - kMostLines + 1);
                change.lines.resize(kMostLines - 1);
                change.lines << translated(figures::counted(more, RW_TEXT("versions", "and 1 more"),
                                                            RW_TEXT("versions", "and %1 more")));
            }
        }
    }

    void tellNode(VersionChange& change) {
        const bool comes = change.kind == ChangeKind::Added;
        if (comes || change.kind == ChangeKind::Removed) {
            const Node* const node = in(comes ? m_after : m_before, change.name);
            if (node == nullptr) return;
            change.title = (comes ? QCoreApplication::translate("versions", "“%1” added")
                                  : QCoreApplication::translate("versions", "“%1” removed"))
                               .arg(titleOf(*node));
            change.lines << placeWords(*node, comes ? m_b : m_a, comes ? m_after : m_before);
            const NodeKind* const kind = m_catalogue.of(*node);
            for (const auto& [name, value] : node->params.items())
                change.lines << QStringLiteral("%1: %2").arg(labelOfParam(kind, name), valueWords(value));
            return;
        }
        const Node* const now = in(m_after, change.name);
        const NodeKind* const kind = now != nullptr ? m_catalogue.of(*now) : nullptr;
        const auto count = static_cast<std::uint64_t>(change.parts.size());
        change.title = QCoreApplication::translate("versions", "“%1”: %2")
                           .arg(titleOfNode(change.name),
                                translated(figures::counted(count, RW_TEXT("versions", "1 setting"),
                                                            RW_TEXT("versions", "%1 settings"))));
        for (const PipelineDifference& part : change.parts) {
            if (!part.parameter) {
                change.lines << (part.after.is_null()
                                     ? QCoreApplication::translate("versions", "takes part again")
                                     : QCoreApplication::translate("versions", "disabled"));
            } else {
                change.lines << valueLines(labelOfParam(kind, part.part), part.before, part.after);
            }
        }
    }

    /// “Filter between “Readings” and “Temperature””.
    QString placeWords(const Node& node, const Pipeline& pipeline, const ById& nodes) const {
        const NodeKind* const kind = m_catalogue.of(node);
        const QString type = kind != nullptr ? translated(kind->name) : QString::fromStdString(node.type);
        std::set<std::string> above, below;
        for (const Wire& wire : pipeline.wires) {
            if (wire.to.node == node.id) above.insert(wire.from.node);
            if (wire.from.node == node.id) below.insert(wire.to.node);
        }
        const auto name = [&nodes](const std::set<std::string>& ids) {
            const Node* const one = ids.size() == 1 ? in(nodes, *ids.begin()) : nullptr;
            return one != nullptr ? titleOf(*one) : QString();
        };
        const QString from = name(above), to = name(below);
        if (!from.isEmpty() && !to.isEmpty())
            return QCoreApplication::translate("versions", "%1 between “%2” and “%3”").arg(type, from, to);
        if (!from.isEmpty()) return QCoreApplication::translate("versions", "%1 behind “%2”").arg(type, from);
        return to.isEmpty() ? type : QCoreApplication::translate("versions", "%1 before “%2”").arg(type, to);
    }

    void tellOther(VersionChange& change) {
        const PipelineDifference& part = change.parts.front();
        if (change.of == "wire") return tellWire(change);
        const bool variable = change.of == "variable";
        const QString name = shownText(QString::fromStdString(change.name));
        const QString thing = (variable ? QCoreApplication::translate("versions", "Variable “%1”")
                                        : QCoreApplication::translate("versions", "Setting “%1”"))
                                  .arg(name);
        const QString said =
            change.kind == ChangeKind::Added     ? QCoreApplication::translate("versions", "%1 added")
            : change.kind == ChangeKind::Removed ? QCoreApplication::translate("versions", "%1 removed")
                                                 : QCoreApplication::translate("versions", "%1 changed");
        change.title = said.arg(thing);
        change.lines << (change.kind == ChangeKind::Changed
                             ? QStringLiteral("%1 → %2").arg(valueWords(part.before), valueWords(part.after))
                             : valueWords(change.kind == ChangeKind::Added ? part.after : part.before));
    }

    void tellWire(VersionChange& change) {
        const auto& wires = change.kind == ChangeKind::Added ? m_wiresAfter : m_wiresBefore;
        const auto found = wires.find(change.name);
        if (found == wires.end()) {  // several that meet at one input
            change.title = QCoreApplication::translate("versions", "Order of wires");
            change.lines << QString::fromStdString(change.name);
            return;
        }
        const Wire& wire = *found->second;
        change.title = (change.kind == ChangeKind::Added
                            ? QCoreApplication::translate("versions", "Wire from “%1” to “%2” added")
                            : QCoreApplication::translate("versions", "Wire from “%1” to “%2” removed"))
                           .arg(titleOfNode(wire.from.node), titleOfNode(wire.to.node));
        if (wire.from.port != kDefaultOutput || wire.to.port != kDefaultInput)
            change.lines << shownText(QString::fromStdString(change.name));
    }

    void tellLooks(VersionChange& change) {
        change.title = QCoreApplication::translate("versions", "Without effect on rows");
        for (const PipelineDifference& part : change.parts) change.lines << looksWords(part);
    }

    QString looksWords(const PipelineDifference& part) const {
        if (part.of == "node" && part.part == "title") {
            const Node* const was = in(m_before, part.name);
            const Node* const is = in(m_after, part.name);
            if (was != nullptr && is != nullptr)
                return QCoreApplication::translate("versions", "“%1” renamed to “%2”")
                    .arg(titleOf(*was), titleOf(*is));
        }
        if (part.of == "node")
            return (part.kind == DifferenceKind::Moved
                        ? QCoreApplication::translate("versions", "“%1” moved")
                        : QCoreApplication::translate("versions", "“%1” looks different"))
                .arg(titleOfNode(part.name));
        const QString name = shownText(QString::fromStdString(part.name), kLongestValue);
        if (part.of == "card")
            return QCoreApplication::translate("versions", "Card of “%1”").arg(titleOfNode(part.name));
        if (part.of == "query") {
            const QString words = part.kind == DifferenceKind::Added
                                      ? QCoreApplication::translate("versions", "Saved query “%1” added")
                                  : part.kind == DifferenceKind::Removed
                                      ? QCoreApplication::translate("versions", "Saved query “%1” removed")
                                      : QCoreApplication::translate("versions", "Saved query “%1” changed");
            return words.arg(name);
        }
        if (part.of != "comment")
            return QCoreApplication::translate("versions", "Name or order of the pipeline");
        if (part.kind == DifferenceKind::Added)
            return QCoreApplication::translate("versions", "Comment “%1” added").arg(name);
        if (part.kind == DifferenceKind::Removed)
            return QCoreApplication::translate("versions", "Comment “%1” removed").arg(name);
        return QCoreApplication::translate("versions", "Comment “%1” moved").arg(name);
    }

    // Each picture gets the nodes and wires that it shows.
    void picture() {
        for (std::size_t i = 0; i < m_out.changes.size(); ++i) {
            const VersionChange& change = m_out.changes[i];
            for (const PipelineDifference& part : change.parts) {
                if (part.of == "node") note(change, part, static_cast<int>(i));
                if (part.of == "wire" && part.kind != DifferenceKind::Changed)
                    m_wireChange[{part.name, part.kind == DifferenceKind::Added}] = static_cast<int>(i);
            }
        }
        for (const Node& node : m_a.nodes) {
            const bool gone = m_removed.contains(node.id);
            const auto card = cardOf(node, gone ? Mark::Removed : Mark::Same, false);
            m_out.before.cards.push_back(card);
            if (gone) m_out.both.cards.push_back(card);
        }
        for (const Node& node : m_b.nodes) {
            const auto card = cardOf(node, m_added.contains(node.id) ? Mark::Added : Mark::Same, true);
            m_out.after.cards.push_back(card);
            m_out.both.cards.push_back(card);
            if (card.mark != Mark::Same) continue;
            ++(m_moved.contains(node.id) ? m_out.counts.moved : m_out.counts.same);
        }
        addLines();
        m_out.before.notes = m_a.notes;
        m_out.after.notes = m_out.both.notes = m_b.notes;
    }

    void note(const VersionChange& change, const PipelineDifference& part, int number) {
        const bool whole = part.part.empty() && part.kind != DifferenceKind::Moved;
        auto& numbers = whole && part.kind == DifferenceKind::Removed ? m_removedChanges[part.name]
                                                                      : m_changes[part.name];
        if (numbers.empty() || numbers.back() != number) numbers.push_back(number);
        if (change.kind == ChangeKind::Changed) ++m_parts[part.name];
        if (part.kind == DifferenceKind::Moved) m_moved.insert(part.name);
    }

    DifferencePicture::Card cardOf(const Node& node, Mark mark, bool now) const {
        DifferencePicture::Card card;
        card.node = node;
        const auto parts = m_parts.find(node.id);
        card.parts = parts != m_parts.end() ? parts->second : 0;
        card.mark = mark == Mark::Same && card.parts > 0 ? Mark::Changed : mark;
        const auto& changes = !now && mark == Mark::Removed ? m_removedChanges : m_changes;
        if (const auto found = changes.find(node.id); found != changes.end()) card.changes = found->second;
        return card;
    }

    void addLines() {
        std::map<std::string, int> left;
        for (const Wire& wire : m_b.wires) ++left[writeWire(wire).dump()];
        for (const Wire& wire : m_a.wires) {
            const bool gone = left[writeWire(wire).dump()]-- <= 0;
            const auto line = lineOf(wire, gone ? Mark::Removed : Mark::Same);
            m_out.before.lines.push_back(line);
            if (gone) m_out.both.lines.push_back(line);
        }
        left.clear();
        for (const Wire& wire : m_a.wires) ++left[writeWire(wire).dump()];
        for (const Wire& wire : m_b.wires) {
            const auto line = lineOf(wire, left[writeWire(wire).dump()]-- <= 0 ? Mark::Added : Mark::Same);
            m_out.after.lines.push_back(line);
            m_out.both.lines.push_back(line);
        }
    }

    DifferencePicture::Line lineOf(const Wire& wire, Mark mark) const {
        DifferencePicture::Line line{wire, mark, {}};
        if (mark == Mark::Same) return line;
        const bool comes = mark == Mark::Added;
        if (const auto own = m_wireChange.find({nameOfWire(wire), comes}); own != m_wireChange.end())
            line.changes.push_back(own->second);
        for (const NodeId& end : {wire.from.node, wire.to.node}) {
            if (!(comes ? m_added : m_removed).contains(end)) continue;
            const auto& changes = comes ? m_changes : m_removedChanges;
            if (const auto found = changes.find(end); found != changes.end())
                line.changes.insert(line.changes.end(), found->second.begin(), found->second.end());
        }
        return line;
    }

    const Pipeline &m_a, &m_b;
    const Catalogue& m_catalogue;
    ById m_before{}, m_after{};
    std::map<std::string, const Wire*> m_wiresBefore{}, m_wiresAfter{};
    std::set<std::string> m_added{}, m_removed{}, m_moved{};
    std::map<std::string, std::vector<int>> m_changes{}, m_removedChanges{};
    std::map<std::string, int> m_parts{};
    std::map<std::pair<std::string, bool>, int> m_wireChange{};
    VersionDifference m_out{};
};

}  // namespace

VersionDifference compareVersions(const Pipeline& a, const Pipeline& b, const Catalogue& catalogue) {
    return Comparison(a, b, catalogue).find();
}

}  // namespace rw::ui
