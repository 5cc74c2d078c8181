#include "core/python/column_frames.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "core/data/text.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

constexpr std::uint64_t kNulls = 1, kPassed = 2;
constexpr std::size_t kWord = 8;

bool isTextFrame(TypeId type) {
    return type == TypeId::String || type == TypeId::Bytes || type == TypeId::Decimal;
}

void pad(std::string& body, std::size_t size) {
    body.append((kWord - size % kWord) % kWord, '\0');
}

/// Flags, a place for the size, and the validity; gives the place of the size.
std::size_t beginFrame(std::string& body, const Column& column, std::size_t from, std::size_t rows) {
    const bool nulls = !column.validity().allValid();
    append64(body, nulls ? kNulls : 0);
    const std::size_t at = body.size();
    append64(body, 0);
    if (!nulls) return at;
    for (std::size_t row = from; row < from + rows; ++row) body.push_back(column.isNull(row) ? 0 : 1);
    pad(body, rows);
    return at;
}

void endFrame(std::string& body, std::size_t sizeAt, std::size_t begin) {
    const std::uint64_t size = body.size() - begin;
    std::memcpy(body.data() + sizeAt, &size, sizeof size);
    pad(body, size);
}

void appendTexts(std::string& body, const Column& column, std::size_t from, std::size_t rows) {
    const bool decimal = column.type().is(TypeId::Decimal);
    std::string digits;
    std::vector<std::uint32_t> ends{0};
    std::string heap;
    for (std::size_t row = from; row < from + rows; ++row) {
        if (!column.isNull(row)) {
            digits.clear();
            if (decimal) appendDecimal(digits, column.at<Int128>(row), 0);
            heap += decimal ? std::string_view(digits) : column.string(row);
        }
        ends.push_back(static_cast<std::uint32_t>(heap.size()));
    }
    const std::size_t size = ends.size() * sizeof(std::uint32_t);
    body.append(reinterpret_cast<const char*>(ends.data()), size);
    pad(body, size);
    body += heap;
}

/// The parts of a text column: where each text ends, and all of them.
struct Texts {
    std::vector<std::uint32_t> ends{};
    std::string_view heap{};
};

Result<Texts> textsOf(std::string_view bytes, std::size_t rows) {
    Texts texts;
    const std::size_t size = (rows + 1) * sizeof(std::uint32_t);
    RW_TRY_ASSIGN(const std::string_view ends, takePadded(bytes, size));
    texts.ends.resize(rows + 1);
    std::memcpy(texts.ends.data(), ends.data(), size);
    texts.heap = bytes;
    for (std::size_t row = 0; row < rows; ++row) {
        if (texts.ends[row] > texts.ends[row + 1]) return brokenAnswer();
    }
    if (texts.ends.front() != 0 || texts.ends.back() > bytes.size()) return brokenAnswer();
    return texts;
}

/// Appends a text; false: it is none of that type.
bool appendText(ColumnBuilder& builder, std::string_view text) {
    const Type type = builder.type();
    if (type.is(TypeId::Decimal)) {
        const auto unscaled = parseDecimal(text, type.precision, 0);
        if (unscaled) builder.append(*unscaled);
        return unscaled.has_value();
    }
    if (type.is(TypeId::String) && validUtf8Prefix(text) != text.size()) return false;
    builder.appendString(text);
    return true;
}

template <class T>
void appendNumber(ColumnBuilder& builder, std::string_view bytes, std::size_t row) {
    T value{};
    std::memcpy(&value, bytes.data() + row * sizeof(T), sizeof(T));
    builder.append(value);
}

void appendNumber(ColumnBuilder& builder, std::string_view bytes, std::size_t row) {
    const TypeId type = builder.type().id;
    if (type == TypeId::Boolean) {
        builder.append(static_cast<std::uint8_t>(bytes[row] != 0 ? 1 : 0));
    } else if (type == TypeId::Double) {
        appendNumber<double>(builder, bytes, row);
    } else if (widthOf(type) == sizeof(std::int32_t)) {
        appendNumber<std::int32_t>(builder, bytes, row);
    } else {
        appendNumber<std::int64_t>(builder, bytes, row);
    }
}

}  // namespace

void append64(std::string& body, std::uint64_t value) {
    body.append(reinterpret_cast<const char*>(&value), sizeof value);
}

Status brokenAnswer() {
    return {ErrorCode::Invalid, RW_TEXT("python", "The Python process wrote what no answer can be."),
            RW_TEXT("python", "The function must not write to the descriptors 3, 4 and 5.")};
}

void appendPadded(std::string& body, std::string_view bytes) {
    body += bytes;
    pad(body, bytes.size());
}

void appendFrame(std::string& body, const Column& column, std::size_t from, std::size_t rows) {
    const std::size_t at = beginFrame(body, column, from, rows), begin = body.size();
    if (isTextFrame(column.type().id)) {
        appendTexts(body, column, from, rows);
    } else {
        const std::size_t width = widthOf(column.type().id);
        body.append(reinterpret_cast<const char*>(column.raw()) + from * width, rows * width);
    }
    endFrame(body, at, begin);
}

void appendNullFrame(std::string& body, Type type, std::size_t rows) {
    appendFrame(body, *Column::nulls(type, rows), 0, rows);
}

Result<std::string_view> takePadded(std::string_view& body, std::size_t size) {
    const std::size_t whole = size + (kWord - size % kWord) % kWord;
    if (size > body.size() || whole > body.size()) return brokenAnswer();
    const std::string_view taken = body.substr(0, size);
    body.remove_prefix(whole);
    return taken;
}

Result<ColumnRef> takeFrame(std::string_view& body, Type type, std::size_t rows) {
    RW_TRY_ASSIGN(const std::string_view head, takePadded(body, 2 * kWord));
    std::array<std::uint64_t, 2> words{};
    std::memcpy(words.data(), head.data(), head.size());
    if (words[0] == kPassed) return ColumnRef();
    if (words[0] > kNulls) return brokenAnswer();
    std::string_view valid;
    if (words[0] == kNulls) {
        RW_TRY_ASSIGN(valid, takePadded(body, rows));
    }
    RW_TRY_ASSIGN(const std::string_view bytes, takePadded(body, words[1]));
    Texts texts;
    if (isTextFrame(type.id)) {
        RW_TRY_ASSIGN(texts, textsOf(bytes, rows));
    } else if (bytes.size() != rows * widthOf(type.id)) {
        return brokenAnswer();
    }
    ColumnBuilder builder(type);
    builder.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        if (!valid.empty() && valid[row] == 0) {
            builder.appendNull();
        } else if (!isTextFrame(type.id)) {
            appendNumber(builder, bytes, row);
        } else if (!appendText(builder,
                               texts.heap.substr(texts.ends[row], texts.ends[row + 1] - texts.ends[row]))) {
            return brokenAnswer();
        }
    }
    return builder.finish();
}

}  // namespace rw
