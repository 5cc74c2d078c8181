// `rillwright compare --with`: variants of a pipeline over one input.
#pragma once
#include "app/cli/commands.h"

namespace rw::cli {

/// 0: they were compared (with --exit-code: and no row differs); 1: one of them failed, or rows differ and
/// --exit-code asks for that; 2: wrong usage, or a variant that is no valid pipeline.
int compareVariants(const CompareCommand& command);

}  // namespace rw::cli
