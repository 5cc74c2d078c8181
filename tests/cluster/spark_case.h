// A golden case on a real Spark: the pipeline as a program, its sources staged, its rows as it prints them.
#pragma once
#include <filesystem>

#include "core/pipeline/node_kind.h"
#include "tests/cluster/judged_cases.h"
#include "tests/cluster/spark_programs.h"

namespace rw::cluster {

/// A refused case is not run.
CaseOutcome runOnSpark(const std::filesystem::path& folder, const Catalogue& catalogue,
                       const ListedCases& listed, SparkPrograms& programs);

}  // namespace rw::cluster
