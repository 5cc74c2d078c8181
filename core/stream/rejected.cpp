#include "core/stream/rejected.h"

namespace rw {

PortSpec rejectedPort() {
    return {"rejected", RW_TEXT("node", "rejected"), PortRole::Rejected};
}

PortSpec latePort() {
    return {"late", RW_TEXT("window", "late"), PortRole::Late};
}

StreamType rejectedStream() {
    static const auto kSchema =
        std::make_shared<const Schema>(Schema{{{"node", Type::of(TypeId::String)},
                                               {"error", Type::of(TypeId::String)},
                                               {"row", Type::of(TypeId::String)},
                                               {"position", Type::of(TypeId::Bigint)}}});
    StreamType type;
    type.schema = kSchema;
    type.rejected = true;
    type.leftBy = PortRole::Rejected;
    return type;
}

StreamType sourceRejectedStream() {
    StreamType type = rejectedStream();
    type.sourceOrder = true;
    type.leftBy = PortRole::Rows;
    return type;
}

StreamType lateStream(const StreamType& input, bool oneTask) {
    StreamType type = input;
    type.sourceOrder = input.sourceOrder && oneTask;
    type.leftBy = PortRole::Late;
    Schema schema;
    const auto placeOf = [&](int column) {
        if (isLateColumn(input.schema->fields[static_cast<std::size_t>(column)].name)) return -1;
        int place = -1;
        for (int i = 0; i <= column; ++i) {
            if (!isLateColumn(input.schema->fields[static_cast<std::size_t>(i)].name)) ++place;
        }
        return place;
    };
    for (const Field& field : input.schema->fields) {
        if (!isLateColumn(field.name)) schema.fields.push_back(field);
    }
    if (input.eventTime >= 0) type.eventTime = placeOf(input.eventTime);
    for (int& column : type.key) column = placeOf(column);
    schema.fields.push_back({"late_by", Type::of(TypeId::Bigint)});
    schema.fields.push_back({"late_for", Type::of(TypeId::Timestamp)});
    type.schema = std::make_shared<const Schema>(std::move(schema));
    return type;
}

void markLate(const ColumnSet& wanted, const Schema& input, ColumnSet& read) {
    std::size_t place = 0;  // of the column in the late stream
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (isLateColumn(input.fields[i].name)) continue;
        if (wanted[place++]) read[i] = true;
    }
}

bool isLateColumn(std::string_view name) {
    return name == "late_by" || name == "late_for";
}

}  // namespace rw
