// The memory of columns and batches, and batches that keep no more than they need.
#include <algorithm>

#include "core/base/readable.h"
#include "core/data/batch.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

constexpr std::size_t kTolerated = 4096;  // bytes pinned without use that are not worth a copy

using Heaps = std::vector<const BytesRef*>;

void addHeaps(const Column& column, Heaps& heaps) {
    for (const BytesRef& heap : column.heaps()) heaps.push_back(&heap);
}

void addHeaps(const Batch& batch, Heaps& heaps) {
    for (const ColumnRef& column : batch.columns) {
        if (column) addHeaps(*column, heaps);
    }
    if (!batch.combined) return;
    for (const ColumnRef& column : batch.combined->columns) addHeaps(*column, heaps);
}

std::size_t bytesOf(Heaps& heaps) {
    std::sort(heaps.begin(), heaps.end(), [](const BytesRef* a, const BytesRef* b) { return *a < *b; });
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < heaps.size(); ++i) {
        if (i == 0 || !(*heaps[i] == *heaps[i - 1])) bytes += heaps[i]->size();
    }
    return bytes;
}

std::size_t ownBytes(const Batch& batch) {
    std::size_t bytes = sizeof(Batch);
    for (const ColumnRef& column : batch.columns) {
        if (column) bytes += column->ownBytes();
    }
    if (batch.kinds) bytes += batch.kinds->size() * sizeof(RowKind);
    if (batch.stamps) bytes += batch.stamps->size() * sizeof(Instant);
    if (batch.positions.offsets) bytes += batch.positions.offsets->size() * sizeof(std::uint32_t);
    if (batch.combined) bytes += batch.combined->ownBytes;
    return bytes;
}

bool hasHeaps(const ColumnRef& column) {
    return column && isReference(column->type().id) && !column->heaps().empty();
}

/// Bytes outside the column that the text at `row` stands for; none where it is the text of the row before,
/// repeated.
std::size_t farBytes(std::span<const StringRef> texts, std::size_t row) {
    const StringRef& text = texts[row];
    if (text.isInline()) return 0;
    const bool repeated =
        row > 0 && texts[row - 1].size() == text.size() && texts[row - 1].data() == text.data();
    return repeated ? 0 : text.size();
}

/// A copy of a column of texts that points into bytes of its own. Texts repeated stay shared.
ColumnRef ownTexts(const Column& column) {
    const auto texts = column.values<StringRef>();
    std::size_t size = 0;
    for (std::size_t row = 0; row < texts.size(); ++row) size += farBytes(texts, row);
    StringArena own(size, size);  // one block
    RawBytes values(texts.size() * sizeof(StringRef));
    auto* const to = reinterpret_cast<StringRef*>(values.data());
    for (std::size_t row = 0; row < texts.size(); ++row) {
        const bool repeated = !texts[row].isInline() && farBytes(texts, row) == 0;
        to[row] = repeated ? to[row - 1] : own.add(texts[row].view());
    }
    return std::make_shared<Column>(column.type(), texts.size(), std::move(values), column.validity(),
                                    own.takeBlocks());
}

/// The same column with texts and BYTES beyond `limit` bytes cut; nothing where there are none.
ColumnRef cutTexts(const Column& column, std::size_t limit) {
    const auto texts = column.values<StringRef>();
    const auto tooLong = [limit](const StringRef& text) { return text.size() > limit; };
    if (std::none_of(texts.begin(), texts.end(), tooLong)) return nullptr;
    const bool isBytes = column.type().is(TypeId::Bytes);  // an ellipsis would be a part of the value
    ColumnBuilder builder(column.type());
    builder.reserve(texts.size());
    for (std::size_t row = 0; row < texts.size(); ++row) {
        if (column.isNull(row)) {
            builder.appendNull();
        } else if (isBytes) {
            builder.appendString(texts[row].view().substr(0, limit + 1));
        } else {
            builder.appendString(shortened(texts[row].view(), limit));
        }
    }
    return builder.finish();
}

/// How many of the last rows fit into `limits`; one at least.
std::size_t fitting(const Batch& batch, const KeepLimits& limits) {
    std::size_t fixed = 0;
    std::vector<std::span<const StringRef>> texts;
    for (const ColumnRef& column : batch.columns) {
        if (!column) continue;
        fixed += widthOf(column->type().id);
        if (hasHeaps(column)) texts.push_back(column->values<StringRef>());
    }
    std::size_t count = 0, bytes = 0;
    while (count < std::min(batch.rows, limits.rows)) {
        bytes += fixed;
        for (const auto& column : texts) {
            bytes += std::min<std::size_t>(column[batch.rows - count - 1].size(), limits.text);
        }
        if (count > 0 && bytes > limits.bytes) break;
        ++count;
    }
    return count;
}

}  // namespace

std::size_t Column::memoryBytes() const {
    Heaps heaps;
    addHeaps(*this, heaps);
    return ownBytes() + bytesOf(heaps);
}

std::size_t Batch::memoryBytes() const {
    return rw::memoryBytes(std::span(this, 1));
}

std::size_t memoryBytes(std::span<const Batch> batches) {
    Heaps heaps;
    std::size_t bytes = 0;
    for (const Batch& batch : batches) {
        bytes += ownBytes(batch);
        addHeaps(batch, heaps);
    }
    return bytes + bytesOf(heaps);
}

Batch Batch::compacted() const {
    Heaps heaps;
    addHeaps(*this, heaps);
    if (heaps.empty()) return *this;
    std::size_t used = 0;
    for (const ColumnRef& column : columns) {
        if (!hasHeaps(column)) continue;
        const auto texts = column->values<StringRef>();
        for (std::size_t row = 0; row < texts.size(); ++row) used += farBytes(texts, row);
    }
    if (bytesOf(heaps) <= 2 * used + kTolerated) return *this;
    Batch out = *this;
    for (ColumnRef& column : out.columns) {
        if (hasHeaps(column)) column = ownTexts(*column);
    }
    return out;
}

Batch Batch::newest(const KeepLimits& limits) const {
    const std::size_t count = fitting(*this, limits);
    Batch out = slice(rows - count, count);
    for (ColumnRef& column : out.columns) {
        if (!hasHeaps(column)) continue;
        if (ColumnRef cut = cutTexts(*column, limits.text)) column = std::move(cut);
    }
    return out.compacted();
}

}  // namespace rw
