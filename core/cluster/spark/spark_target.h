// The fields of a target that is a Spark.
#pragma once
#include "core/cluster/target_field.h"

namespace rw {

const std::vector<TargetField>& sparkFields();
Status usableSpark(const Target& target);
/// All of it runs on this computer and sees its files: the master is “local”, in any of its spellings.
bool runsHere(const SparkAddress& place);

}  // namespace rw
