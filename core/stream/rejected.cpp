#include "core/stream/rejected.h"

namespace rw {

PortSpec rejectedPort() {
    return {"rejected", RW_TEXT("node", "rejected"), PortRole::Rejected};
}

StreamType rejectedStream() {
    static const auto kSchema =
        std::make_shared<const Schema>(Schema{{{"node", Type::of(TypeId::String)},
                                               {"error", Type::of(TypeId::String)},
                                               {"row", Type::of(TypeId::String)},
                                               {"position", Type::of(TypeId::Bigint)}}});
    StreamType type;
    type.schema = kSchema;
    return type;
}

StreamType lateStream(const StreamType& input) {
    StreamType type = input;
    Schema schema = *input.schema;
    schema.fields.push_back({"late_by", Type::of(TypeId::Bigint)});
    schema.fields.push_back({"late_for", Type::of(TypeId::Timestamp)});
    type.schema = std::make_shared<const Schema>(std::move(schema));
    return type;
}

}  // namespace rw
