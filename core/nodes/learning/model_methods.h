// The parameter `method` of nodes that predict a target, and the parameters of each method.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/learn/models/known_models.h"
#include "core/pipeline/node_kind.h"

namespace rw {

struct ModelMethod {
    std::string_view value;  ///< of parameter `method`
    Text label;
    std::string_view model;            ///< in knownModels()
    std::vector<std::string> options;  ///< of the model, each by the parameter of its name
};

/// `method`, the first by default.
ParamSpec methodParam(const std::vector<ModelMethod>& methods, Text help);
/// The parameters that its methods have.
std::vector<ParamSpec> optionParams(const std::vector<ModelMethod>& methods);
/// The one that is chosen.
const ModelMethod& chosenMethod(const BindContext& context, const std::vector<ModelMethod>& methods);
/// The options of its model, by the node's parameters.
learn::ModelOptions optionsOf(const BindContext& context, const ModelMethod& method);

}  // namespace rw
