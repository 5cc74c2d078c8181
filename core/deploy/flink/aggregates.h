// Remarks on aggregates that depend on the order of rows: FIRST_VALUE, LAST_VALUE, LISTAGG.
#pragma once
#include "core/deploy/form.h"

namespace rw {

/// Says that Flink takes rows as they arrive, where that is not the order that we go by.
void flinkFindOrderedAggregates(NodeForm& form);

}  // namespace rw
