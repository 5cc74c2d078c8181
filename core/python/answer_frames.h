// Requests to the worker and its answers, as bytes.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/python/python_lane.h"

namespace rw {

/// The function, with a state that it goes on from; JSON.
std::string setupBody(const PythonFunction& function, const std::string& state);
std::string callBody(const PythonFunction& function, const PythonCall& call);
/// Whatever the bytes are: an error, or an answer that fits the call.
Result<PythonAnswer> readAnswer(std::string_view body, std::size_t rows, const PythonFunction& function,
                                const PythonCall& call);

}  // namespace rw
