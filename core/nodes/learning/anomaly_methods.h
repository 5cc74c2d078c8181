// The methods of the node anomaly: a row a method.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/learn/models/known_models.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// Its model has the score as its first output; with a band, expected, low and high follow.
struct AnomalyMethod {
    std::string_view value;  ///< of parameter `method`
    Text label;
    std::string_view model;  ///< in knownModels()
    std::size_t mostFeatures;
    bool band;  ///< of one feature
    /// Sets the model's options by the node's parameters.
    void (*options)(const BindContext& context, learn::ModelOptions& options);
    /// The parameters that only this method has; `appliesWhen` is filled in.
    std::vector<ParamSpec> (*params)();
    /// The number parameter above which a score is an anomaly.
    std::string_view threshold = "threshold";
    bool explains = false;  ///< its model knows Model::explain()
};

const std::vector<AnomalyMethod>& anomalyMethods();

}  // namespace rw
