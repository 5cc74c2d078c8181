// Random pipelines over one or two sources of rows, for properties of lineage.
#pragma once
#include <cstdint>
#include <map>

#include "core/pipeline/pipeline.h"
#include "tests/unit/lineage/given_rows.h"

namespace rw::test {

struct RandomCase {
    Pipeline pipeline{};
    NodeId last{};  ///< the node whose rows are asked about
    std::map<NodeId, GivenSource> sources{};
};

/// The same for the same seed. Its nodes are of nearly all types that take rows and make others.
RandomCase randomCase(std::uint32_t seed);

/// The same of a source, a filter and a node `last` that learns from each row.
RandomCase learningCase(std::uint32_t seed);

}  // namespace rw::test
