// The registry of scalar functions: signatures, meaning and kernels, one table for binder, help and
// completion.
#pragma once
#include <string_view>
#include <vector>

#include "core/sql/eval/scalar_function.h"

namespace rw::sql {

/// All functions; built once, then immutable and safe from any thread.
const std::vector<ScalarFunction>& scalarFunctions();
/// The function of this name (any case), or null.
const ScalarFunction* findFunction(std::string_view name);
/// FROM_BASE64 under a CAST AS BYTES, where the binder puts it in the place of both: as in Flink the bytes do
/// not become a text on their way. It is not in the registry.
const ScalarFunction& bytesFromBase64();

}  // namespace rw::sql
