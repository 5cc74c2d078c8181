// Models that the library ONNX Runtime computes.
#pragma once
#include <string>
#include <string_view>

#include "core/score/model.h"

namespace rw::score {

/// `runtime`: the library; empty: where the system has it. The model has one input, a tensor of numbers of 32
/// or 64 bits with a row for each row and a column for each feature; its outputs are tensors of one or two
/// dimensions.
Result<ModelRef> loadOnnxModel(std::string_view bytes, const std::string& runtime);

}  // namespace rw::score
