#include "core/compare/evidence.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string_view>

#include "core/base/ascii.h"

namespace rw {

namespace {

constexpr std::array<std::string_view, 3> kByOrder{"FIRST_VALUE", "LAST_VALUE", "LISTAGG"};
constexpr std::array<std::string_view, 2> kOrderedTypes{"sort", "limit"};

bool goesByOrder(std::string_view text) {
    const std::string capitals = inAsciiCapitals(text);
    return std::any_of(kByOrder.begin(), kByOrder.end(), [&](std::string_view function) {
        return capitals.find(function) != std::string::npos;
    });
}

std::string withoutBlanks(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\n");
    if (from == std::string_view::npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t\n") - from + 1));
}

/// “last” of “LAST_VALUE(x) AS last”; empty: it has no name there.
std::string nameOfItem(std::string_view text) {
    const std::size_t as = inAsciiCapitals(text).rfind(" AS ");
    if (as == std::string::npos) return {};
    std::string name = withoutBlanks(text.substr(as + 4));
    const bool quoted =
        name.size() > 2 && name.front() == name.back() && (name.front() == '`' || name.front() == '"');
    return quoted ? name.substr(1, name.size() - 2) : name;
}

/// The texts of a parameter, or of all of a list.
std::vector<std::string> textsOf(const Json& value) {
    std::vector<std::string> out;
    if (value.is_string()) out.push_back(value.get<std::string>());
    if (!value.is_array()) return out;
    for (const Json& element : value) {
        if (element.is_string()) out.push_back(element.get<std::string>());
    }
    return out;
}

/// The function that a remark is about, by its place in the parameter; empty: it is about none.
std::string functionOf(const Node& node, const Remark& remark) {
    if (remark.length == 0) return {};
    const auto found = node.params.find(remark.param);
    if (found == node.params.end()) return {};
    const Json* text = &*found;
    if (remark.item >= 0) {
        const auto item = static_cast<std::size_t>(remark.item);
        if (!text->is_array() || item >= text->size()) return {};
        text = &(*text)[item];
    }
    if (!text->is_string()) return {};
    const std::string all = text->get<std::string>();
    if (remark.position >= all.size()) return {};
    const std::string word = all.substr(remark.position, remark.length);
    return withoutBlanks(std::string_view(word).substr(0, word.find('(')));
}

bool isText(const Text& text, std::string_view english) {
    return text.key == english;
}

/// Whether a condition holds in the files of a source, which were not refused.
CheckedCondition::Held heldByFiles(const CsvSurvey& survey, const Text& condition) {
    using Held = CheckedCondition::Held;
    if (isText(condition, "the file has these columns, all of them and in this order") ||
        isText(condition, "every row has as many cells as there are columns"))
        return Held::Yes;
    if (isText(condition, "the path is one file")) return survey.files == 1 ? Held::Yes : Held::Unknown;
    // Another spelling may be read alike all the same.
    const bool plain = std::none_of(survey.columns.begin(), survey.columns.end(),
                                    [](const CsvColumnSurvey& column) { return column.notPlain.has_value(); });
    return isText(condition, "every cell is a value of its type") && plain ? Held::Yes : Held::Unknown;
}

}  // namespace

CompareEvidence::CompareEvidence(const Pipeline& pipeline, const Catalogue& catalogue,
                                 const Validated& validated, const RunMetrics& here)
    : m_pipeline(pipeline), m_catalogue(catalogue), m_validated(validated), m_here(here) {
    for (const Node& node : m_pipeline.nodes) m_nodes.emplace(node.id, &node);
}

const NodeMetrics* CompareEvidence::metricsOf(const NodeId& node) const {
    const auto found = m_here.nodes.find(node);
    return found == m_here.nodes.end() ? nullptr : &found->second;
}

std::vector<NodeId> CompareEvidence::wayTo(const NodeId& node) const {
    std::set<NodeId> seen{node};
    const std::vector<NodeId>& order = m_validated.order;
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        if (!seen.contains(*at)) continue;
        for (const RunWire& wire : m_validated.wires) {
            if (wire.to.node == *at) seen.insert(wire.from.node);
        }
    }
    std::vector<NodeId> way;
    std::copy_if(order.begin(), order.end(), std::back_inserter(way),
                 [&](const NodeId& id) { return seen.contains(id); });
    return way;
}

CheckedCondition::Held CompareEvidence::held(const Node& node, const Text& condition) const {
    using Held = CheckedCondition::Held;
    const NodeMetrics* const own = metricsOf(node.id);
    if (own == nullptr) return Held::Unknown;
    if (isText(condition, "no row is late")) {
        for (const NodeId& id : wayTo(node.id)) {
            const NodeMetrics* const before = metricsOf(id);
            if (before != nullptr && before->late > 0) return Held::No;
        }
        const NodeKind* const kind = m_catalogue.of(node);
        const bool judges =
            kind != nullptr && std::any_of(kind->outputs.begin(), kind->outputs.end(),
                                           [](const PortSpec& port) { return port.role == PortRole::Late; });
        return judges ? Held::Yes : Held::Unknown;
    }
    if (isText(condition, "no row fails")) return own->rejected == 0 ? Held::Yes : Held::No;
    // A sum that overflows rejects its row here, but where NULL takes its place.
    if (isText(condition, "no sum overflows")) {
        const auto onError = node.params.find("on_error");
        const bool rejects = onError == node.params.end() || *onError != Json("null");
        return rejects && own->rejected == 0 ? Held::Yes : Held::Unknown;
    }
    return Held::Unknown;
}

std::vector<CheckedCondition> CompareEvidence::conditions(const std::string& target,
                                                          const Translation& verdicts,
                                                          const std::map<NodeId, CsvSurvey>& surveys) const {
    std::vector<CheckedCondition> out;
    for (const NodeId& id : m_validated.order) {
        const auto verdict = verdicts.nodes.find(id);
        const auto node = m_nodes.find(id);
        if (verdict == verdicts.nodes.end() || node == m_nodes.end()) continue;
        for (const Remark& remark : verdict->second.findings) {
            if (remark.condition.empty()) continue;
            CheckedCondition checked;
            checked.target = target;
            checked.node = id;
            checked.condition = remark.condition;
            checked.held = held(*node->second, remark.condition);
            const auto survey = surveys.find(id);
            if (checked.held == CheckedCondition::Held::Unknown && survey != surveys.end())
                checked.held = heldByFiles(survey->second, remark.condition);
            if (std::find(out.begin(), out.end(), checked) == out.end()) out.push_back(std::move(checked));
        }
    }
    return out;
}

void CompareEvidence::addOrdered(const Node& node, SinkEvidence& out) const {
    bool ordered = std::find(kOrderedTypes.begin(), kOrderedTypes.end(), node.type) != kOrderedTypes.end();
    for (const auto& [name, value] : node.params.items()) {
        for (const std::string& text : textsOf(value)) {
            if (!goesByOrder(text)) continue;
            ordered = true;
            if (const std::string column = nameOfItem(text); !column.empty())
                out.orderedColumns.push_back(column);
        }
    }
    if (ordered) out.orderedNodes.push_back(node.id);
}

void CompareEvidence::addWords(const Node& node, const Translation& verdicts, SinkEvidence& out) const {
    const auto verdict = verdicts.nodes.find(node.id);
    if (verdict == verdicts.nodes.end()) return;
    for (const Remark& remark : verdict->second.findings) {
        if (remark.condition.empty() || held(node, remark.condition) == CheckedCondition::Held::Yes) continue;
        SinkEvidence::Word word;
        word.node = node.id;
        word.function = functionOf(node, remark);
        word.condition = remark.condition;
        if (word.function.empty() || goesByOrder(word.function)) continue;
        if (std::find(out.words.begin(), out.words.end(), word) == out.words.end())
            out.words.push_back(std::move(word));
    }
}

SinkEvidence CompareEvidence::ofSink(const NodeId& sink,
                                     const std::vector<const Translation*>& verdicts) const {
    SinkEvidence out;
    const auto typed = m_validated.nodes.find(sink);
    const bool ofRejected = typed != m_validated.nodes.end() && !typed->second.inputs.empty() &&
                            !typed->second.inputs.front().empty() &&
                            typed->second.inputs.front().front().rejected;
    for (const NodeId& id : wayTo(sink)) {
        const auto node = m_nodes.find(id);
        if (node == m_nodes.end()) continue;
        if (const NodeMetrics* const metrics = metricsOf(id)) {
            if (metrics->late > 0) out.late.emplace_back(id, metrics->late);
            if (ofRejected && metrics->rejected > 0) out.rejected.emplace_back(id, metrics->rejected);
        }
        addOrdered(*node->second, out);
        for (const Translation* of : verdicts) addWords(*node->second, *of, out);
    }
    return out;
}

}  // namespace rw
