#include "widgets/document/editing/filled_in.h"

#include <algorithm>
#include <set>

#include "core/pipeline/prefill.h"
#include "core/sql/parse/ast.h"
#include "widgets/document/editing/nodes_behind.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

namespace {

std::shared_ptr<const Validated> typed(const PipelineDocument& document, const Pipeline& pipeline) {
    ValidateOptions options = document.validateOptions();
    options.files = false;
    return std::make_shared<const Validated>(validate(pipeline, document.catalogue(), options));
}

// So that a step that connects thousands of nodes does not type all of them for each.
bool lacksAny(const Node& node, const NodeKind& kind, const std::vector<std::string>& ofInput) {
    const bool required = std::any_of(kind.params.begin(), kind.params.end(), [&node](const ParamSpec& spec) {
        return spec.required && spec.defaultValue.is_null() && !node.params.contains(spec.name);
    });
    if (required || kind.chart) return required;
    return std::any_of(ofInput.begin(), ofInput.end(),
                       [&node](const std::string& name) { return !node.params.contains(name); });
}

/// The rows that come to a node, as far as they are known.
struct Incoming {
    std::vector<std::vector<StreamType>> inputs{};  ///< per port, per wire
    std::string producer{};                         ///< the title of the node that sends the first of them
};

Incoming incoming(const PipelineDocument& document, const Pipeline& pipeline, const Validated& typedAll,
                  const Node& node, const NodeKind& kind) {
    Incoming found;
    found.inputs.resize(kind.inputs.size());
    for (const Wire& wire : pipeline.wires) {
        const int port = wire.to.node == node.id ? kind.inputPort(wire.to.port) : -1;
        const Node* from = port >= 0 ? pipeline.find(wire.from.node) : nullptr;
        const auto sender = typedAll.nodes.find(wire.from.node);
        if (from == nullptr || sender == typedAll.nodes.end() || !sender->second.bound) continue;
        const NodeKind* ofSender = document.catalogue().of(*from);
        const int output = ofSender != nullptr ? ofSender->outputPort(wire.from.port) : -1;
        const auto& outputs = sender->second.bound->outputs;
        if (output < 0 || static_cast<std::size_t>(output) >= outputs.size()) continue;
        found.inputs[static_cast<std::size_t>(port)].push_back(outputs[static_cast<std::size_t>(output)]);
        if (found.producer.empty()) found.producer = from->shownTitle();
    }
    return found;
}

/// The guesses for `node` by the rows that come to it in `pipeline`.
Json guesses(const PipelineDocument& document, const Pipeline& pipeline, const Validated& typedAll,
             const Node& node, const NodeKind& kind, const Json& before) {
    const Incoming rows = incoming(document, pipeline, typedAll, node, kind);
    return prefill(pipeline, node, kind, rows.inputs, rows.producer, before);
}

/// The list of the columns that go on, where that is all that a node asks for; null: there is none. Other
/// lists of expressions (features, measures) are no choice among all.
const ParamSpec* columnsThatGoOn(const NodeKind& kind) {
    const ParamSpec* only = nullptr;
    for (const ParamSpec& spec : kind.params) {
        if (!spec.required) continue;
        if (only != nullptr || spec.kind != ParamKind::SelectItems || !spec.columnTypes.empty())
            return nullptr;
        only = &spec;
    }
    return only;
}

/// For a Select: all columns that come to it, so that what is downstream has them as before.
std::optional<FilledValue> allColumns(const Node& node, const NodeKind& kind, const Incoming& rows) {
    const ParamSpec* const spec = columnsThatGoOn(kind);
    if (spec == nullptr || node.params.contains(spec->name)) return std::nullopt;
    if (rows.inputs.empty() || rows.inputs.front().empty()) return std::nullopt;
    Json columns = Json::array();
    for (const Field& field : rows.inputs.front().front().schema->fields)
        columns.push_back(sql::quoteIdentifier(field.name));
    if (columns.empty()) return std::nullopt;
    return FilledValue{node.id, spec->name, std::move(columns)};
}

/// The values that `params` has for the parameters in `names`.
Json part(const Json& params, const std::vector<std::string>& names) {
    Json some = Json::object();
    for (const std::string& name : names) {
        if (params.contains(name)) some[name] = params[name];
    }
    return some;
}

bool holds(const std::vector<Json>& guesses, const Json& guess) {
    return std::find(guesses.begin(), guesses.end(), guess) != guesses.end();
}

}  // namespace

std::vector<FilledValue> FilledNodes::fill(const PipelineDocument& document, const NodeId& id,
                                           const std::shared_ptr<const Validated>& known, bool between) {
    const Node* node = document.node(id);
    const NodeKind* kind = document.kindOf(id);
    if (node == nullptr || kind == nullptr) return {};
    const std::vector<std::string> names = inputParams(*kind);
    if (!lacksAny(*node, *kind, names)) return {};
    const std::shared_ptr<const Validated> typedAll = known ? known : typed(document, document.pipeline());
    const Json guessed = guesses(document, document.pipeline(), *typedAll, *node, *kind, Json::object());
    std::vector<FilledValue> values;
    for (const auto& [param, value] : guessed.items()) values.push_back({id, param, value});
    if (between) {
        if (auto all =
                allColumns(*node, *kind, incoming(document, document.pipeline(), *typedAll, *node, *kind)))
            values.push_back(*std::move(all));
    }
    if (!names.empty() && part(node->params, names).empty()) {
        std::vector<Json>& earlier = m_guesses[id];
        const Json guess = part(guessed, names);
        if (!holds(earlier, guess)) earlier.push_back(guess);
    }
    return values;
}

void FilledNodes::touch(const Node& node, const NodeKind& kind, const std::string& param) {
    const std::vector<std::string> names = inputParams(kind);
    if (std::find(names.begin(), names.end(), param) != names.end()) m_guesses.erase(node.id);
}

bool FilledNodes::reaches(const Pipeline& pipeline, const NodeId& changed) const {
    if (m_guesses.empty()) return false;
    const std::set<NodeId> reached = nodesBehind(pipeline, changed);
    return std::any_of(m_guesses.begin(), m_guesses.end(),
                       [&reached](const auto& guess) { return reached.contains(guess.first); });
}

std::vector<FilledValue> FilledNodes::follow(const PipelineDocument& document, const Pipeline& next,
                                             const NodeId& changed, bool itself) {
    if (m_guesses.empty()) return {};
    std::set<NodeId> reached = nodesBehind(next, changed);
    if (itself) reached.insert(changed);
    std::shared_ptr<const Validated> typedAll;
    std::vector<FilledValue> values;
    for (auto& [id, earlier] : m_guesses) {
        const Node* node = reached.contains(id) ? next.find(id) : nullptr;
        const NodeKind* kind = node != nullptr ? document.catalogue().of(*node) : nullptr;
        if (kind == nullptr) continue;
        const std::vector<std::string> names = inputParams(*kind);
        const Json now = part(node->params, names);
        if (!holds(earlier, now)) continue;
        if (!typedAll) typedAll = typed(document, next);
        Node bare = *node;
        for (const std::string& name : names) bare.params.erase(name);
        const Json guessed = part(guesses(document, next, *typedAll, bare, *kind, now), names);
        if (guessed.empty() || guessed == now) continue;  // the input may be half typed just now
        for (const std::string& name : names) {
            const Json value = guessed.value(name, Json());
            if (now.value(name, Json()) != value) values.push_back({id, name, value});
        }
        if (!holds(earlier, guessed)) earlier.push_back(guessed);
    }
    return values;
}

}  // namespace rw::ui
