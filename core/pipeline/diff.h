// The difference between two pipelines: all of it, or the part that a run depends on.
#pragma once
#include "core/pipeline/patch.h"

namespace rw {

enum class DiffScope {
    Everything,
    /// The part that a run depends on: types and parameters of nodes, which are disabled, wires, variables, time
    /// zone, parallelism and memory limit. Not the places of nodes, their order and titles, and the comments
    /// beside them.
    WhatRuns
};

/// apply(a, diff(a, b)) saves b's bytes. With WhatRuns it runs like b, and all else stays as it is in a;
/// a node that comes back brings its place, title and card along.
Patch diff(const Pipeline& a, const Pipeline& b, DiffScope scope = DiffScope::Everything);

/// Whether both run alike, by meaning: the order of nodes, parameters and variables is nothing to a run, of
/// wires only that of those which meet at one input (it numbers them).
bool runAlike(const Pipeline& a, const Pipeline& b);

}  // namespace rw
