// A translation as a program of PySpark.
#pragma once
#include <string>

#include "core/deploy/translation.h"

namespace rw {

/// For spark-submit: readable, with the functions that it calls in it, nothing else needed. It reports in
/// lines of JSON on standard output: progress of each query, rows of sinks that are fetched or drawn, errors
/// and their nodes.
std::string sparkProgram(const Pipeline& pipeline, const Translation& translation,
                         const TranslateOptions& options);

}  // namespace rw
