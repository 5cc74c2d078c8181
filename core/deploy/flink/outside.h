// Sinks that write to systems outside, besides files.
#pragma once
#include <string>

#include "core/deploy/form.h"

namespace rw {

/// Where rows are fetched from sinks: the query of this one, and true.
bool flinkWriteSelect(NodeForm& form);
/// The rows of the input as a relation of which one column alone marks event time, as a sink wants it.
std::string flinkOneTime(const NodeForm& form);

}  // namespace rw
