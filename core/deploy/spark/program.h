// A translation as a program of PySpark.
#pragma once
#include <string>

#include "core/deploy/translation.h"

namespace rw {

/// For spark-submit: readable, with what it calls in it, nothing else needed. It tells how it goes in lines
/// of JSON on standard output: progress of each query, rows of sinks that are fetched or drawn, what failed
/// and at which node.
std::string sparkProgram(const Pipeline& pipeline, const Translation& translation,
                         const TranslateOptions& options);

}  // namespace rw
