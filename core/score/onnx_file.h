// What an ONNX file asks for, found by reading its protobuf before any library sees it.
#pragma once
#include <string_view>

#include "core/base/status.h"

namespace rw::score {

/// Refuses files that are cut off, use operators beside those of ONNX (“ai.onnx”, “ai.onnx.ml”), bring
/// functions of their own, or keep weights in other files. Takes no memory.
Status checkOnnx(std::string_view bytes);

}  // namespace rw::score
