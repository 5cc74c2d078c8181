// Random pipelines whose ends are tables of databases, so that it matters whether a row comes once.
#pragma once
#include <map>
#include <string>

#include "core/pipeline/pipeline.h"
#include "tests/engine/random_pipeline.h"

namespace rw::simulated {

inline constexpr const char* kFolder = "/simulated";

struct SunkPipeline {
    Pipeline pipeline{};
    std::map<std::string, std::string> files{};  ///< that it reads, by their path
};

/// The pipeline of a number: sources give a row at a time, some of them from a file, and every table lies in
/// one of the databases a.sqlite and b.sqlite of kFolder, appended to, replaced or upserted.
SunkPipeline sunkPipeline(std::uint64_t seed, const test::PipelineSize& size);

}  // namespace rw::simulated
