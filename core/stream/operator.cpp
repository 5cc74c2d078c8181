#include "core/stream/operator.h"

namespace rw {

Status Operator::onWatermark(Instant watermark, Output& out) {
    for (int port = 0; port < outputPorts; ++port) out.watermark(port, watermark);
    return {};
}

Status Operator::onPortWatermark(int, Instant, Output&) {
    return {};
}

void Operator::onPartition(WireNumber, Instant, Output&) {}

Status Operator::onEnd(Output&) {
    return {};
}

Status Operator::resume(Output&) {
    return {};
}

Status Operator::snapshot(StateWriter&) const {
    return {};
}

Status Operator::restore(const StateReader&, const KeyGroups&) {
    return {};
}

}  // namespace rw
