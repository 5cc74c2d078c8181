#include "core/stream/keys/key_bytes.h"

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "core/stream/keys/key_value.h"

namespace rw {

namespace {

constexpr char kNull = 0, kValue = 1;

template <class T>
void appendValue(const T& value, std::string& bytes) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
}

template <class T>
T takeValue(std::string_view& bytes) {
    T value;
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return value;
}

}  // namespace

void KeyBytes::append(std::span<const ColumnRef> columns, std::size_t row, std::string& bytes) const {
    for (const ColumnRef& column : columns) {
        if (!column || column->isNull(row)) {
            bytes += kNull;
            continue;
        }
        bytes += kValue;
        withKeyType(column->type().id, [&]<class T>() {
            if constexpr (std::is_same_v<T, StringRef>) {
                const std::string_view text = column->at<StringRef>(row).view();
                appendValue(static_cast<std::uint32_t>(text.size()), bytes);
                bytes += text;
            } else {
                appendValue(KeyCells(*column).at<T>(row), bytes);
            }
        });
    }
}

std::vector<ColumnRef> KeyBytes::columns(std::span<const std::string_view> keys) const {
    std::vector<ColumnBuilder> builders;
    for (const Type type : m_types) builders.emplace_back(type).reserve(keys.size());
    for (std::string_view key : keys) {
        for (ColumnBuilder& builder : builders) {
            if (takeValue<char>(key) == kNull) {
                builder.appendNull();
                continue;
            }
            withKeyType(builder.type().id, [&]<class T>() {
                if constexpr (std::is_same_v<T, StringRef>) {
                    const auto size = takeValue<std::uint32_t>(key);
                    builder.appendString(key.substr(0, size));
                    key.remove_prefix(size);
                } else {
                    builder.append(takeValue<T>(key));
                }
            });
        }
    }
    std::vector<ColumnRef> columns;
    for (ColumnBuilder& builder : builders) columns.push_back(builder.finish());
    return columns;
}

}  // namespace rw
