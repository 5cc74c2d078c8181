#include "widgets/document/filled_in.h"

#include "core/pipeline/prefill.h"

namespace rw::ui {

std::shared_ptr<const Validated> typedNow(const PipelineDocument& document) {
    if (document.isValidated()) return document.sharedValidated();
    ValidateOptions options = document.validateOptions();
    options.files = false;
    return std::make_shared<const Validated>(validate(document.pipeline(), document.catalogue(), options));
}

std::vector<std::pair<std::string, Json>> filledIn(const PipelineDocument& document, const NodeId& id,
                                                   const Validated& known) {
    const Node* node = document.node(id);
    const NodeKind* kind = document.kindOf(id);
    if (node == nullptr || kind == nullptr) return {};
    std::vector<std::vector<StreamType>> inputs(kind->inputs.size());
    std::string producer;
    for (const Wire& wire : document.pipeline().wires) {
        const int port = wire.to.node == id ? kind->inputPort(wire.to.port) : -1;
        const Node* from = port >= 0 ? document.node(wire.from.node) : nullptr;
        const auto typed = known.nodes.find(wire.from.node);
        if (from == nullptr || typed == known.nodes.end() || !typed->second.bound) continue;
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
