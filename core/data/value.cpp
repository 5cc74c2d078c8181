#include "core/data/value.h"

#include "core/data/visit_type.h"

namespace rw {

Value valueAt(const Column& column, std::size_t row) {
    if (column.isNull(row)) return {};
    return visitType(column.type().id,
                     Overloaded{[&](types::Boolean) { return Value(column.at<std::uint8_t>(row) != 0); },
                                [&](OfMemory<StringRef>) { return Value(std::string(column.string(row))); },
                                [](types::Null) { return Value(); },
                                [&]<class T>(OfMemory<T>) { return Value(column.at<T>(row)); }});
}

void appendValue(ColumnBuilder& builder, const Value& value) {
    std::visit(Overloaded{[&](std::monostate) { builder.appendNull(); },
                          [&](bool truth) { builder.append<std::uint8_t>(truth ? 1 : 0); },
                          [&](const std::string& text) { builder.appendString(text); },
                          [&](const auto& number) { builder.append(number); }},
               value);
}

}  // namespace rw
