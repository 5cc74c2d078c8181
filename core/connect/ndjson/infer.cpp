#include "core/connect/ndjson/infer.h"

#include "core/connect/messages/lines.h"
#include "core/connect/ndjson/column.h"
#include "core/data/text.h"

namespace rw {

namespace {

void seeNdjsonValue(ColumnGuess& guess, const NdjsonValue& value) {
    using Kind = NdjsonValue::Kind;
    if (value.kind == Kind::None) return;
    const auto fits = [&value](Type type) {
        if (type.is(TypeId::String)) return true;
        switch (value.kind) {
            case Kind::Boolean:
                return type.is(TypeId::Boolean);
            case Kind::Number:
                return type.isNumeric() && !isDigitCode(value.text) &&
                       parseValue(value.text, type).has_value();
            case Kind::String:
                return (type.is(TypeId::Date) || type.is(TypeId::Timestamp)) &&
                       parseValue(value.text, type).has_value();
            case Kind::None:
            case Kind::Nested:
                break;
        }
        return false;
    };
    guess.see(fits, [&value](Type type) { return NdjsonColumn(type, 1).append(value); });
}

}  // namespace

void JsonColumnsGuess::seeField(std::string_view name, const NdjsonValue& value) {
    if (name.empty()) return;  // no column can be called so
    const auto [place, fresh] = m_known.try_emplace(std::string(name), m_guesses.size());
    if (fresh) {
        m_guesses.emplace_back(m_declared, m_places, name);
        m_names.emplace_back(name);
    }
    seeNdjsonValue(m_guesses[place->second], value);
}

Text JsonColumnsGuess::see(std::string_view object) {
    // Twice: the fields before a fault must not count.
    Text reason = m_reader.readFields(object, [](std::string_view, const NdjsonValue&) {});
    if (!reason.empty()) return reason;
    return m_reader.readFields(
        object, [this](std::string_view name, const NdjsonValue& value) { seeField(name, value); });
}

Schema JsonColumnsGuess::schema() const {
    Schema schema;
    for (std::size_t i = 0; i < m_guesses.size(); ++i)
        schema.fields.push_back({m_names[i], m_guesses[i].type()});
    return schema;
}

Result<Schema> inferNdjsonSchema(const std::string& path, const Schema& declared) {
    JsonColumnsGuess guess(declared);
    std::size_t rows = 0;
    Text wrong;
    const auto take = [&](std::string_view row, const std::string&) -> Result<bool> {
        Text reason = guess.see(withoutLineEnd(row));
        if (wrong.empty()) wrong = std::move(reason);
        return ++rows < kFirstRows;
    };
    RW_TRY(readFirstRows(path, LineFraming(), take));
    if (!guess.empty()) return guess.schema();
    if (rows == 0) wrong = RW_TEXT("ndjson", "The file is empty.");
    if (wrong.empty()) wrong = RW_TEXT("ndjson", "The objects have no fields.");
    return Status(
        ErrorCode::Invalid, RW_TEXT("ndjson", "The columns of “%1” can't be guessed: %2").with(path, wrong),
        RW_TEXT("ndjson", "Choose a file with a JSON object a line, or write the columns by hand."));
}

}  // namespace rw
