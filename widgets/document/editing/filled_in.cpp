#include "widgets/document/editing/filled_in.h"

#include <algorithm>

#include "core/pipeline/prefill.h"

namespace rw::ui {

namespace {

std::shared_ptr<const Validated> typedNow(const PipelineDocument& document) {
    ValidateOptions options = document.validateOptions();
    options.files = false;
    return std::make_shared<const Validated>(validate(document.pipeline(), document.catalogue(), options));
}

// So that a step that connects thousands of nodes does not type all of them for each.
bool lacksAny(const Node& node, const NodeKind& kind) {
    return std::any_of(kind.params.begin(), kind.params.end(), [&node](const ParamSpec& spec) {
        return spec.required && spec.defaultValue.is_null() && !node.params.contains(spec.name);
    });
}

}  // namespace

std::vector<std::pair<std::string, Json>> filledIn(const PipelineDocument& document, const NodeId& id,
                                                   const std::shared_ptr<const Validated>& known) {
    const Node* node = document.node(id);
    const NodeKind* kind = document.kindOf(id);
    if (node == nullptr || kind == nullptr || !lacksAny(*node, *kind)) return {};
    const std::shared_ptr<const Validated> typedAll = known ? known : typedNow(document);
    std::vector<std::vector<StreamType>> inputs(kind->inputs.size());
    std::string producer;
    for (const Wire& wire : document.pipeline().wires) {
        const int port = wire.to.node == id ? kind->inputPort(wire.to.port) : -1;
        const Node* from = port >= 0 ? document.node(wire.from.node) : nullptr;
        const auto typed = typedAll->nodes.find(wire.from.node);
        if (from == nullptr || typed == typedAll->nodes.end() || !typed->second.bound) continue;
        const NodeKind* sender = document.kindOf(wire.from.node);
        const int output = sender != nullptr ? sender->outputPort(wire.from.port) : -1;
        const auto& outputs = typed->second.bound->outputs;
        if (output < 0 || static_cast<std::size_t>(output) >= outputs.size()) continue;
        inputs[static_cast<std::size_t>(port)].push_back(outputs[static_cast<std::size_t>(output)]);
        if (producer.empty()) producer = from->shownTitle();
    }
    const Json guessed = prefill(document.pipeline(), *node, *kind, inputs, producer);
    std::vector<std::pair<std::string, Json>> values;
    for (const auto& [param, value] : guessed.items()) values.emplace_back(param, value);
    return values;
}

}  // namespace rw::ui
