// Functions of the user's in Python on a cluster. Programs hold the functions of the worker that calls them
// here (core/python/worker_script.h): the same checks of results, the same errors.
#pragma once
#include <string>
#include <string_view>

#include "core/python/python_function.h"

namespace rw {

/// The class PythonCalls, which calls process() for columns; needs the modules `json` and `types`.
extern const std::string_view kPythonCalls;
/// “worker_source = …”: what PythonCalls calls it by.
const std::string& pythonWorkerSource();
/// What the worker is told of the function, without its code; JSON.
std::string pythonSetup(const PythonFunction& function);
/// The code as a literal, a line for each of its lines.
std::string pythonCodeText(const std::string& code);

}  // namespace rw
