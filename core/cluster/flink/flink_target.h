// The fields of a target that is a Flink, and the servers behind them.
#pragma once
#include <string>

#include "core/cluster/target_field.h"

namespace rw {

const std::vector<TargetField>& flinkFields();
Status usableFlink(const FlinkAddress& place);
/// The servers of a Flink, with the token in them.
Result<HttpServer> gatewayOf(const Target& target, const SecretSource& secrets);
Result<HttpServer> jobManagerOf(const Target& target, const SecretSource& secrets);
/// Addresses where Flink starts by itself.
Target usualFlink();
/// Where app/cluster starts one on this computer.
Target localFlink();

}  // namespace rw
