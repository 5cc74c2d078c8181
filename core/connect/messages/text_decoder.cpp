#include "core/connect/messages/text_decoder.h"

#include "core/connect/messages/lines.h"

namespace rw {

namespace {

std::size_t columnOf(const DecoderOptions& options) {
    std::size_t column = 0;
    while (!options.inMessage(column)) ++column;
    return column;
}

ColumnRef textsAt(const std::vector<StringRef>& texts, const std::vector<std::size_t>& nulls,
                  const BytesRef& owner) {
    RawBytes values(texts.size() * sizeof(StringRef));
    if (!texts.empty()) std::memcpy(values.data(), texts.data(), values.size());
    Validity validity;
    for (const std::size_t row : nulls) validity.setNull(row, texts.size());
    return std::make_shared<Column>(Type::of(TypeId::String), texts.size(), std::move(values),
                                    std::move(validity), std::vector<BytesRef>{owner});
}

}  // namespace

TextDecoder::TextDecoder(DecoderOptions options) : Decoder(options), m_column(columnOf(options)) {}

void TextDecoder::read(const MessageBlock& block, ParsedChunk& out) const {
    std::vector<StringRef> texts;
    std::vector<std::size_t> nulls;
    std::vector<std::uint32_t> numbers;
    const auto add = [&] {
        if (texts.empty()) return;
        Batch batch;
        batch.schema = options().schema;
        batch.rows = texts.size();
        batch.columns.resize(options().schema->size());
        if (options().wants(m_column)) batch.columns[m_column] = textsAt(texts, nulls, block.owner);
        batch.positions.first = 0;
        batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(std::move(numbers));
        out.batches.push_back(std::move(batch));
        texts.clear();
        nulls.clear();
        numbers = {};
    };
    for (std::uint32_t number = 0; number < block.messages.size(); ++number) {
        const std::string_view message = block.messages[number];
        if (Text reason = unsoundReason(message); !reason.empty()) {
            out.reject(number, std::move(reason), message);
            continue;
        }
        if (message.data() == nullptr) nulls.push_back(texts.size());
        texts.emplace_back(message);
        numbers.push_back(number);
        if (texts.size() == options().batchRows) add();
    }
    add();
}

}  // namespace rw
