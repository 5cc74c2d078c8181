#include "core/stream/recording/taped_position.h"

namespace rw {

void writeTapedPosition(StateWriter& out, const TapedPosition& position) {
    out.u64("piece", position.piece);
    out.u64("given", position.given);
    for (const std::string& name : position.partitions)
        out.record("partition", 1, [&name](StateWriter& record) { record.bytes("name", name); });
}

}  // namespace rw
