// Whether a model fits a node: its inputs the features, its outputs the declared columns.
#pragma once
#include <string>
#include <vector>

#include "core/score/model.h"

namespace rw::score {

/// What stands for a feature that is missing.
enum class Impute { None, Mean, Zero, Missing };

/// For each input of the model the place of its feature in `names`: by name, where the features have the
/// names of the inputs; else in order. Errors name the parameter: Error::param.
Result<std::vector<std::size_t>> fitFeatures(const ModelHead& head, const std::vector<std::string>& names);

/// For each column of the schema the number of the output of its name.
Result<std::vector<std::size_t>> fitColumns(const ModelHead& head, const Schema& columns);

/// Whether the model has what `impute` needs.
Status fitImpute(const ModelHead& head, Impute impute);

}  // namespace rw::score
