#include "widgets/inspector/several_nodes.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/base/time.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostTitles = 12;

bool sameChoices(const ParamSpec& a, const ParamSpec& b) {
    return std::equal(a.choices.begin(), a.choices.end(), b.choices.begin(), b.choices.end(),
                      [](const Choice& x, const Choice& y) { return x.value == y.value; });
}

bool sameValue(const ParamSpec& spec, const Json& a, const Json& b) {
    if (a == b) return true;
    if (spec.kind != ParamKind::Duration || !a.is_string() || !b.is_string()) return false;
    const auto x = parseDuration(a.get<std::string>()), y = parseDuration(b.get<std::string>());
    return x.ok() && y.ok() && *x == *y;
}

/// Names of types that are names of things have a plural: “window aggregates”. Others are those of nodes:
/// “Select nodes”.
bool isThing(const std::string& name) {
    constexpr std::array kThings{"aggregate", "join",   "chart",  "map",     "card",  "Gauge",   "Histogram",
                                 "Generator", "Alert",  "file",   "topic",   "table", "Pattern", "Filter",
                                 "Subflow",   "output", "input",  "Webhook", "Union", "Table",   "service",
                                 "Forecast",  "Route",  "Sample", "house",   "Limit"};
    return std::any_of(kThings.begin(), kThings.end(),
                       [&name](const char* word) { return name.ends_with(word); });
}

/// `kind`: null where the type is not known.
QString counted(std::size_t count, const NodeKind* kind) {
    const int number = static_cast<int>(count);
    if (kind == nullptr)
        return QCoreApplication::translate("several_nodes", "%n unknown nodes", nullptr, number);
    QString name = translated(kind->name);
    const std::string english = kind->name.key;
    if (!isThing(english))
        return QCoreApplication::translate("several_nodes", "%n %1 nodes", nullptr, number).arg(name);
    const bool isWord = name.size() > 1 && name[1].isLower();  // “CSV file” is none
    if (name.toStdString() == english && isWord) name[0] = name[0].toLower();
    return QCoreApplication::translate("several_nodes", "%n %1s", nullptr, number).arg(name);
}

/// How many there are of each type, in the order of the nodes; null: of no known type.
std::vector<std::pair<const NodeKind*, std::size_t>> typesOf(const PipelineDocument& document,
                                                             const std::vector<NodeId>& nodes) {
    std::vector<std::pair<const NodeKind*, std::size_t>> types;
    for (const NodeId& id : nodes) {
        const Node* node = document.node(id);
        const NodeKind* kind = node ? document.catalogue().find(node->type) : nullptr;
        const auto known =
            std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.first == kind; });
        known == types.end() ? void(types.emplace_back(kind, 1)) : void(++known->second);
    }
    return types;
}

}  // namespace

std::vector<const ParamSpec*> sharedParams(const PipelineDocument& document,
                                           const std::vector<NodeId>& nodes) {
    std::vector<const ParamSpec*> shared;
    const NodeKind* first = nodes.empty() ? nullptr : document.kindOf(nodes.front());
    if (first == nullptr) return shared;
    std::set<const NodeKind*> kinds;
    for (const NodeId& id : nodes) kinds.insert(document.kindOf(id));
    for (const ParamSpec& spec : first->params) {
        const bool everywhere = std::all_of(kinds.begin(), kinds.end(), [&](const NodeKind* kind) {
            const ParamSpec* same = kind ? kind->param(spec.name) : nullptr;
            return same != nullptr && same->kind == spec.kind && sameChoices(*same, spec);
        });
        if (everywhere) shared.push_back(&spec);
    }
    return shared;
}

bool agree(const PipelineDocument& document, const std::vector<NodeId>& nodes, const ParamSpec& spec) {
    const Json& first = paramValue(spec, document.node(nodes.front())->params);
    return std::all_of(nodes.begin(), nodes.end(), [&](const NodeId& id) {
        const ParamSpec& own = *document.kindOf(id)->param(spec.name);
        return sameValue(spec, paramValue(own, document.node(id)->params), first);
    });
}

bool isOwn(const ParamSpec& spec) {
    return spec.kind == ParamKind::OutputPath && spec.part.empty();
}

QString titleOfSeveral(const PipelineDocument& document, const std::vector<NodeId>& nodes) {
    const auto types = typesOf(document, nodes);
    if (types.size() == 1 && types.front().first) return counted(nodes.size(), types.front().first);
    const int number = static_cast<int>(nodes.size());
    return QCoreApplication::translate("several_nodes", "%n nodes", nullptr, number);
}

QString listOfSeveral(const PipelineDocument& document, const std::vector<NodeId>& nodes) {
    const auto types = typesOf(document, nodes);
    QStringList parts;
    if (types.size() == 1) {
        for (std::size_t i = 0; i < std::min(nodes.size(), kMostTitles); ++i)
            parts << titleOf(document.pipeline(), nodes[i]);
        if (nodes.size() > kMostTitles) parts << QStringLiteral("…");
    } else {
        for (const auto& [kind, count] : types) parts << counted(count, kind);
    }
    return parts.join(QCoreApplication::translate("several_nodes", ", "));
}

}  // namespace rw::ui
