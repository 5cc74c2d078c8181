#include "core/connect/ndjson/infer.h"

#include <unordered_map>

#include "core/connect/files/first_rows.h"
#include "core/connect/messages/lines.h"
#include "core/connect/ndjson/column.h"
#include "core/connect/ndjson/row_reader.h"
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

Result<Schema> inferNdjsonSchema(const std::string& path, const Schema& declared) {
    const ColumnIndex places(declared);
    Schema schema;
    std::vector<ColumnGuess> guesses;
    std::unordered_map<std::string, std::size_t> known;
    const auto see = [&](std::string_view name, const NdjsonValue& value) {
        if (name.empty()) return;  // no column can be called so
        const auto [place, fresh] = known.try_emplace(std::string(name), guesses.size());
        if (fresh) {
            guesses.emplace_back(declared, places, name);
            schema.fields.push_back({std::string(name), Type::of(TypeId::String)});
        }
        seeNdjsonValue(guesses[place->second], value);
    };
    NdjsonRowReader reader;
    std::size_t rows = 0;
    Text wrong;
    const auto take = [&](std::string_view row, const std::string&) -> Result<bool> {
        // Twice: the fields before a fault must not count.
        Text reason = reader.readFields(withoutLineEnd(row), [](std::string_view, const NdjsonValue&) {});
        if (reason.empty()) reason = reader.readFields(withoutLineEnd(row), see);
        if (wrong.empty()) wrong = std::move(reason);
        return ++rows < kFirstRows;
    };
    RW_TRY(readFirstRows(path, LineFraming(), take));
    if (guesses.empty()) {
        if (rows == 0) wrong = RW_TEXT("ndjson", "The file is empty.");
        if (wrong.empty()) wrong = RW_TEXT("ndjson", "The objects have no fields.");
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("ndjson", "The columns of “%1” can't be guessed: %2").with(path, wrong),
            RW_TEXT("ndjson", "Choose a file with a JSON object a line, or write the columns by hand."));
    }
    for (std::size_t i = 0; i < guesses.size(); ++i) schema.fields[i].type = guesses[i].type();
    return schema;
}

}  // namespace rw
